import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Cockpit, mapLayers } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { useWords } from '../../controls/words.ts';
import { type Ground, groundOf } from './ground.ts';

export interface WallMapProps {
  readonly points: Cockpit['points'];
  readonly notShown: number;
}

/** The workspace's own ground with what is on it: monitors, sections, leads, signals, tickets. Silent ones are grey. */
export function WallMap({ points, notShown }: WallMapProps) {
  const { t } = useTranslation('cockpit');
  const { say } = useWords();
  const layers = useQuery({
    queryKey: ['map', 'layers'],
    queryFn: ({ signal }) => ask('/api/map/layers', mapLayers, { signal }),
    staleTime: Infinity,
  });
  const ground = useMemo(() => groundOf(layers.data?.features ?? [], points), [layers.data, points]);
  if (ground === null) return <p className="wall-soft">{t('noPlaces')}</p>;
  return (
    <div className="wall-map">
      <svg viewBox={`0 0 ${ground.width} ${ground.height}`} preserveAspectRatio="xMidYMin" aria-label={t('map')}>
        <Shapes ground={ground} />
        {points.map((p) => {
          const [x, y] = ground.at(p.lon, p.lat);
          const to =
            p.leadId !== null
              ? `/leads/${p.leadId}`
              : p.entityId !== null
                ? `/explore?entities=${encodeURIComponent(p.entityId)}`
                : `/cockpit/${p.tile}`;
          return (
            <Link key={`${p.tile} ${p.id}`} to={to} tabIndex={-1}>
              <circle
                cx={x}
                cy={y}
                r={p.tile === 'leads-week' || p.tile === 'signals-month' ? 7 : p.tile === 'sections' ? 6 : 3.5}
                className={`place place-${p.tile} tone-${p.tone ?? 'ok'}`}
              >
                <title>{say(p)}</title>
              </circle>
            </Link>
          );
        })}
      </svg>
      <Legend points={points} />
      {notShown > 0 ? <p className="wall-soft">{t('pointsNotShown', { n: notShown })}</p> : null}
    </div>
  );
}

function Shapes({ ground }: { readonly ground: Ground }) {
  return (
    <>
      {ground.shapes.map((s) => (
        <path key={s.id} d={s.path} className={`ground ground-${s.kind}`}>
          {s.name === null ? null : <title>{s.name}</title>}
        </path>
      ))}
      {ground.names.map((n) => (
        <text key={n.id} x={n.x} y={n.y} className="ground-name">
          {n.name}
        </text>
      ))}
    </>
  );
}

const LAYERS = ['leads-week', 'signals-month', 'sections', 'monitors', 'power', 'tickets-week'] as const;

function Legend({ points }: Pick<WallMapProps, 'points'>) {
  const { t } = useTranslation('cockpit');
  return (
    <ul className="legend">
      {LAYERS.map((tile) => {
        const n = points.filter((p) => p.tile === tile).length;
        return n === 0 ? null : (
          <li key={tile}>
            <svg viewBox="0 0 14 14" aria-hidden>
              <circle cx={7} cy={7} r={5} className={`place place-${tile} tone-ok`} />
            </svg>
            {t(`layer.${tile}`)} {n}
          </li>
        );
      })}
      <li>
        <span className="dot tone-stale" aria-hidden /> {t('toneStale')}
      </li>
    </ul>
  );
}
