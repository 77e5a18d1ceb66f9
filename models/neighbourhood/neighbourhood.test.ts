import { describe, expect, it } from 'vitest';
import { seeded } from '../../ingest/base/index.ts';
import {
  carriedRate,
  composedRelations,
  degrees,
  directRate,
  foldsOf,
  linkSummary,
  nearestRate,
  neighboursOf,
  neighbourMean,
  neighbourSpread,
  outOfFold,
  parallelLinks,
  partOf,
  pastAtShared,
  rarity,
  returns,
  sharedRate,
  type Network,
  type Relation,
} from './index.ts';

const relation = (name: string, links: readonly (readonly number[])[]): Relation => ({
  name,
  from: Int32Array.from(links, (link) => link[0]!),
  to: Int32Array.from(links, (link) => link[1]!),
  values: { amount: Float64Array.from(links, (link) => link[2] ?? NaN) },
});

const network = (nodes: number, ...relations: Relation[]): Network => ({ nodes, relations });
const both = (net: Network) => neighboursOf(net, net.relations, 'both');
const list = (values: Float64Array) =>
  Array.from(values, (value) => (Number.isNaN(value) ? null : Number(value.toFixed(6))));

describe('neighbours and their values, worked by hand', () => {
  // 0 → 1, 0 → 2, 1 → 2, a self-loop at 2, and 3 alone.
  const net = network(
    4,
    relation('r', [
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 2],
    ]),
  );

  it('directions, and self-loops left out', () => {
    expect(list(degrees(neighboursOf(net, net.relations, 'out')))).toEqual([2, 1, 0, 0]);
    expect(list(degrees(neighboursOf(net, net.relations, 'in')))).toEqual([0, 1, 2, 0]);
    expect(list(degrees(both(net)))).toEqual([2, 2, 2, 0]);
    expect(() => both(network(2, relation('r', [[0, 5]])))).toThrow(/joins 0 and 5/);
  });

  it('means, highest and deviation leave the unknown out', () => {
    const values = Float64Array.of(1, NaN, 5, 7);
    expect(list(neighbourMean(both(net), values))).toEqual([5, 3, 1, null]);
    const spread = neighbourSpread(both(net), values);
    expect(list(spread.max)).toEqual([5, 5, 1, null]);
    expect(list(spread.deviation)).toEqual([0, 2, 0, null]);
  });

  it('numbers on links', () => {
    const paid = network(
      3,
      relation('paid', [
        [0, 1, 10],
        [0, 1, 10],
        [0, 2, 40],
      ]),
    );
    const summary = linkSummary(neighboursOf(paid, paid.relations, 'out'), paid.relations[0]!.values['amount']!);
    expect([summary.sum[0], summary.mean[0], summary.max[0], summary.meanGap[0], summary.minGap[0]]).toEqual([
      60, 20, 40, 15, 0,
    ]);
    expect(summary.repeated[0]).toBeCloseTo(2 / 3, 12);
    expect([summary.sum[1], summary.mean[1]]).toEqual([0, NaN]);
  });
});

describe('what stands out among links', () => {
  const paid = relation('paid', [
    [0, 1, 5],
    [0, 2, 5],
    [0, 1, 9],
    [3, 1, NaN],
  ]);

  it('rarity against the sender, parallel links, a part of a relation', () => {
    const rare = rarity(paid, paid.values['amount']!, 'from');
    expect(list(rare)).toEqual([0.333333, 0.333333, 0.666667, null]);
    expect(list(parallelLinks(paid))).toEqual([2, 1, 2, 1]);
    const part = partOf(paid, 'unusual', (link) => rare[link]! > 0.5);
    expect([...part.from, ...part.to, ...part.values['amount']!]).toEqual([0, 1, 9]);
  });

  it('ways back: a triangle, a pair, a dead end', () => {
    const net = network(
      6,
      relation('r', [
        [0, 1],
        [1, 2],
        [2, 0],
        [3, 4],
        [4, 3],
        [2, 5],
      ]),
    );
    const back = returns(net, net.relations, { most: 4, cap: 9, tries: 1000 });
    expect(list(back.shortest)).toEqual([3, 3, 3, 2, 2, null]);
    expect(list(back.ways)).toEqual([1, 1, 1, 1, 1, 0]);
    expect(list(returns(net, net.relations, { most: 2, cap: 9, tries: 1000 }).ways)).toEqual([0, 0, 0, 1, 1, 0]);
  });

  it('relations two links long', () => {
    // rows 0 and 1, licences 2 and 3, addresses 4 and 5
    const [of, at] = [
      relation('of', [
        [0, 2],
        [1, 3],
      ]),
      relation('at', [
        [2, 4],
        [3, 4],
        [3, 5],
      ]),
    ];
    const made = composedRelations([of, at], Uint8Array.of(1, 1, 0, 0, 0, 0));
    expect(made.map((one) => one.name)).toEqual(['of/at']);
    expect([...made[0]!.from]).toEqual([0, 1, 1]);
    expect([...made[0]!.to]).toEqual([4, 4, 5]);
  });
});

describe('rates from known labels', () => {
  // Rows 0 1 2 share hub 3.
  const net = network(
    4,
    relation('r', [
      [0, 3],
      [1, 3],
      [2, 3],
    ]),
  );
  const labels = Float64Array.of(1, 0, NaN, NaN);

  it('shared: itself left out, drawn to the base', () => {
    const { rate, known, highest } = sharedRate(both(net), labels, 1);
    expect(list(known).slice(0, 3)).toEqual([1, 1, 2]);
    expect(list(rate).slice(0, 3)).toEqual([0.25, 0.75, 0.5]);
    expect(list(highest).slice(0, 3)).toEqual([0.25, 0.75, 0.5]);
  });

  it('direct and carried', () => {
    const line = network(
      3,
      relation('r', [
        [0, 1],
        [1, 2],
      ]),
    );
    const { rate, known } = directRate(both(line), Float64Array.of(1, NaN, 0), 2);
    expect(list(known)).toEqual([0, 2, 0]);
    expect(rate[1]).toBe(0.5);
    const carried = carriedRate(both(line), Float64Array.of(1, NaN, 1), { steps: 5, pull: 1 });
    expect(list(carried)).toEqual([1, 1, 1]);
  });

  it('out of fold: no row’s features change with its own label, nor with those of its fold', () => {
    const random = seeded(3);
    const n = 60;
    const links = Array.from({ length: 200 }, () => [Math.floor(random() * n), Math.floor(random() * n)]);
    const graph = network(n, relation('r', links));
    const known = Float64Array.from({ length: n }, (_, row) => (row % 4 === 3 ? NaN : random() < 0.4 ? 1 : 0));
    const folds = foldsOf(known, 5, seeded(1));
    const make = (y: Float64Array) => [
      sharedRate(both(graph), y, 1).rate,
      carriedRate(both(graph), y, { steps: 3, pull: 0.5 }),
    ];
    const features = outOfFold(known, folds, make);
    for (const row of [0, 1, 2, 20]) {
      const turned = known.map((label, other) => (folds[other] === folds[row] ? 1 - label : label));
      outOfFold(turned, folds, make).forEach((column, c) => expect(column[row]).toBe(features[c]![row]));
    }
    expect([...folds].filter((fold) => fold === -1).length).toBe(15);
    expect(() => outOfFold(known, folds.slice(1), make)).toThrow(/59 folds for 60/);
  });
});

describe('histories', () => {
  it('see only what is strictly earlier', () => {
    // Rows 0–3 at hub 4, times 1, 2, 2, 5.
    const net = network(
      5,
      relation('r', [
        [0, 4],
        [1, 4],
        [2, 4],
        [3, 4],
      ]),
    );
    const past = pastAtShared(both(net), {
      times: Float64Array.of(1, 2, 2, 5, NaN),
      labels: Float64Array.of(1, 0, NaN, NaN, NaN),
      prior: 1,
      halfLife: 1,
    });
    expect(list(past.earlier)).toEqual([0, 1, 1, 3, null]);
    expect(list(past.known)).toEqual([0, 1, 1, 2, null]);
    expect(list(past.sinceLast)).toEqual([null, 1, 1, 3, null]);
    expect(list(past.rate)).toEqual([0.5, 0.75, 0.75, 0.5, null]);
    expect(list(past.last)).toEqual([null, 1, 1, 0, null]);
    // At time 5: the label 1 of time 1 weighs 1/16, the 0 of time 2 weighs 1/8.
    expect(past.fading[3]).toBeCloseTo((1 / 16 + 0.5) / (1 / 16 + 1 / 8 + 1), 12);
  });

  it('changing a later label changes nothing before it', () => {
    const random = seeded(9);
    const rows = 80;
    const links = Array.from({ length: rows }, (_, row) => [row, rows + Math.floor(random() * 6)]);
    const net = network(rows + 6, relation('r', links));
    const times = Float64Array.from({ length: rows + 6 }, (_, node) => (node < rows ? Math.floor(random() * 20) : NaN));
    const labels = Float64Array.from({ length: rows + 6 }, (_, node) => (node < rows ? Math.round(random()) : NaN));
    const of = (y: Float64Array) => pastAtShared(both(net), { times, labels: y, prior: 0.001, halfLife: 3 });
    const turned = labels.map((label, node) => (times[node]! >= 10 ? NaN : label));
    const [a, b] = [of(labels), of(turned)];
    for (let row = 0; row < rows; row++) {
      if (times[row]! > 10) continue;
      expect(a.known[row]).toBe(b.known[row]);
      expect(a.last[row]).toBe(b.last[row]);
    }
  });

  it('the nearest earlier rows on the map', () => {
    const of = {
      latitude: Float64Array.of(0, 0, 0, 0),
      longitude: Float64Array.of(0, 1, 10, 2),
      times: Float64Array.of(1, 2, 3, 4),
      labels: Float64Array.of(1, 0, 0, NaN),
    };
    const { rate, reach } = nearestRate(of, { count: 2, prior: 0 });
    expect(list(rate)).toEqual([null, 1, 0.5, 0.5]);
    expect(list(reach)).toEqual([null, 1, 10, 2]);
    expect(nearestRate({ ...of, times: null }, { count: 1, prior: 0 }).rate[0]).toBe(0);
  });
});
