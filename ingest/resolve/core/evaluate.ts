/** Agreement of clusters with the truth. `pairs` counts each unordered pair of members once. */
export interface ClusterScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly b3: { readonly precision: number; readonly recall: number; readonly f1: number };
  readonly predictedPairs: number;
  readonly truePairs: number;
  readonly rightPairs: number;
  readonly items: number;
}

/** Pairwise and B-cubed precision, recall and F1 over the items that both sides name (item → cluster).
 *  No pair on a side counts as precision or recall 1. O(items).  @source Bagga & Baldwin 1998 */
export function evaluateClusters(
  predicted: ReadonlyMap<string, string>,
  truth: ReadonlyMap<string, string>,
): ClusterScore {
  const p = new Map<string, number>();
  const t = new Map<string, number>();
  const both = new Map<string, Map<string, number>>();
  let items = 0;
  for (const [item, cluster] of predicted) {
    const real = truth.get(item);
    if (real === undefined) continue;
    items++;
    p.set(cluster, (p.get(cluster) ?? 0) + 1);
    t.set(real, (t.get(real) ?? 0) + 1);
    let row = both.get(cluster);
    if (row === undefined) both.set(cluster, (row = new Map<string, number>()));
    row.set(real, (row.get(real) ?? 0) + 1);
  }
  let right = 0;
  let b3p = 0;
  let b3r = 0;
  for (const [cluster, row] of both) {
    for (const [real, n] of row) {
      right += _pairs(n);
      b3p += (n * n) / p.get(cluster)!;
      b3r += (n * n) / t.get(real)!;
    }
  }
  const predictedPairs = _sumPairs(p);
  const truePairs = _sumPairs(t);
  const precision = predictedPairs === 0 ? 1 : right / predictedPairs;
  const recall = truePairs === 0 ? 1 : right / truePairs;
  const bp = items === 0 ? 1 : b3p / items;
  const br = items === 0 ? 1 : b3r / items;
  return {
    precision,
    recall,
    f1: harmonic(precision, recall),
    b3: { precision: bp, recall: br, f1: harmonic(bp, br) },
    predictedPairs,
    truePairs,
    rightPairs: right,
    items,
  };
}

/** Harmonic mean of precision and recall; 0 when both are 0. */
export function harmonic(precision: number, recall: number): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

const _pairs = (n: number): number => (n * (n - 1)) / 2;

function _sumPairs(sizes: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const n of sizes.values()) sum += _pairs(n);
  return sum;
}
