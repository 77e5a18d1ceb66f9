import { type Progress, seeded } from '../../base/index.ts';
import type { Database } from '../../tables/index.ts';
import {
  type BlockingRule,
  type Candidates,
  type Comparison,
  type Model,
  type Patterns,
  type Scored,
  backgroundPairs,
  blockPairs,
  compareAll,
  countRules,
  estimate,
  patternsOf,
  scorePatterns,
} from '../core/index.ts';
import { buildComparisons, fewPairs, joinedTexts, leadColumn } from './build-comparisons.ts';
import { allPairs } from './all-pairs.ts';
import { buildRules } from './build-rules.ts';
import { nearestPairs } from './nearest.ts';
import { rankComparison } from './rank-comparison.ts';
import { gramsOf } from '../names/index.ts';
import type { Schema } from './schema.ts';
import { type Vectors, tfidf } from './tfidf.ts';

export interface LinkTableOptions {
  readonly maxPairs: number;
  readonly seed: string;
  readonly progress: Progress;
  /** Only evidence and keys that follow from the two records themselves, so that the model can be kept and used on other rows. */
  readonly local?: boolean;
  /** Blocking rules of the user's instead of the engine's own choice, and names of comparisons to leave out. */
  readonly rules?: ((schema: Schema) => BlockingRule[]) | null;
  readonly without?: readonly string[];
  /** Comparisons with weights known beforehand, for a table too small to train on: then all pairs are compared, and no others are built. */
  readonly known?: readonly Comparison[] | null;
}

/** Pairs of a table with their scores, before any clustering. */
export interface LinkedTable {
  readonly schema: Schema;
  readonly comparisons: readonly Comparison[];
  readonly candidates: Candidates;
  readonly patterns: Patterns;
  readonly model: Model;
  readonly scored: Scored;
  readonly vectors: Vectors;
  /** The weights were known beforehand, not learnt. */
  readonly known: boolean;
}

/** Blocks, compares, trains and scores a table of which only the schema is known. */
export async function linkTable(db: Database, schema: Schema, o: LinkTableOptions): Promise<LinkedTable> {
  const texts = joinedTexts(
    schema.columns.filter((c) => c.inside === null && c.profile.type !== 'category' && c.profile.type !== 'number'),
    schema.size,
  );
  const vectors = tfidf(texts, gramsOf);
  const known = o.known ?? null;
  const candidates =
    known !== null
      ? allPairs(schema.size, schema.side)
      : o.local === true
        ? await _byKeys(db, schema, o)
        : await _candidates(db, schema, vectors, o);
  const comparisons = (known === null ? buildComparisons(schema) : [...known]).filter(
    (c) => o.without?.includes(c.id) !== true,
  );
  if (
    known === null &&
    o.local !== true &&
    o.without?.includes('nearest') !== true &&
    (comparisons.length <= 2 || comparisons.some((c) => c.id === 'words'))
  )
    comparisons.push(rankComparison(vectors, schema.size, candidates));
  const levels = compareAll(comparisons, candidates.left, candidates.right);
  const patterns = patternsOf(comparisons, levels, candidates.left.length);
  const background = backgroundPairs(schema.size, candidates, {
    count: Math.min(400_000, schema.size * 100),
    side: schema.side,
    random: seeded(o.seed),
  });
  const other = patternsOf(
    comparisons,
    compareAll(comparisons, background.left, background.right),
    background.left.length,
  );
  const model = estimate(comparisons, patterns, other, {
    totalPairs: totalPairs(schema),
    fixed: fewPairs(schema),
    chains: o.local !== true,
    expectedMatches: schema.side === null ? schema.size / 2 : smallerSide(schema) / 2,
    mostMatches: schema.side === null ? 0 : smallerSide(schema),
  });
  return {
    schema,
    comparisons,
    candidates,
    patterns,
    model,
    scored: scorePatterns(comparisons, model, patterns),
    vectors,
    known: known !== null,
  };
}

/** Rows of the smaller table. */
export function smallerSide(schema: Schema): number {
  const counts = new Map<number, number>();
  for (const s of schema.side ?? []) counts.set(s, (counts.get(s) ?? 0) + 1);
  return Math.min(...counts.values());
}

/** Pairs that could be true: all, or all across sides. */
export function totalPairs(schema: Schema): number {
  const n = schema.size;
  if (schema.side === null) return (n * (n - 1)) / 2;
  const counts = new Map<number, number>();
  for (const s of schema.side) counts.set(s, (counts.get(s) ?? 0) + 1);
  let same = 0;
  for (const c of counts.values()) same += (c * (c - 1)) / 2;
  return (n * (n - 1)) / 2 - same;
}

function _byKeys(db: Database, schema: Schema, o: LinkTableOptions): Promise<Candidates> {
  return blockPairs(db, schema.size, o.rules?.(schema) ?? buildRules(schema), {
    maxPairs: o.maxPairs,
    maxBlock: 80,
    side: schema.side,
  });
}

async function _candidates(db: Database, schema: Schema, vectors: Vectors, o: LinkTableOptions): Promise<Candidates> {
  const byKeys = await _byKeys(db, schema, o);
  const k = schema.side === null ? 15 : 5;
  const options = {
    k,
    least: 0.15,
    maxRows: Math.max(200, Math.min(2000, schema.size / 10)),
    probes: 24,
    budget: 5000,
    side: schema.side,
  };
  const near = nearestPairs(vectors, options);
  const both = _union(byKeys, near, 'nearest texts', schema.size);
  const lead = leadColumn(schema);
  if (lead === null || schema.columns.length < 2 || lead.profile.type === 'short') return both;
  const own = tfidf(joinedTexts([lead], schema.size), gramsOf);
  return _union(
    both,
    nearestPairs(own, { ...options, k: schema.side === null ? 5 : 5 }),
    `nearest ${lead.profile.name}`,
    schema.size,
  );
}

/** Pairs of either, those of a nearest pass as one more rule. */
function _union(a: Candidates, near: { left: Int32Array; right: Int32Array }, rule: string, size: number): Candidates {
  const bit = 1 << a.report.length;
  const left: number[] = [];
  const right: number[] = [];
  const rules: number[] = [];
  let x = 0;
  let y = 0;
  const keyA = (p: number): number => (p < a.left.length ? a.left[p]! * size + a.right[p]! : Infinity);
  const keyB = (p: number): number => (p < near.left.length ? near.left[p]! * size + near.right[p]! : Infinity);
  while (x < a.left.length || y < near.left.length) {
    const ka = keyA(x);
    const kb = keyB(y);
    const take = ka <= kb;
    left.push(take ? a.left[x]! : near.left[y]!);
    right.push(take ? a.right[x]! : near.right[y]!);
    rules.push(((take ? a.rules[x]! : 0) | (kb <= ka ? bit : 0)) >>> 0);
    if (ka <= kb) x++;
    if (kb <= ka) y++;
  }
  const report = [
    ...a.report,
    {
      rule,
      fields: ['all'],
      keys: 0,
      pairsBeforeCap: near.left.length,
      cappedKeys: 0,
      cappedPairs: 0,
      pairs: 0,
      onlyThis: 0,
    },
  ];
  const bits = Uint32Array.from(rules);
  countRules(bits, report);
  return { left: Int32Array.from(left), right: Int32Array.from(right), rules: bits, report };
}
