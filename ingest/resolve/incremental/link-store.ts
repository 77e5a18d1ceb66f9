import { InputError } from '../../base/index.ts';
import { key52 } from '../core/index.ts';
import { type EntityChange, assignIds, entityChanges } from '../identity/index.ts';
import { KeyIndex, PAIR_BASE } from './key-index.ts';
import { keyTable } from './key-table.ts';
import { type PairTable, NO_PAIRS, changedPairs } from './pair-table.ts';
import { recluster } from './recluster.ts';
import { scorePairs, selfWeights } from './score-pairs.ts';
import { type CleanRows, type TableModel, cleanRows, rulesOver } from './table-model.ts';
import type { RawRows } from './train-model.ts';

/** Everything a store keeps, as plain data. A `text` is one distinct content; records with equal content share it. */
export interface LinkState {
  readonly model: TableModel;
  ids: string[];
  /** Content of each record. */
  textOf: Int32Array;
  /** Cleaned values of each content, per column. */
  texts: (string | null)[][];
  /** Hash under which each content is found again; no two are equal. */
  hashes: Float64Array;
  /** Records of each content. */
  copies: Int32Array;
  /** 1 where a content with several records tells too little for these to be one entity. */
  scattered: Uint8Array;
  index: KeyIndex;
  pairs: PairTable;
  /** Cluster of each content, named by its content of smallest record id. */
  cluster: Int32Array;
  /** Smallest record id of each content. */
  firstId: string[];
  /** Entity of each record, as a number in `names`. */
  entityOf: Int32Array;
  names: string[];
  /** Pairs of contents that a person judged. */
  must: [number, number][];
  cannot: [number, number][];
}

/** What adding records did. */
export interface AddReport {
  readonly records: number;
  readonly contents: number;
  readonly pairsAdded: number;
  /** Pairs of earlier records given up because their key grew too wide. */
  readonly pairsDropped: number;
  readonly cappedKeys: number;
  readonly entities: number;
  /** Merges and splits among entities that were there before. */
  readonly changes: readonly EntityChange[];
}

/** Records that are linked as they come: blocking keys, scored pairs and clusters are kept, a new record is compared with those that share a key only,
 *  and only the clusters it touches are formed again. After the last record the clusters are those of one run over all of them with the same model,
 *  whatever the order of arrival. One thread at a time. */
export class LinkStore {
  readonly state: LinkState;
  readonly #number = new Map<string, number>();
  readonly #content = new Map<number, number>();

  constructor(model: TableModel, kept: LinkState | null = null) {
    this.state = kept ?? _emptyState(model);
    this.state.ids.forEach((id, i) => this.#number.set(id, i));
    this.state.hashes.forEach((h, t) => this.#content.set(h, t));
  }

  /** Adds records.  @throws InputError `known-record` when an id is there already or comes twice */
  add(rows: RawRows): AddReport {
    this.#refuseKnown(rows.ids);
    const s = this.state;
    const clean = cleanRows(s.model, rows.columns, rows.ids.length);
    const oldTexts = s.copies.length;
    const placed = this.#place(rows.ids, clean);
    const fresh: CleanRows = {
      size: placed.fresh.length,
      columns: clean.columns.map((c) => placed.fresh.map((i) => c[i]!)),
    };
    const change = s.index.add(rulesOver(s.model, fresh).map((r) => keyTable(r, fresh.size)));
    s.texts = s.texts.map((c, k) => c.concat(fresh.columns[k]!));
    const rowsOf = (records: Int32Array): CleanRows => this.#rowsOf(records);
    const added = scorePairs(s.model, change.added, s.copies.length, rowsOf);
    const dirty = new Uint8Array(s.copies.length).fill(1, oldTexts);
    for (const list of [added.left, added.right, ..._ends(change.dropped)]) for (const i of list) dirty[i] = 1;
    for (const t of placed.repeated) dirty[t] = 1;
    this.#weighCopies(placed.repeated);
    s.pairs = changedPairs(s.pairs, change.dropped, added);
    return {
      records: rows.ids.length,
      contents: fresh.size,
      pairsAdded: change.added.length,
      pairsDropped: change.dropped.length,
      cappedKeys: s.index.rules.reduce((n, r) => n + r.capped.size, 0),
      ...this.#form(dirty, oldTexts),
    };
  }

  /** Replaces the judgements in force (pairs of record ids) and forms the clusters they touch again.
   *  @returns merges and splits, and pairs that cannot be obeyed: a record that is not there, or two records of one content judged different */
  judge(
    same: readonly (readonly [string, string])[],
    different: readonly (readonly [string, string])[],
  ): AddReport & { refused: [string, string][] } {
    const s = this.state;
    const refused: [string, string][] = [];
    const dirty = new Uint8Array(s.copies.length);
    for (const [a, b] of [...s.must, ...s.cannot]) dirty[a] = dirty[b] = 1;
    const pairs = (list: typeof same, isSame: boolean): [number, number][] =>
      list.flatMap(([l, r]) => {
        const [a, b] = [this.#number.get(l), this.#number.get(r)];
        const [x, y] = [a === undefined ? -1 : s.textOf[a]!, b === undefined ? -1 : s.textOf[b]!];
        if (x < 0 || y < 0 || (x === y && !isSame)) {
          refused.push([l, r]);
          return [];
        }
        dirty[x] = dirty[y] = 1;
        return x === y ? [] : [[x, y] as [number, number]];
      });
    s.must = pairs(same, true);
    s.cannot = pairs(different, false);
    const formed = this.#form(dirty, s.copies.length);
    return { records: 0, contents: 0, pairsAdded: 0, pairsDropped: 0, cappedKeys: 0, ...formed, refused };
  }

  /** Entity of every record, in the order in which they came. */
  entities(): string[] {
    return Array.from(this.state.entityOf, (e) => this.state.names[e]!);
  }

  #refuseKnown(ids: readonly string[]): void {
    const seen = new Set<string>();
    const twice = ids.filter((id) => this.#number.has(id) || seen.size === seen.add(id).size);
    if (twice.length > 0)
      throw new InputError(
        'known-record',
        `LinkStore.add: ${twice.length} ids are there already, e.g. "${twice[0]!}"; give each record an id of its own`,
        { ids: twice.slice(0, 20) },
      );
  }

  #textAt(t: number): string {
    return JSON.stringify(this.state.texts.map((c) => c[t]));
  }

  /** The hash under which a content is or would be found: the next free one where two collide.
   *  @param known  whether it may be there already; new ones have no values yet to compare with */
  #freeHash(text: string, known = true): number {
    let h = key52(text);
    for (
      let t = this.#content.get(h);
      t !== undefined && !(known && this.#textAt(t) === text);
      t = this.#content.get(h)
    )
      h++;
    return h;
  }

  /** Gives each record its content. @returns rows that bring a new one, and earlier or new contents that got another copy */
  #place(ids: readonly string[], clean: CleanRows): { fresh: number[]; repeated: number[] } {
    const s = this.state;
    const known = s.ids.length;
    const textOf = new Int32Array(known + ids.length);
    textOf.set(s.textOf);
    const copies = [...s.copies];
    const fresh: number[] = [];
    const repeated = new Set<number>();
    const newTexts = new Map<string, number>();
    ids.forEach((id, i) => {
      const text = JSON.stringify(clean.columns.map((c) => c[i]));
      const old = newTexts.get(text) ?? this.#content.get(this.#freeHash(text));
      const t = old ?? copies.length;
      if (old === undefined) {
        newTexts.set(text, t);
        copies.push(0);
        s.firstId.push(id);
        fresh.push(i);
      } else repeated.add(t);
      copies[t]!++;
      if (id < s.firstId[t]!) s.firstId[t] = id;
      textOf[known + i] = t;
      this.#number.set(id, known + i);
    });
    s.ids = s.ids.concat(ids);
    s.textOf = textOf;
    s.copies = Int32Array.from(copies);
    s.scattered = _longer(s.scattered, copies.length);
    const hashes = new Float64Array(copies.length);
    hashes.set(s.hashes);
    s.hashes = hashes;
    for (const [text, t] of newTexts) {
      hashes[t] = this.#freeHash(text, false);
      this.#content.set(hashes[t]!, t);
    }
    return { fresh, repeated: [...repeated].sort((a, b) => a - b) };
  }

  #rowsOf(records: Int32Array): CleanRows {
    return { size: records.length, columns: this.state.texts.map((c) => Array.from(records, (i) => c[i]!)) };
  }

  /** Whether the copies of a content are one entity: the pair of two copies weighed like any other. */
  #weighCopies(contents: readonly number[]): void {
    const s = this.state;
    if (contents.length === 0) return;
    const weight = selfWeights(s.model, this.#rowsOf(Int32Array.from(contents)));
    contents.forEach((t, i) => (s.scattered[t] = weight[i]! >= s.model.threshold ? 0 : 1));
  }

  /** Forms dirty clusters again and hands entity ids on. */
  #form(dirty: Uint8Array, oldTexts: number): { entities: number; changes: EntityChange[] } {
    const s = this.state;
    const { pairs, scattered } = s;
    const loose = pairs.left.some((l, p) => scattered[l] === 1 || scattered[pairs.right[p]!] === 1);
    const forbidden = loose
      ? pairs.forbidden.map((f, p) => (scattered[pairs.left[p]!] === 1 || scattered[pairs.right[p]!] === 1 ? 1 : f))
      : pairs.forbidden;
    const before = new Int32Array(s.copies.length).fill(-1);
    before.set(s.cluster.subarray(0, oldTexts));
    const { cluster, formed } = recluster({
      size: s.copies.length,
      pairs: { ...pairs, forbidden },
      dirty,
      before,
      threshold: s.model.threshold,
      linkage: s.model.linkage,
      must: s.must,
      cannot: s.cannot,
      compare: (a, b) => (s.firstId[a]! < s.firstId[b]! ? -1 : 1),
    });
    s.cluster = cluster;
    return this.#name(formed);
  }

  /** Names the entities of the contents that were formed again; the others keep theirs. */
  #name(formed: Uint8Array): { entities: number; changes: EntityChange[] } {
    const s = this.state;
    const known = s.entityOf.length;
    const entityOf = new Int32Array(s.ids.length);
    entityOf.set(s.entityOf);
    const now = new Map<string, number[]>();
    const overlaps: { kind: string; before: string; now: string; mentions: number }[] = [];
    for (let i = 0; i < s.ids.length; i++) {
      const t = s.textOf[i]!;
      if (formed[t] === 0) continue;
      const own = s.scattered[t] === 1 ? s.ids[i]! : s.firstId[s.cluster[t]!]!;
      const list = now.get(own);
      if (list === undefined) now.set(own, [i]);
      else list.push(i);
    }
    for (const [own, records] of now) {
      const of = new Map<number, number>();
      for (const i of records) if (i < known) of.set(s.entityOf[i]!, (of.get(s.entityOf[i]!) ?? 0) + 1);
      for (const [e, mentions] of of) overlaps.push({ kind: 'record', before: s.names[e]!, now: own, mentions });
    }
    const given = assignIds(overlaps, [...now.keys()], new Set(s.names));
    const number = new Map(s.names.map((n, e) => [n, e]));
    for (const [own, records] of now) {
      const name = given.get(own)!;
      let e = number.get(name);
      if (e === undefined) {
        number.set(name, (e = s.names.length));
        s.names.push(name);
      }
      for (const i of records) entityOf[i] = e;
    }
    s.entityOf = entityOf;
    const changes = entityChanges(
      overlaps.map((o) => ({ ...o, now: given.get(o.now)! })),
      [],
    );
    return { entities: _distinct(entityOf, s.names.length), changes };
  }
}

function _distinct(of: Int32Array, names: number): number {
  const seen = new Uint8Array(names);
  let n = 0;
  for (const e of of) if (seen[e] === 0) n += seen[e] = 1;
  return n;
}

function _emptyState(model: TableModel): LinkState {
  return {
    model,
    ids: [],
    textOf: new Int32Array(0),
    texts: model.columns.map(() => []),
    hashes: new Float64Array(0),
    copies: new Int32Array(0),
    scattered: new Uint8Array(0),
    index: new KeyIndex(model.rules.length, model.maxBlock),
    pairs: NO_PAIRS,
    cluster: new Int32Array(0),
    firstId: [],
    entityOf: new Int32Array(0),
    names: [],
    must: [],
    cannot: [],
  };
}

function _longer(a: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  out.set(a);
  return out;
}

/** Left and right ends of coded pairs. */
function _ends(pairs: Float64Array): [Int32Array, Int32Array] {
  const left = Int32Array.from(pairs, (p) => Math.floor(p / PAIR_BASE));
  return [left, Int32Array.from(pairs, (p, i) => p - left[i]! * PAIR_BASE)];
}
