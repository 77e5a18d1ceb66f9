import type { Cockpit } from '../../../contract/index.ts';
import { useWords } from '../../controls/words.ts';

const WIDTH = 240;
const HEIGHT = 44;

/** A small bar chart a trend; the last, unfinished month is fainter. */
export function Trends({ trends }: { readonly trends: Cockpit['trends'] }) {
  return (
    <div className="trends">
      {trends.map((x) => (
        <Trend key={x.id} trend={x} />
      ))}
    </div>
  );
}

function Trend({ trend }: { readonly trend: Cockpit['trends'][number] }) {
  const { say } = useWords();
  const top = Math.max(1, ...trend.points.map((p) => p.count));
  const step = WIDTH / Math.max(1, trend.points.length);
  const words = trend.points.map((p) => `${p.month} ${p.count}`).join(', ');
  return (
    <figure className="trend" aria-label={`${say(trend.title)}: ${words}`}>
      <figcaption>
        {say(trend.title)}
        <span className="wall-soft">
          {trend.points[0]?.month} – {trend.points.at(-1)?.month} · max {top}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden>
        {trend.points.map((p, i) => (
          <rect
            key={p.month}
            x={i * step + 1}
            width={step - 2}
            y={HEIGHT - (p.count / top) * HEIGHT}
            height={(p.count / top) * HEIGHT}
            opacity={i === trend.points.length - 1 ? 0.45 : 1}
          >
            <title>{`${p.month}: ${p.count}`}</title>
          </rect>
        ))}
      </svg>
    </figure>
  );
}
