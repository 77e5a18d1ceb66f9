import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { componentsOf, largestShare } from './components.ts';
import { subjectComponents } from './subject-components.ts';
import { componentFolds, randomSplit, refuseLeakySplit, timeSplit } from './time-split.ts';

const rows = {
  asOf: Float64Array.of(0, 10, 20, 30, 40),
  ripeAt: Float64Array.of(15, 25, 35, 45, 55),
  label: Float64Array.of(0, 1, 0, Number.NaN, 1),
  component: Int32Array.of(0, 1, 2, 3, 4),
};

describe('timeSplit', () => {
  it('learns from what was ripe at the origin and judges what came after; the rows between are embargoed', () => {
    const split = timeSplit(rows, 30);
    // Row 1 (as of 10) is ripe at 25; row 2 (as of 20) only at 35; row 3 has no label.
    expect([...split.train]).toEqual([0, 1]);
    expect([...split.test]).toEqual([4]);
    expect([...timeSplit(rows, 0, { until: 25 }).test]).toEqual([0, 1, 2]);
  });

  it('is refused when it leaks, with every fault named', () => {
    expect(() => refuseLeakySplit(rows, timeSplit(rows, 30))).not.toThrow();
    const leaky = { origin: 12, train: Int32Array.of(0, 4), test: Int32Array.of(1, 4) };
    expect(() => refuseLeakySplit(rows, leaky)).toThrow(
      expect.objectContaining({
        code: 'leaky-split',
        message: expect.stringMatching(
          /row 4 is as of the origin.*row 0 was not known.*row 1 is from before.*shares component 4/s,
        ),
      }),
    );
  });
});

describe('componentFolds', () => {
  it('never cuts a component, and deals all rows evenly', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 60, maxLength: 200 }),
        fc.integer({ min: 2, max: 5 }),
        (list, folds) => {
          const fold = componentFolds(Int32Array.from(list), { folds, seed: 1 });
          const foldOf = new Map<number, number>();
          list.forEach((c, i) => {
            expect(foldOf.get(c) ?? fold[i]).toBe(fold[i]);
            foldOf.set(c, fold[i]!);
          });
          const sizes = Array.from({ length: folds }, (_, f) => fold.filter((x) => x === f).length);
          const largest = Math.max(...[...new Set(list)].map((c) => list.filter((x) => x === c).length));
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(largest);
        },
      ),
    );
  });

  it('is the same for the same seed', () => {
    const component = Int32Array.from({ length: 50 }, (_, i) => i % 17);
    expect(componentFolds(component, { folds: 3, seed: 5 })).toEqual(componentFolds(component, { folds: 3, seed: 5 }));
    expect(componentFolds(component, { folds: 3, seed: 5 })).not.toEqual(
      componentFolds(component, { folds: 3, seed: 6 }),
    );
  });
});

describe('componentsOf', () => {
  it('agrees with flooding, whatever the order of pairs', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 0, max: 19 }));
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 25 }), (pairs) => {
        const got = componentsOf(
          20,
          pairs.map((p) => p[0]),
          pairs.map((p) => p[1]),
        );
        const twin = Array.from({ length: 20 }, (_, i) => i);
        for (let round = 0; round < 20; round++)
          for (const [a, b] of pairs) twin[a] = twin[b] = Math.min(twin[a]!, twin[b]!);
        for (let i = 0; i < 20; i++) for (let j = 0; j < 20; j++) expect(got[i] === got[j]).toBe(twin[i] === twin[j]);
      }),
    );
  });

  it('tells the share of the largest', () => {
    expect(largestShare(Int32Array.of(0, 1, 1, 2))).toBe(0.5);
    expect(largestShare(new Int32Array(0))).toBe(0);
  });
});

describe('subjectComponents', () => {
  it('joins by owners and phones, not by trade, and drops a hub that would join everybody', async () => {
    const db = await Database.open(':memory:');
    for (const t of ['entity', 'link']) await db.run(createTableSql(t));
    await db.run('create temp table feature_member (member_id varchar, subject_id varchar)');
    const subjects = Array.from({ length: 12 }, (_, i) => `c${String(i).padStart(2, '0')}`);
    for (const s of subjects) await db.run(`insert into feature_member values ('${s}', '${s}')`);
    const link = async (kind: string, from: string, to: string): Promise<void> =>
      db.run(
        `insert into link (link_id, kind, from_id, to_id, known_at) values ('${from}${to}', '${kind}', '${from}', '${to}', '2024-01-01')`,
      );
    await link('contact_of', 'phone', 'c00');
    await link('contact_of', 'phone', 'c01');
    await link('origin_of', 'c02', 'manifest');
    await link('receiver_of', 'c03', 'manifest');
    for (const s of subjects) await link('contact_of', 'bookkeeper', s);
    const found = await subjectComponents(db, subjects);
    expect(found.of.get('c00')).toBe(found.of.get('c01'));
    expect(found.of.get('c02')).not.toBe(found.of.get('c03'));
    expect(found.components).toBe(11);
    expect(found.hubCap).toBe(10);
    expect(found.crossing).toBeGreaterThan(0);
    await db.run('drop table link');
    expect((await subjectComponents(db, subjects)).components).toBe(12);
    db.close();
  });
});

describe('randomSplit', () => {
  it('puts every row on one side, about the asked share in the test', () => {
    const { train, test } = randomSplit(2000, { testShare: 0.25, seed: 3 });
    expect([...train, ...test].sort((a, b) => a - b)).toEqual(Array.from({ length: 2000 }, (_, i) => i));
    expect(test.length / 2000).toBeCloseTo(0.25, 1);
  });
});
