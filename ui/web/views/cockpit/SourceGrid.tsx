import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Cockpit, CockpitTile } from '../../../contract/index.ts';
import { percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

export interface SourceGridProps {
  readonly tile: CockpitTile;
  readonly names: Cockpit['sources'];
  readonly asOf: string;
}

/** Every source with its colour; pointing at one says its lag and what was refused. */
export function SourceGrid({ tile, names, asOf }: SourceGridProps) {
  const { t } = useTranslation('cockpit');
  const { say } = useWords();
  return (
    <ul className="sources">
      {tile.rows.map((r) => {
        const name = names[r.id];
        const lag =
          r.at === null
            ? ''
            : t('lag', { n: Math.max(0, Math.round((Date.parse(asOf) - Date.parse(r.at)) / 86_400_000)) });
        return (
          <li key={r.id}>
            <Link
              to={`/health?source=${encodeURIComponent(r.id)}`}
              title={`${lag} · ${t('refused', { p: percent(r.value) })}`}
            >
              <span className={`dot tone-${r.tone ?? 'ok'}`} aria-hidden />
              {name === undefined ? r.id : say(name)}
            </Link>
          </li>
        );
      })}
      {tile.notShown > 0 ? <li className="wall-soft">{t('notShown', { n: tile.notShown })}</li> : null}
    </ul>
  );
}
