import type { Random } from '../../ingest/base/index.ts';

/** `count` of the numbers 0 … n − 1 without replacement, ascending (selection sampling: one draw a number). */
export function sampleAscending(random: Random, n: number, count: number): Int32Array {
  const out = new Int32Array(count);
  let taken = 0;
  for (let i = 0; i < n && taken < count; i++) {
    if (random() * (n - i) < count - taken) out[taken++] = i;
  }
  return out;
}

/** How often each of n rows is drawn in `draws` draws with replacement. */
export function bootstrapCounts(random: Random, n: number, draws: number): Float64Array {
  const counts = new Float64Array(n);
  for (let i = 0; i < draws; i++) {
    const row = Math.floor(random() * n);
    counts[row] = counts[row]! + 1;
  }
  return counts;
}

/** Size of a share of `n`, at least one. */
export function shareOf(n: number, share: number): number {
  return Math.max(1, Math.round(n * share));
}
