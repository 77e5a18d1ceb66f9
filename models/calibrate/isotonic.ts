/** A rising step function with straight lines between its points; flat outside them. */
export interface IsotonicMap {
  readonly kind: 'isotonic';
  /** Ascending scores, and the probability at each, not falling. */
  readonly scores: readonly number[];
  readonly probabilities: readonly number[];
}

/** Least-squares rising fit by pooling adjacent violators. Equal scores are one point. The ends are drawn towards the mean by
 *  one row's weight, so that no finite sample claims 0 or 1.
 *  @source Ayer et al. 1955; Zadrozny & Elkan 2002 */
export function fitIsotonic(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  weights: ArrayLike<number> | null = null,
): IsotonicMap {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const blocks: { low: number; high: number; sum: number; weight: number }[] = [];
  let base = 0;
  let total = 0;
  for (const row of order) {
    const weight = weights === null ? 1 : weights[row]!;
    base += weight * labels[row]!;
    total += weight;
    const last = blocks[blocks.length - 1];
    if (last !== undefined && last.high === scores[row] && last.low === last.high) {
      last.sum += weight * labels[row]!;
      last.weight += weight;
    } else {
      blocks.push({ low: scores[row]!, high: scores[row]!, sum: weight * labels[row]!, weight });
    }
  }
  const share = base / total;
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push({ ...block });
    while (pooled.length > 1) {
      const [before, last] = [pooled[pooled.length - 2]!, pooled[pooled.length - 1]!];
      if (before.sum / before.weight < last.sum / last.weight) break;
      pooled.pop();
      pooled[pooled.length - 1] = {
        low: before.low,
        high: last.high,
        sum: before.sum + last.sum,
        weight: before.weight + last.weight,
      };
    }
  }
  const points = pooled.flatMap((block) => {
    const probability = (block.sum + share) / (block.weight + 1);
    return block.low === block.high
      ? [[block.low, probability] as const]
      : [[block.low, probability] as const, [block.high, probability] as const];
  });
  let highest = 0;
  return {
    kind: 'isotonic',
    scores: points.map(([score]) => score),
    probabilities: points.map(([, probability]) => (highest = Math.max(highest, probability))),
  };
}

/** The map at one score. */
export function isotonicAt(map: IsotonicMap, score: number): number {
  const { scores, probabilities } = map;
  if (score <= scores[0]!) return probabilities[0]!;
  const end = scores.length - 1;
  if (score >= scores[end]!) return probabilities[end]!;
  let low = 0;
  let high = end;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]!) / (scores[high]! - scores[low]!);
  return probabilities[low]! + share * (probabilities[high]! - probabilities[low]!);
}
