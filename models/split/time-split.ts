import { InputError, seeded } from '../../ingest/base/index.ts';

/** A split in time: what may be learnt from at `origin`, and what is judged after it. */
export interface TimeSplit {
  /** The simulated day of training, ms UTC: only labels ripe by then are learnt from. */
  readonly origin: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Splits rows at `origin`: training rows have as-of < origin and a label ripe by the origin; test rows have as-of ≥ origin and < `until`.
 *  Rows whose label was not ripe at the origin are in neither part (the embargo). */
export function timeSplit(
  rows: { readonly asOf: Float64Array; readonly ripeAt: Float64Array; readonly label: Float64Array },
  origin: number,
  options: { readonly until?: number } = {},
): TimeSplit {
  const train: number[] = [];
  const test: number[] = [];
  const until = options.until ?? Number.POSITIVE_INFINITY;
  for (let i = 0; i < rows.asOf.length; i++) {
    if (Number.isNaN(rows.label[i]!)) continue;
    if (rows.asOf[i]! < origin) {
      if (rows.ripeAt[i]! <= origin) train.push(i);
    } else if (rows.asOf[i]! < until) test.push(i);
  }
  return { origin, train: Int32Array.from(train), test: Int32Array.from(test) };
}

/** Fold of each component, 0 … folds−1: components dealt from the largest down to the fold with the fewest rows, so folds are even.
 *  Order among equal sizes is shuffled by `seed`. */
export function componentFolds(
  component: Int32Array,
  options: { readonly folds: number; readonly seed: number },
): Int32Array {
  const sizes = new Map<number, number>();
  for (const c of component) sizes.set(c, (sizes.get(c) ?? 0) + 1);
  const random = seeded(`folds:${options.seed}`);
  const order = [...sizes]
    .sort(([a], [b]) => a - b)
    .map(([c, size]) => ({ c, size, key: random() }))
    .sort((a, b) => b.size - a.size || a.key - b.key);
  const load = new Float64Array(options.folds);
  const fold = new Map<number, number>();
  for (const { c, size } of order) {
    const least = load.indexOf(Math.min(...load));
    load[least]! += size;
    fold.set(c, least);
  }
  return Int32Array.from(component, (c) => fold.get(c)!);
}

/** Refuses a split that leaks: a training row as of the origin or later, a label not ripe at the origin, or a component on both sides.
 *  @throws InputError `leaky-split` naming the first row of each fault */
export function refuseLeakySplit(
  rows: { readonly asOf: Float64Array; readonly ripeAt: Float64Array; readonly component: Int32Array },
  split: TimeSplit,
): void {
  const faults: string[] = [];
  const late = split.train.find((i) => rows.asOf[i]! >= split.origin);
  if (late !== undefined) faults.push(`training row ${late} is as of the origin or later`);
  const unripe = split.train.find((i) => rows.ripeAt[i]! > split.origin);
  if (unripe !== undefined) faults.push(`the label of training row ${unripe} was not known at the origin`);
  const early = split.test.find((i) => rows.asOf[i]! < split.origin);
  if (early !== undefined) faults.push(`test row ${early} is from before the origin`);
  const known = new Set(Array.from(split.train, (i) => rows.component[i]!));
  const crossing = split.test.find((i) => known.has(rows.component[i]!));
  if (crossing !== undefined)
    faults.push(`test row ${crossing} shares component ${rows.component[crossing]} with training`);
  if (faults.length > 0) throw new InputError('leaky-split', `refuseLeakySplit: ${faults.join('; ')}`, { faults });
}

/** A random split, only ever printed beside the honest one and labelled: it lets the same subject stand on both sides. */
export function randomSplit(
  rows: number,
  options: { readonly testShare: number; readonly seed: number },
): { train: Int32Array; test: Int32Array } {
  const random = seeded(`random-split:${options.seed}`);
  const train: number[] = [];
  const test: number[] = [];
  for (let i = 0; i < rows; i++) (random() < options.testShare ? test : train).push(i);
  return { train: Int32Array.from(train), test: Int32Array.from(test) };
}
