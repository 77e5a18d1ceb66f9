import { type Comparison, MISSING, level } from '../core/index.ts';
import { type Vectors, cosine } from './tfidf.ts';

const CUTS = [0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44, 0.36, 0.28, 0.2, 0.12];

/** Compares whole texts by the cosine of their TF-IDF vectors, in eleven steps. */
export function bagComparison(id: string, fields: readonly string[], vectors: Vectors): Comparison {
  const m = [0.25, 0.15, 0.12, 0.1, 0.09, 0.08, 0.07, 0.05, 0.04, 0.03, 0.015];
  const u = [1e-7, 2e-7, 5e-7, 1e-6, 3e-6, 1e-5, 3e-5, 1e-4, 6e-4, 4e-3, 0.03];
  const levels = [
    MISSING,
    ...CUTS.map((c, i) => level(`texts agree ${c}`, m[i]!, u[i]!)),
    level('different', 0.01, 0.96),
  ];
  const levelOf = (i: number, j: number): number => {
    if (vectors.starts[i] === vectors.starts[i + 1] || vectors.starts[j] === vectors.starts[j + 1]) return 0;
    const s = cosine(vectors, i, j);
    const at = CUTS.findIndex((c) => s >= c);
    return at < 0 ? CUTS.length + 1 : at + 1;
  };
  return { id, fields, levels, hold: 0.05, levelOf };
}
