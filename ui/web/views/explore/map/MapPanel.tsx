import { useQuery } from '@tanstack/react-query';
import { Segmented, Spin, Switch, Typography } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mapLayers, tracks } from '../../../../contract/index.ts';
import { passing } from '../../../../state/index.ts';
import { ask } from '../../../client/api.ts';
import { Problem } from '../../../controls/Problem.tsx';
import { useIsDark } from '../is-dark.ts';
import type { Workbench } from '../use-workbench.ts';
import { Ground } from './ground.ts';
import { pointsOf, tracksOf } from './features.ts';
import './map.css';

/** Moving things whose tracks are asked for at once. */
const MOST_TRACKS = 20;

/** Where things are: what is shown, on the workspace's own ground, without any service outside. Selecting here selects everywhere; a drawn box filters everywhere. */
export default function MapPanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { state, dispatch } = bench;
  const dark = useIsDark();
  const box = useRef<HTMLDivElement>(null);
  const [ground, setGround] = useState<Ground | null>(null);
  const [way, setWay] = useState<'points' | 'heat'>('points');
  const [withTracks, setTracks] = useState(true);
  const layers = useQuery({
    queryKey: ['map-layers'],
    staleTime: Infinity,
    queryFn: ({ signal }) => ask('/api/map/layers', mapLayers, { signal }),
  });
  const shown = useMemo(() => passing(state).nodes, [state]);
  const movers = (state.selected.length > 0 ? state.selected : shown.map((n) => n.id)).filter((id) =>
    ['vehicle', 'ship'].includes(state.nodes[id]?.kind ?? ''),
  );
  const { window, area } = state.filter;
  const asked = { ids: movers.slice(0, MOST_TRACKS), from: window?.from ?? null, to: window?.to ?? null };
  const moved = useQuery({
    queryKey: ['tracks', asked],
    enabled: withTracks && asked.ids.length > 0,
    queryFn: ({ signal }) => ask('/api/tracks', tracks, { method: 'POST', body: asked, signal }),
    placeholderData: (before) => before,
  });
  const select = useRef((id: string): void => void id);
  useEffect(() => {
    select.current = (id) => dispatch({ do: 'select', nodes: [id] });
  });
  useEffect(() => {
    if (layers.data === undefined) return;
    const made = new Ground(box.current!, layers.data, dark, (id) => select.current(id));
    setGround(made);
    return () => {
      made.destroy();
      setGround(null);
    };
  }, [layers.data, dark]);
  const points = useMemo(() => pointsOf(shown, state.selected), [shown, state.selected]);
  const lines = withTracks && asked.ids.length > 0 ? moved.data : undefined;
  useEffect(() => ground?.showPoints(points, way), [ground, points, way]);
  useEffect(() => ground?.showTracks(tracksOf(lines?.tracks ?? [])), [ground, lines]);
  if (layers.error !== null) return <Problem error={layers.error} retry={() => void layers.refetch()} />;
  const notShown = (lines?.tracks ?? []).reduce((sum, track) => sum + track.notShown, 0);
  return (
    <div className="map-panel">
      <div className="row-wrap map-tools">
        <Segmented
          size="small"
          value={way}
          onChange={setWay}
          options={[
            { value: 'points', label: t('mapPoints') },
            { value: 'heat', label: t('mapHeat') },
          ]}
        />
        <label className="row-wrap">
          <Switch size="small" checked={withTracks} onChange={setTracks} /> {t('mapTracks')}
        </label>
        <button
          type="button"
          className="link-button"
          onClick={() => dispatch({ do: 'filter', change: { area: ground?.bounds() ?? null } })}
        >
          {t('mapFilter')}
        </button>
        <button
          type="button"
          className="link-button"
          disabled={area === null}
          onClick={() => dispatch({ do: 'filter', change: { area: null } })}
        >
          {t('clearArea')}
        </button>
        <Typography.Text type="secondary">
          {t('mapPlaced', { placed: points.features.length, of: shown.length })} · WGS 84
          {movers.length > MOST_TRACKS ? ` · ${t('tracksNotShown', { n: movers.length - MOST_TRACKS })}` : ''}
          {notShown > 0 ? ` · ${t('pointsNotShown', { n: notShown })}` : ''}
        </Typography.Text>
      </div>
      {layers.data === undefined ? <Spin /> : null}
      <div ref={box} className="map-box" role="application" aria-label={t('map')} />
    </div>
  );
}
