import { chiSquareTail } from './chi-square.ts';

/** A share before and now: findings among the checked, late results among all, one kind among the links. */
export interface ShareChange {
  readonly before: number | null;
  readonly now: number | null;
  /** Chance of shares at least this different in one population; 1 where one of them has no rows. */
  readonly p: number;
}

/** Compares two shares (chi-square with one degree, no correction: both samples should have some ten rows of each kind). */
export function shareChange(before: { hits: number; rows: number }, now: { hits: number; rows: number }): ShareChange {
  if (before.rows === 0 || now.rows === 0)
    return {
      before: before.rows === 0 ? null : before.hits / before.rows,
      now: now.rows === 0 ? null : now.hits / now.rows,
      p: 1,
    };
  const rows = before.rows + now.rows;
  const pooled = (before.hits + now.hits) / rows;
  const difference = now.hits / now.rows - before.hits / before.rows;
  const variance = pooled * (1 - pooled) * (1 / before.rows + 1 / now.rows);
  return {
    before: before.hits / before.rows,
    now: now.hits / now.rows,
    p: variance === 0 ? 1 : chiSquareTail(difference ** 2 / variance, 1),
  };
}
