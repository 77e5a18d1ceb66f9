import { seeded } from '../base/index.ts';
import type { Database } from '../tables/index.ts';
import {
  type Candidates,
  type Clusters,
  type Model,
  type Patterns,
  type Scored,
  backgroundPairs,
  blockPairs,
  clusterPairs,
  compareAll,
  contestedRecords,
  estimate,
  patternsOf,
  scorePatterns,
} from './core/index.ts';
import type { Prepared } from './kinds/index.ts';
import { type ResolveOptions, bitsOf } from './options.ts';

/** Everything that resolving the tuples of one kind found out. */
export interface Linked {
  readonly candidates: Candidates;
  readonly patterns: Patterns;
  readonly model: Model;
  readonly scored: Scored;
  readonly contested: Uint8Array;
  readonly clusters: Clusters;
}

/** Pairs of tuples that a person judged. */
export interface JudgedTuples {
  readonly must: readonly (readonly [number, number])[];
  readonly cannot: readonly (readonly [number, number])[];
}
const NOT_JUDGED: JudgedTuples = Object.freeze({ must: [], cannot: [] });

/** Blocks, compares, estimates, scores and clusters the tuples of one kind; what a person judged binds the clusters and is no rival of anything. */
export async function linkKind(
  db: Database,
  size: number,
  prepared: Prepared,
  o: ResolveOptions,
  judged: JudgedTuples = NOT_JUDGED,
): Promise<Linked> {
  const candidates = await blockPairs(db, size, prepared.rules, { maxPairs: o.maxPairs });
  for (const r of candidates.report)
    if (r.cappedKeys > 0)
      o.progress.note(`${r.rule}: ${r.cappedKeys} keys too wide, ${r.cappedPairs} pairs not looked at`);
  const levels = compareAll(prepared.comparisons, candidates.left, candidates.right);
  const patterns = patternsOf(prepared.comparisons, levels, candidates.left.length);
  const model = estimateKind(size, prepared, candidates, patterns, o);
  const scored = scorePatterns(prepared.comparisons, model, patterns);
  const pairs = { left: candidates.left, right: candidates.right, weight: scored.weight, forbidden: scored.forbidden };
  const threshold = bitsOf(o.mergeProbability);
  const contested = contestedRecords(size, pairs, { threshold, margin: o.margin, exclusive: prepared.exclusive });
  for (let i = 0; i < size; i++) if (contested[i] === 1 && _bound(prepared, i)) contested[i] = 0;
  for (const pair of judged.must) for (const i of pair) contested[i] = 0;
  const barred = Uint8Array.from(scored.forbidden, (f, p) =>
    f === 1 || contested[pairs.left[p]!] === 1 || contested[pairs.right[p]!] === 1 ? 1 : 0,
  );
  const clusters = clusterPairs(
    size,
    { ...pairs, forbidden: barred },
    {
      threshold,
      linkage: prepared.linkage ?? -2,
      unseenWeight: -2,
      exclusive: prepared.exclusive,
      together: prepared.together,
      must: judged.must,
      cannot: judged.cannot,
    },
  );
  return { candidates, patterns, model, scored, contested, clusters };
}

/** Whether an identifier already says where the tuple belongs. */
function _bound(prepared: Prepared, i: number): boolean {
  return prepared.exclusive.some((e) => e.codes[i]! >= 0);
}

/** EM over the candidates of a kind, with a seeded background sample. */
export function estimateKind(
  size: number,
  prepared: Prepared,
  candidates: Candidates,
  patterns: Patterns,
  o: ResolveOptions,
): Model {
  const background = backgroundPairs(size, candidates, {
    count: Math.min(o.backgroundPairs, size * 50),
    side: null,
    random: seeded(`${o.seed}:${size}`),
  });
  const levels = compareAll(prepared.comparisons, background.left, background.right);
  const other = patternsOf(prepared.comparisons, levels, background.left.length);
  return estimate(prepared.comparisons, patterns, other, {
    totalPairs: (size * (size - 1)) / 2,
    expectedMatches: prepared.expectedMatches,
  });
}
