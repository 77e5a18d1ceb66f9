import type { ReactNode } from 'react';
import { Link } from 'react-router';

export interface PanelProps {
  readonly title: string;
  /** Its place in the grid. */
  readonly area: string;
  /** The tile whose list the title opens. */
  readonly list?: string;
  readonly children: ReactNode;
}

/** A framed part of the wall; its title opens the list behind it. */
export function Panel({ title, area, list, children }: PanelProps) {
  return (
    <section className="panel" style={{ gridArea: area }} aria-label={title}>
      <h2>{list === undefined ? title : <Link to={`/cockpit/${list}`}>{title} ›</Link>}</h2>
      <div className="panel-body">{children}</div>
    </section>
  );
}
