import type { Columns } from '../../ingest/base/index.ts';
import { numbersOf } from '../../ingest/base/index.ts';
import type { FeatureBlock, FeatureContext, FeatureDefinition } from './feature.ts';

/** Spreads a query's answer (`row`, one column a feature, `latest_known_at`) over all rows.
 *  @param absent  value of a row the query did not return: 0 for counts, NaN for everything else */
export function blockFrom(
  answer: Columns,
  context: Pick<FeatureContext, 'rows'>,
  features: readonly { readonly definition: FeatureDefinition; readonly column: string; readonly absent: number }[],
): FeatureBlock {
  const row = numbersOf(answer, 'row').values;
  const spread = (column: string, absent: number): Float64Array => {
    const out = new Float64Array(context.rows).fill(absent);
    const { values, valid } = numbersOf(answer, column);
    for (let i = 0; i < row.length; i++) out[row[i]!] = valid !== null && valid[i] === 0 ? absent : values[i]!;
    return out;
  };
  return {
    features: features.map((f) => f.definition),
    values: features.map((f) => spread(f.column, f.absent)),
    latestKnownAt: spread('latest_known_at', Number.NaN),
  };
}

/** Rows of an answer by the value of a text column, so that each group becomes a block. Order: sorted by that value. */
export function splitBy(answer: Columns, column: string): ReadonlyMap<string, Columns> {
  const keys = answer.data[column];
  const groups = new Map<string, number[]>();
  if (keys?.kind === 'text')
    keys.values.forEach((key, i) => {
      if (key === null) return;
      const list = groups.get(key);
      if (list === undefined) groups.set(key, [i]);
      else list.push(i);
    });
  return new Map(
    [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, rows]) => [key, _taken(answer, rows)] as const),
  );
}

function _taken(columns: Columns, rows: readonly number[]): Columns {
  const data = Object.fromEntries(
    Object.entries(columns.data).map(([name, c]) => {
      if (c.kind === 'text') return [name, { kind: 'text' as const, values: rows.map((i) => c.values[i]!) }];
      const values = Float64Array.from(rows, (i) => c.values[i]!);
      return [
        name,
        {
          kind: 'number' as const,
          values,
          valid: c.valid === null ? null : Uint8Array.from(rows, (i) => c.valid![i]!),
        },
      ];
    }),
  );
  return { rows: rows.length, data };
}
