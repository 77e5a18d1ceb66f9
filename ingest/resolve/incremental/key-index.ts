import { type KeyTable, EMPTY_KEYS, joinedTables } from './key-table.ts';
import { type SortedKeys, lowerBound, mergedKeys, sortedByKey } from './sort-keys.ts';

/** What the arrival of records changes among candidate pairs. Pairs are `left * PAIR_BASE + right`, left < right. */
export interface PairChanges {
  /** New pairs, ascending. */
  readonly added: Float64Array;
  /** Pairs of earlier records that no key proposes any more, since their keys grew too wide; ascending. */
  readonly dropped: Float64Array;
}

/** 2^26: a pair of records as one exact double, up to 67 million records. */
export const PAIR_BASE = 67_108_864;

/** One rule's keys, by record and by key, with the keys that are too wide. */
export interface RuleIndex {
  table: KeyTable;
  sorted: SortedKeys;
  readonly capped: Set<number>;
}

/** Blocking keys of all records so far. Two records are a candidate pair when some key that they share is borne by `maxBlock` records at most; whatever
 *  the order in which they come, the pairs after the last one are the same. */
export class KeyIndex {
  readonly rules: RuleIndex[];
  readonly maxBlock: number;

  constructor(rules: number, maxBlock: number, kept: RuleIndex[] | null = null) {
    this.maxBlock = maxBlock;
    this.rules =
      kept ??
      Array.from({ length: rules }, () => ({
        table: EMPTY_KEYS,
        sorted: { keys: new Uint32Array(0), records: new Int32Array(0) },
        capped: new Set<number>(),
      }));
  }

  /** Adds records behind those there are, given their keys under each rule.  O(keys + pairs · rules) */
  add(tables: readonly KeyTable[]): PairChanges {
    const before = this.rules[0] === undefined ? 0 : this.rules[0].table.starts.length - 1;
    const batches = tables.map((t, r) => this.#join(r, t, before));
    const dropped = batches.flatMap((b, r) => b.widened.map((key) => this.#lost(r, key, before)));
    const pairs = new _PairBuffer();
    batches.forEach((b, r) => this.#propose(r, b.sorted, pairs));
    return { added: pairs.sorted(), dropped: _distinct(dropped.flat()) };
  }

  /** Merges one rule's keys and marks those that are too wide now. */
  #join(r: number, later: KeyTable, before: number): { sorted: SortedKeys; widened: number[] } {
    const rule = this.rules[r]!;
    const n = later.starts.length - 1;
    const records = new Int32Array(later.keys.length);
    for (let i = 0; i < n; i++) records.fill(before + i, later.starts[i]!, later.starts[i + 1]!);
    const sorted = sortedByKey(later.keys, records);
    rule.table = joinedTables(rule.table, later);
    rule.sorted = mergedKeys(rule.sorted, sorted);
    const widened: number[] = [];
    _eachKey(sorted.keys, (key) => {
      if (rule.capped.has(key)) return;
      const from = lowerBound(rule.sorted.keys, key);
      if (rule.sorted.keys[from + this.maxBlock] !== key) return;
      rule.capped.add(key);
      widened.push(key);
    });
    return { sorted, widened };
  }

  /** Pairs of earlier records under a key that has just grown too wide, and that no other key proposes. */
  #lost(r: number, key: number, before: number): number[] {
    const { keys, records } = this.rules[r]!.sorted;
    const old: number[] = [];
    for (let p = lowerBound(keys, key); keys[p] === key && records[p]! < before; p++) old.push(records[p]!);
    const out: number[] = [];
    if (old.length > this.maxBlock) return out; // was too wide already
    for (let x = 0; x < old.length; x++)
      for (let y = x + 1; y < old.length; y++)
        if (!this.#shareBefore(this.rules.length, old[x]!, old[y]!)) out.push(old[x]! * PAIR_BASE + old[y]!);
    return out;
  }

  /** Pairs with at least one new record under rule r that no earlier rule proposes. */
  #propose(r: number, fresh: SortedKeys, pairs: _PairBuffer): void {
    const { sorted, capped } = this.rules[r]!;
    let at = 0;
    while (at < fresh.keys.length) {
      const key = fresh.keys[at]!;
      let end = at + 1;
      while (fresh.keys[end] === key) end++;
      if (!capped.has(key)) {
        const from = lowerBound(sorted.keys, key);
        for (let y = at; y < end; y++) {
          const b = fresh.records[y]!;
          for (let x = from; sorted.records[x]! < b && sorted.keys[x] === key; x++) {
            const a = sorted.records[x]!;
            if (!this.#earlier(r, a, b, key)) pairs.push(a * PAIR_BASE + b);
          }
        }
      }
      at = end;
    }
  }

  /** Whether an earlier rule, or a smaller key of this rule, proposes the pair as well. */
  #earlier(r: number, a: number, b: number, key: number): boolean {
    return this.#shareBefore(r, a, b) || this.#shared(r, a, b, key);
  }

  #shareBefore(rules: number, a: number, b: number): boolean {
    for (let r = 0; r < rules; r++) if (this.#shared(r, a, b, Infinity)) return true;
    return false;
  }

  /** Whether the records share a key below `below` of the rule that is not too wide. */
  #shared(r: number, a: number, b: number, below: number): boolean {
    const { table, capped } = this.rules[r]!;
    const { starts, keys } = table;
    const endB = starts[b + 1]!;
    for (let x = starts[a]!; x < starts[a + 1]!; x++) {
      const k = keys[x]!;
      if (k >= below) continue;
      for (let y = starts[b]!; y < endB; y++) if (keys[y] === k && !capped.has(k)) return true;
    }
    return false;
  }
}

function _eachKey(sorted: Uint32Array, visit: (key: number) => void): void {
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) visit(sorted[i]!);
}

function _distinct(values: readonly number[]): Float64Array {
  return Float64Array.from(new Set(values)).sort();
}

/** A growing list of pairs in exact doubles. */
class _PairBuffer {
  #values = new Float64Array(1024);
  #count = 0;

  push(pair: number): void {
    if (this.#count === this.#values.length) {
      const wider = new Float64Array(this.#count * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#count++] = pair;
  }

  sorted(): Float64Array {
    return this.#values.slice(0, this.#count).sort();
  }
}
