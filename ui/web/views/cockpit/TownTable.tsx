import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CockpitTile } from '../../../contract/index.ts';
import { percent } from '../../controls/numbers.ts';

/** Closure and repeats by town, best closure first; towns with fewer than ten tickets have no share and stand last. Units are compared, never persons. */
export function TownTable({ tile }: { readonly tile: CockpitTile }) {
  const { t } = useTranslation('cockpit');
  const rows = tile.rows.toSorted((a, b) => (b.value ?? -1) - (a.value ?? -1) || (a.id < b.id ? -1 : 1));
  return (
    <ul className="lines">
      {rows.map((r) => {
        const [closed = '', repeats = ''] = (r.note ?? '').split(' · ');
        const [done = '', all = ''] = closed.split(' / ');
        return (
          <li key={r.id} title={t('closedOf', { closed: done, all, repeats })}>
            <Link to={`/leads?town=${encodeURIComponent(r.id)}`} className="town">
              {r.zh}
            </Link>
            <span className="bar" aria-hidden>
              <span style={{ width: `${(r.value ?? 0) * 100}%` }} />
            </span>
            <span className={`push tone-${r.tone ?? 'ok'}`}>{r.value === null ? t('few') : percent(r.value)}</span>
            <span className="wall-soft">{`${done}/${all}`}</span>
          </li>
        );
      })}
    </ul>
  );
}
