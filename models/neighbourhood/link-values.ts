import type { Neighbours } from './network.ts';
import type { NodeValues } from './spread.ts';

/** What the numbers on a node's links come to. */
export interface LinkSummary {
  readonly sum: NodeValues;
  readonly mean: NodeValues;
  readonly min: NodeValues;
  readonly max: NodeValues;
  readonly deviation: NodeValues;
  /** Share of links whose number another link of the node has as well. */
  readonly repeated: NodeValues;
  /** Mean and shortest gap between neighbouring numbers in order: for times, how dense the links come. */
  readonly meanGap: NodeValues;
  readonly minGap: NodeValues;
}

/** Summaries of one number on the links, a node without links has NaN (and sum 0). O(links log links) */
export function linkSummary(neighbours: Neighbours, values: Float64Array): LinkSummary {
  const n = neighbours.starts.length - 1;
  const blank = (): NodeValues => new Float64Array(n).fill(NaN);
  const out = {
    sum: new Float64Array(n),
    mean: blank(),
    min: blank(),
    max: blank(),
    deviation: blank(),
    repeated: blank(),
    meanGap: blank(),
    minGap: blank(),
  };
  for (let node = 0; node < n; node++) {
    const own = Float64Array.from(
      neighbours.links.subarray(neighbours.starts[node]!, neighbours.starts[node + 1]!),
      (link) => values[link]!,
    )
      .filter((value) => value === value)
      .sort();
    if (own.length > 0) summarise(out, node, own);
  }
  return out;
}

function summarise(out: LinkSummary, node: number, sorted: Float64Array): void {
  const count = sorted.length;
  const sum = sorted.reduce((a, b) => a + b, 0);
  const mean = sum / count;
  let squares = 0;
  let repeated = 0;
  let minGap = Infinity;
  for (let i = 0; i < count; i++) {
    squares += (sorted[i]! - mean) ** 2;
    if (sorted[i] === sorted[i - 1] || sorted[i] === sorted[i + 1]) repeated++;
    if (i > 0) minGap = Math.min(minGap, sorted[i]! - sorted[i - 1]!);
  }
  out.sum[node] = sum;
  out.mean[node] = mean;
  out.min[node] = sorted[0]!;
  out.max[node] = sorted[count - 1]!;
  out.deviation[node] = Math.sqrt(squares / count);
  out.repeated[node] = repeated / count;
  if (count > 1) {
    out.meanGap[node] = (sorted[count - 1]! - sorted[0]!) / (count - 1);
    out.minGap[node] = minGap;
  }
}
