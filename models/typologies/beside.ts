/** One measure of a join by nearness: what is joined lies less than `size` apart on it. */
export interface Axis {
  /** Column that holds the cell. */
  readonly cell: string;
  /** SQL of the measure, a number. */
  readonly of: string;
  readonly size: number;
}

/** SQL of `from` with the cell of each row on each axis, for the side that stays single. */
export function celledSql(from: string, axes: readonly Axis[]): string {
  return `select *, ${axes.map((a) => `${_cell(a)} as ${a.cell}`).join(', ')} from ${from}`;
}

/** SQL of `from` with each row once for its own cell and for every one beside it, for the other side. Joined with `celledSql` on all cells, each pair that is less than
 *  `size` apart on every axis meets exactly once; the exact test stays in the join. A join on ranges alone compares all with all, which a full district does not forgive. */
export function besideSql(from: string, axes: readonly Axis[]): string {
  const cells = axes.map((a, i) => `${_cell(a)} + beside_${i}.step as ${a.cell}`).join(', ');
  return `select src.*, ${cells} from ${from} src, ${axes.map((_a, i) => `range(-1, 2) beside_${i}(step)`).join(', ')}`;
}

/** A little wider than `size`, so that rounding never puts two rows that are just within it three cells apart. */
function _cell(axis: Axis): string {
  return `floor((${axis.of}) / ${axis.size * 1.001})::bigint`;
}

/** About 300 m: a complaint about the works next door. */
export const NEXT_DOOR: readonly Axis[] = [
  { cell: 'cx', of: 'lon', size: 0.0032 },
  { cell: 'cy', of: 'lat', size: 0.0027 },
];
