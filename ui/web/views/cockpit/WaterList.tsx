import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CockpitTile } from '../../../contract/index.ts';
import { minute } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

/** Sections with their class and latest values; each opens on the canvas. */
export function WaterList({ tile }: { readonly tile: CockpitTile }) {
  const { t } = useTranslation('cockpit');
  const { say } = useWords();
  return (
    <ul className="lines">
      {tile.rows.map((r) => {
        const [grade = '—', ...values] = (r.note ?? '').split(' · ');
        return (
          <li key={r.id} title={minute(r.at)}>
            <span className={`grade tone-${r.tone ?? 'ok'}`}>{grade}</span>
            {r.entityId === null ? (
              say(r)
            ) : (
              <Link to={`/explore?entities=${encodeURIComponent(r.entityId)}`}>{say(r)}</Link>
            )}
            <span className="wall-soft push">{values.join(' ')}</span>
          </li>
        );
      })}
      {tile.notShown > 0 ? <li className="wall-soft">{t('notShown', { n: tile.notShown })}</li> : null}
    </ul>
  );
}
