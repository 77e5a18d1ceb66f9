import { type Coded, type Level, level } from '../core/index.ts';

/** Exact agreement split by how rare the agreed value is: rare agreement is stronger evidence, and EM learns each band's m and u. */
export interface ExactBands {
  readonly levels: readonly Level[];
  /** Band (from 0) of each value code. */
  readonly bandOf: Uint8Array;
}

const EDGES_BITS = [3, 6, 9, 12];

/** Bands of a column; bands that no repeated value falls in are left out. `m` is the share of true pairs that agree exactly. */
export function exactBands(values: Coded, m: number): ExactBands {
  const counts = new Float64Array(values.values.length);
  let n = 0;
  for (const c of values.codes) {
    if (c < 0) continue;
    counts[c]!++;
    n++;
  }
  const raw = Uint8Array.from(counts, (f) => EDGES_BITS.filter((e) => Math.log2(n / f) >= e).length);
  const mass = new Float64Array(EDGES_BITS.length + 1);
  const chance = new Float64Array(EDGES_BITS.length + 1);
  counts.forEach((f, c) => {
    mass[raw[c]!]! += f / n;
    chance[raw[c]!]! += (f * (f - 1)) / Math.max(1, n * (n - 1));
  });
  const used = [...mass.keys()].filter((b) => mass[b]! > 0);
  const rank = new Uint8Array(mass.length);
  used.forEach((b, i) => (rank[b] = i));
  const names = ['very common', 'common', 'middling', 'rare', 'very rare'];
  return {
    levels: used.map((b) => level(`same (${names[b]!})`, Math.max(1e-4, m * mass[b]!), Math.max(1e-9, chance[b]!))),
    bandOf: Uint8Array.from(raw, (b) => rank[b]!),
  };
}
