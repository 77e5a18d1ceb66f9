import { InputError } from '../base/index.ts';
import type { Database } from '../tables/index.ts';
import type { Model } from './core/index.ts';
import type { Prepared } from './kinds/index.ts';

/** Keeps the estimated tables of a kind in `match_model`, so that any pair can be explained later. Numbers are rounded to 9 decimals. */
export async function writeModel(
  db: Database,
  kind: string,
  prepared: Prepared,
  model: Model,
  threshold: number,
): Promise<void> {
  const rows = prepared.comparisons.flatMap((c, i) =>
    c.levels.map((l, j) => [c.id, l.id, model.m[i]![j]!, model.u[i]![j]!, model.weights[i]![j]!] as const),
  );
  const text = (k: 0 | 1) => ({ kind: 'text' as const, values: rows.map((r) => r[k]) });
  const number = (k: 2 | 3 | 4) => ({
    kind: 'number' as const,
    values: Float64Array.from(rows, (r) => r[k]),
    valid: null,
  });
  await db.tableFrom('_model', {
    rows: rows.length,
    data: { comparison: text(0), level: text(1), m: number(2), u: number(3), weight: number(4) },
  });
  await db.run(
    `insert into match_model select $kind, comparison, level, round(m, 9), u, round(weight, 9), $prior, $threshold from _model`,
    { kind, prior: model.prior, threshold },
  );
  await db.run('drop table if exists _model');
}

/** The tables of a kind as they were kept. @throws InputError `not-resolved` when the snapshot has none for it */
export async function readModel(
  db: Database,
  kind: string,
): Promise<{ weightOf: (comparison: string, level: string) => number; prior: number; threshold: number }> {
  const rows = await db.rows<{ comparison: string; level: string; weight: number; prior: number; threshold: number }>(
    'select comparison, level, weight, prior, threshold from match_model where kind = $kind',
    { kind },
  );
  const first = rows[0];
  if (first === undefined)
    throw new InputError('not-resolved', `explainPair: this snapshot holds no model for "${kind}"; run resolve first`, {
      kind,
    });
  const table = new Map(rows.map((r) => [`${r.comparison}\u0001${r.level}`, r.weight]));
  return {
    weightOf: (comparison, level) => table.get(`${comparison}\u0001${level}`) ?? 0,
    prior: first.prior,
    threshold: first.threshold,
  };
}
