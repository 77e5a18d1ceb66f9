import type { Columns, Progress } from '../../base/index.ts';
import { SILENT, numbersOf, withDefaults } from '../../base/index.ts';
import { type Database, type Sql, quoteIdent } from '../../tables/index.ts';
import { key52 } from './hash.ts';

/** One cheap way to propose pairs: records that share a key are compared. An empty list never blocks. */
export interface BlockingRule {
  readonly id: string;
  /** What it reads, in words, for reports. */
  readonly fields: readonly string[];
  /** Keys of record `i`; null parts must give no key. */
  readonly keysOf: (record: number) => readonly string[];
  /** Largest number of records one key may hold before it is skipped; absent = the call's `maxBlock`. */
  readonly maxBlock?: number;
}

/** What one rule cost and gave. */
export interface RuleReport {
  readonly rule: string;
  readonly fields: readonly string[];
  readonly keys: number;
  /** Pairs the rule would propose before caps, the cost known before any comparison. */
  readonly pairsBeforeCap: number;
  readonly cappedKeys: number;
  readonly cappedPairs: number;
  /** Pairs that no other rule proposes. */
  pairs: number;
  onlyThis: number;
}

/** Candidate pairs in order of (left, right), left < right. */
export interface Candidates {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** Bit r set = rule r proposed the pair. */
  readonly rules: Uint32Array;
  readonly report: readonly RuleReport[];
}

export interface BlockOptions {
  readonly maxBlock: number;
  /** Most pairs of one run; the widest keys are given up first until the sum fits. */
  readonly maxPairs: number;
  /** Per record: pairs are proposed only across different sides; null = within one table. */
  readonly side: ArrayLike<number> | null;
  readonly progress: Progress;
}
const DEFAULTS: BlockOptions = Object.freeze({ maxBlock: 200, maxPairs: 20_000_000, side: null, progress: SILENT });

/** All pairs that at least one rule proposes. Keys come from TypeScript (Han, readings, tokens); the join is DuckDB's.
 *  @returns pairs sorted by (left, right), whatever the thread count  O(keys + pairs), memory 20 bytes a pair here */
export async function blockPairs(
  db: Database,
  size: number,
  rules: readonly BlockingRule[],
  options: Partial<BlockOptions> = {},
): Promise<Candidates> {
  const o = withDefaults('blockPairs', DEFAULTS, options);
  if (rules.length === 0 || size < 2) return _nothing(rules);
  await db.tableFrom('_block_key', _keys(size, rules, o.side));
  const caps = rules.map((r, i) => `(${i}, ${r.maxBlock ?? o.maxBlock})`).join(', ');
  await db.run(_blocksSql(caps));
  const blocks = await db.rows<BlockRow>(
    `select rule, count(*)::double as keys, coalesce(sum(pairs), 0)::double as pairs, coalesce(sum(case when capped then 1 else 0 end), 0)::double as capped,
      coalesce(sum(case when capped then pairs else 0 end), 0)::double as lost from _block group by rule order by rule`,
  );
  const limit = await _widest(db, o.maxPairs);
  const pairs = await db.columns(pairsSql(limit).sql);
  for (const t of ['_block_key', '_block']) await db.run(`drop table if exists ${quoteIdent(t)}`);
  return _candidates(pairs, rules, blocks);
}

interface BlockRow {
  readonly rule: number;
  readonly keys: number;
  readonly pairs: number;
  readonly capped: number;
  readonly lost: number;
}

function _keys(size: number, rules: readonly BlockingRule[], side: ArrayLike<number> | null): Columns {
  const rule: number[] = [];
  const key: number[] = [];
  const record: number[] = [];
  rules.forEach((r, index) => {
    for (let i = 0; i < size; i++) {
      const keys = r.keysOf(i);
      for (let k = 0; k < keys.length; k++) {
        rule.push(index);
        key.push(key52(keys[k]!));
        record.push(i);
      }
    }
  });
  const sides = Float64Array.from(record, (i) => (side === null ? 0 : side[i]!));
  return {
    rows: key.length,
    data: {
      rule: { kind: 'number', values: Float64Array.from(rule), valid: null },
      key: { kind: 'number', values: Float64Array.from(key), valid: null },
      record: { kind: 'number', values: Float64Array.from(record), valid: null },
      side: { kind: 'number', values: sides, valid: null },
    },
  };
}

/** Blocks with their pair counts: all pairs less those inside one side (all on side 0 = one table, nothing subtracted). */
function _blocksSql(caps: string): string {
  return `create or replace temp table _block as
    with u as (select distinct rule::int as rule, key, record::int as record, side::int as side from _block_key),
    s as (select rule, key, side, count(*)::double as n from u group by rule, key, side),
    one as (select count(distinct side) as sides from u),
    b as (select rule, key, sum(n) as n, case when (select sides from one) > 1 then (sum(n) * sum(n) - sum(n * n)) / 2 else sum(n) * (sum(n) - 1) / 2 end as pairs
      from s group by rule, key having sum(n) > 1)
    select b.rule, b.key, b.n, b.pairs, b.pairs > c.cap::double * c.cap / 2 as capped
      from b join (values ${caps}) c(rule, cap) on c.rule = b.rule where b.pairs > 0`;
}

/** The largest block that may stay so that all pairs together fit `maxPairs`. */
async function _widest(db: Database, maxPairs: number): Promise<number> {
  const rows = await db.rows<{ pairs: number; total: number }>(
    `select pairs, sum(s) over (order by pairs) as total from (select pairs, sum(pairs) as s from _block where not capped group by pairs) order by pairs`,
  );
  let limit = 0;
  for (const r of rows) if (r.total <= maxPairs) limit = r.pairs;
  return limit;
}

/** Distinct pairs of the kept blocks with the set of rules that proposed them. */
export function pairsSql(widest: number): Sql {
  return {
    sql: `with u as (select distinct rule::int as rule, key, record::int as record, side::int as side from _block_key),
    k as (select u.* from u join _block b on b.rule = u.rule and b.key = u.key where not b.capped and b.pairs <= ${widest}),
    one as (select count(distinct side) as sides from u)
    select a.record as l, b.record as r, bit_or((1::bigint << a.rule)) as rules from k a join k b on a.rule = b.rule and a.key = b.key and a.record < b.record
      where (select sides from one) = 1 or a.side <> b.side
      group by a.record, b.record order by l, r`,
    params: {},
  };
}

function _candidates(pairs: Columns, rules: readonly BlockingRule[], blocks: readonly BlockRow[]): Candidates {
  const rows = pairs.rows;
  const left = Int32Array.from(rows === 0 ? [] : numbersOf(pairs, 'l').values);
  const right = Int32Array.from(rows === 0 ? [] : numbersOf(pairs, 'r').values);
  const bits = Uint32Array.from(rows === 0 ? [] : numbersOf(pairs, 'rules').values);
  const report = rules.map((r, i): RuleReport => {
    const b = blocks.find((x) => x.rule === i);
    return {
      rule: r.id,
      fields: r.fields,
      keys: b?.keys ?? 0,
      pairsBeforeCap: b?.pairs ?? 0,
      cappedKeys: b?.capped ?? 0,
      cappedPairs: b?.lost ?? 0,
      pairs: 0,
      onlyThis: 0,
    };
  });
  countRules(bits, report);
  return { left, right, rules: bits, report };
}

/** Fills `pairs` and `onlyThis` of each rule from the pairs' rule sets. */
export function countRules(bits: Uint32Array, report: readonly RuleReport[]): void {
  for (const r of report) {
    r.pairs = 0;
    r.onlyThis = 0;
  }
  for (const b of bits) {
    for (let r = 0; r < report.length; r++) {
      if ((b & (1 << r)) === 0) continue;
      report[r]!.pairs++;
      if (b >>> 0 === (1 << r) >>> 0) report[r]!.onlyThis++;
    }
  }
}

function _nothing(rules: readonly BlockingRule[]): Candidates {
  const report = rules.map((r) => ({
    rule: r.id,
    fields: r.fields,
    keys: 0,
    pairsBeforeCap: 0,
    cappedKeys: 0,
    cappedPairs: 0,
    pairs: 0,
    onlyThis: 0,
  }));
  return { left: new Int32Array(0), right: new Int32Array(0), rules: new Uint32Array(0), report };
}
