import { InputError } from '../../ingest/base/index.ts';

/** One inspector beside the model at the same workload. */
export interface Contracted {
  readonly inspector: string;
  readonly assigned: number;
  /** Share of the assigned that was checked. */
  readonly checkRate: number;
  /** Share of this inspector's checks that found something. */
  readonly foundByInspector: number;
  /** The same for the model, contracted on the caseload of the busiest inspector to this check rate; null for the busiest one itself. */
  readonly foundByModel: number | null;
}

/** Whether a model picks better than people do, where only what people checked has a result: the inspector who checks the largest share is taken, the model
 *  drops from those checks the lowest scores until only each other inspector's rate is left, and its share of finds is set beside that inspector's. Needs cases
 *  that came to inspectors as by lot (patches alike); where everything is checked there is nothing to contract.
 *  @param of.found  1, 0, or NaN where nobody looked       @param of.scores  by a model that saw none of these results
 *  @returns one line an inspector with a check, by falling rate, then name; ties in scores by row
 *  @throws InputError `row-count`, `one-inspector`
 *  @source Lakkaraju et al. 2017 */
export function contraction(of: {
  readonly inspectors: readonly string[];
  readonly found: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
}): Contracted[] {
  const { inspectors, found, scores } = of;
  if (found.length !== inspectors.length || scores.length !== inspectors.length)
    throw new InputError(
      'row-count',
      `contraction: ${inspectors.length} inspectors, ${found.length} results and ${scores.length} scores; pass one of each a row`,
      {},
    );
  const lists = new Map<string, number[]>();
  inspectors.forEach((name, row) => {
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [row]);
    else list.push(row);
  });
  const all = [...lists]
    .map(([inspector, rows]) => ({ inspector, rows, checked: rows.filter((row) => !Number.isNaN(found[row]!)) }))
    .filter(({ checked }) => checked.length > 0)
    .map((one) => ({ ...one, rate: one.checked.length / one.rows.length }))
    .sort((a, b) => b.rate - a.rate || (a.inspector < b.inspector ? -1 : 1));
  const busiest = all[0];
  if (busiest === undefined || all.length < 2)
    throw new InputError('one-inspector', `contraction: ${all.length} inspectors with checks; two are needed`, {});
  const order = [...busiest.checked].sort((a, b) => scores[b]! - scores[a]! || a - b);
  return all.map(({ inspector, rows, checked, rate }) => ({
    inspector,
    assigned: rows.length,
    checkRate: rate,
    foundByInspector: shareFound(checked, found),
    foundByModel:
      inspector === busiest.inspector
        ? null
        : shareFound(order.slice(0, Math.max(1, Math.round(rate * busiest.rows.length))), found),
  }));
}

function shareFound(rows: readonly number[], found: ArrayLike<number>): number {
  return rows.reduce((sum, row) => sum + found[row]!, 0) / rows.length;
}
