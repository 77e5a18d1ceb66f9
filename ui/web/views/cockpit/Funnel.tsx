import { Link } from 'react-router';
import type { CockpitTile } from '../../../contract/index.ts';
import { figure } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

/** The year's steps as bars on one (square-root) scale, so that small steps are still seen; the numbers say how many. */
export function Funnel({ tiles }: { readonly tiles: readonly CockpitTile[] }) {
  const { say } = useWords();
  const top = Math.sqrt(Math.max(1, ...tiles.map((x) => x.total)));
  return (
    <ul className="lines">
      {tiles.map((x) => (
        <li key={x.id}>
          <Link to={`/cockpit/${x.id}`} className="funnel" title={say(x.note)}>
            <span className="funnel-name">{say(x.title)}</span>
            <span className="bar" aria-hidden>
              <span style={{ width: `${(Math.sqrt(x.total) / top) * 100}%` }} />
            </span>
            <strong>{figure(x.total)}</strong>
          </Link>
        </li>
      ))}
    </ul>
  );
}
