import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError, seeded, shuffled } from '../../base/index.ts';
import { Database } from '../../tables/index.ts';
import { clusterPairs, compareAll, evaluateClusters, patternsOf, scorePatterns } from '../core/index.ts';
import { LinkStore } from './link-store.ts';
import { madePeople, rowsAt } from './people.ts';
import {
  cleanRows,
  comparisonsOver,
  modelFromJson,
  rulesOver,
  type TableModel,
  weightsOfModel,
} from './table-model.ts';
import { type RawRows, trainModel } from './train-model.ts';

let db: Database;
beforeAll(async () => {
  db = await Database.open(':memory:');
});
afterAll(() => db.close());

/** Records by entity, each sorted, in order of their first: what does not depend on names or order. */
function partition(ids: readonly string[], entity: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  ids.forEach((id, i) => groups.set(entity[i]!, [...(groups.get(entity[i]!) ?? []), id]));
  return [...groups.values()].map((g) => g.sort((a, b) => (a < b ? -1 : 1))).sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

const stored = (s: LinkStore): string[][] => partition(s.state.ids, s.entities());

function inBatches(model: TableModel, rows: RawRows, batches: number, seed: string): LinkStore {
  const store = new LinkStore(model);
  const random = seeded(seed);
  const order = shuffled(
    random,
    rows.ids.map((_id, i) => i),
  );
  const cuts = Array.from({ length: batches - 1 }, () => Math.floor(random() * order.length)).sort((a, b) => a - b);
  [0, ...cuts].forEach((from, k) => store.add(rowsAt(rows, order.slice(from, cuts[k] ?? order.length))));
  return store;
}

/** The plain version: every pair that shares a key not too wide, all weighed, one clustering over all of them. */
function naive(model: TableModel, rows: RawRows): string[][] {
  const order = rows.ids.map((_id, i) => i).sort((a, b) => (rows.ids[a]! < rows.ids[b]! ? -1 : 1));
  const sorted = rowsAt(rows, order);
  const clean = cleanRows(model, sorted.columns, order.length);
  const content = order.map((_x, i) => JSON.stringify(clean.columns.map((c) => c[i])));
  const firsts = content.map((c, i) => i).filter((i) => content.indexOf(content[i]!) === i);
  const only = { size: firsts.length, columns: clean.columns.map((c) => firsts.map((i) => c[i]!)) };
  const pairs = new Set<string>();
  for (const rule of rulesOver(model, only)) {
    const blocks = new Map<string, Set<number>>();
    firsts.forEach((_f, i) => {
      for (const k of rule.keysOf(i)) blocks.set(k, (blocks.get(k) ?? new Set<number>()).add(i));
    });
    for (const block of blocks.values()) {
      if (block.size > model.maxBlock) continue;
      for (const a of block) for (const b of block) if (a < b) pairs.add(JSON.stringify([a, b]));
    }
  }
  const list = [...pairs].map((p) => JSON.parse(p) as [number, number]).sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const left = Int32Array.from(list, (p) => p[0]);
  const right = Int32Array.from(list, (p) => p[1]);
  const comparisons = comparisonsOver(model, only);
  const weigh = (l: Int32Array, r: Int32Array) =>
    scorePatterns(comparisons, weightsOfModel(model), patternsOf(comparisons, compareAll(comparisons, l, r), l.length));
  const all = Int32Array.from(firsts, (_f, i) => i);
  const self = weigh(all, all).weight;
  const copies = firsts.map((f) => content.filter((c) => c === content[f]).length);
  const scattered = (i: number): boolean => copies[i]! > 1 && self[i]! < model.threshold;
  const scored = weigh(left, right);
  const forbidden = scored.forbidden.map((f, p) => (scattered(left[p]!) || scattered(right[p]!) ? 1 : f));
  const clusters = clusterPairs(
    firsts.length,
    { left, right, weight: scored.weight, forbidden },
    { threshold: model.threshold, linkage: model.linkage, unseenWeight: -3 },
  );
  const entity = content.map((c, i) => {
    const t = firsts.findIndex((f) => content[f] === c);
    return scattered(t) ? `own ${i}` : `cluster ${clusters.of[t]!}`;
  });
  return partition(sorted.ids, entity);
}

test('in any order and any batches the clusters are those of one run, and of the plain version', async () => {
  const { rows, who } = madePeople(260, 'incremental');
  const model = await trainModel(db, rows);
  const whole = new LinkStore(model);
  const report = whole.add(rows);
  expect(report.records).toBe(rows.ids.length);
  const expected = stored(whole);
  expect(naive(model, rows)).toEqual(expected);
  for (const [batches, seed] of [
    [2, 'a'],
    [5, 'b'],
    [40, 'c'],
  ] as const)
    expect(stored(inBatches(model, rows, batches, seed)), `${batches} batches`).toEqual(expected);
  const s = evaluateClusters(
    new Map(rows.ids.map((id, i) => [id, whole.entities()[i]!])),
    new Map(rows.ids.map((id, i) => [id, who[i]!])),
  );
  expect(s.precision).toBeGreaterThan(0.98);
  expect(s.recall).toBeGreaterThan(0.95);
});

test('keys that grow too wide on the way give up their pairs, as they would in one run', async () => {
  const { rows } = madePeople(200, 'wide');
  const model = { ...(await trainModel(db, rows)), maxBlock: 4 };
  const whole = new LinkStore(model);
  whole.add(rows);
  const apart = inBatches(model, rows, 9, 'x');
  expect(apart.state.pairs.left.length).toBe(whole.state.pairs.left.length);
  expect(whole.state.index.rules.some((r) => r.capped.size > 0)).toBe(true);
  expect(stored(apart)).toEqual(stored(whole));
  expect(naive(model, rows)).toEqual(stored(whole));
});

test('the model is plain data, the same in any order of rows, and works on after a trip through JSON', async () => {
  const { rows } = madePeople(120, 'json');
  const model = await trainModel(db, rows);
  const turned = await trainModel(
    db,
    rowsAt(
      rows,
      rows.ids.map((_x, i) => rows.ids.length - 1 - i),
    ),
  );
  expect(JSON.stringify(turned)).toBe(JSON.stringify(model));
  const back = modelFromJson(JSON.stringify(model), 'm');
  const [a, b] = [new LinkStore(model), new LinkStore(back)];
  a.add(rows);
  b.add(rows);
  expect(b.entities()).toEqual(a.entities());
  expect(() => modelFromJson('{"version":2}', 'model.json')).toThrow(/model.json: not a table model/);
  expect(() => comparisonsOver({ ...model, levels: [] }, { size: 0, columns: model.columns.map(() => []) })).toThrow(
    /train again/,
  );
  expect(() => rulesOver({ ...model, rules: ['nothing'] }, { size: 0, columns: model.columns.map(() => []) })).toThrow(
    /blocks by "nothing"/,
  );
});

test('entities keep their names as records come; merges and splits are reported', async () => {
  const { rows } = madePeople(150, 'names');
  const model = await trainModel(db, rows);
  const store = new LinkStore(model);
  const half = Math.floor(rows.ids.length / 2);
  const all = rows.ids.map((_id, i) => i);
  store.add(rowsAt(rows, all.slice(0, half)));
  const before = new Map(store.state.ids.map((id, i) => [id, store.entities()[i]!]));
  const report = store.add(rowsAt(rows, all.slice(half)));
  const now = store.entities();
  const moved = store.state.ids.slice(0, half).filter((id, i) => before.get(id) !== now[i]);
  const told = new Set(report.changes.flatMap((c) => [...c.from, ...c.into]));
  for (const id of moved) expect(told.has(before.get(id)!)).toBe(true);
  expect(moved.length).toBeLessThan(half / 20);
});

test('judgements bind and can be taken back', async () => {
  const { rows } = madePeople(90, 'judged');
  const store = new LinkStore(await trainModel(db, rows));
  store.add(rows);
  const free = stored(store);
  const pair = free.find((g) => g.length === 2)!;
  const [x, y] = free.filter((g) => g.length === 1).map((g) => g[0]!);
  const t = (id: string): number => store.state.textOf[store.state.ids.indexOf(id)]!;
  const isCopy = t(pair[0]!) === t(pair[1]!);
  const r = store.judge(
    [[x!, y!]],
    [
      [pair[0]!, pair[1]!],
      ['nobody', x!],
    ],
  );
  const of = new Map(store.state.ids.map((id, i) => [id, store.entities()[i]!]));
  expect(of.get(x!)).toBe(of.get(y!));
  if (!isCopy) expect(of.get(pair[0]!)).not.toBe(of.get(pair[1]!));
  expect(r.refused).toEqual([...(isCopy ? [[pair[0], pair[1]]] : []), ['nobody', x]]);
  expect(r.changes.length).toBeGreaterThan(0);
  store.judge([], []);
  expect(stored(store)).toEqual(free);
});

test('refusals: a record twice, a record known, nothing to compare', async () => {
  const { rows } = madePeople(60, 'refused');
  const store = new LinkStore(await trainModel(db, rows));
  store.add(rows);
  expect(() => store.add(rowsAt(rows, [0]))).toThrow(InputError);
  const twice = { ids: ['n1', 'n1'], columns: {} };
  expect(() => store.add(twice)).toThrow(/1 ids are there already, e.g. "n1"/);
  const same = {
    ids: ['a', 'b', 'c', 'd'],
    columns: { name: ['John', 'John', 'John', 'John'], other: [null, null, null, null] },
  };
  await expect(trainModel(db, same)).rejects.toThrow(
    /no column holds anything to compare: name \(one value everywhere\), other \(no value\); nothing is merged/,
  );
});
