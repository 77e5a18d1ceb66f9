import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seeded, shuffled } from '../../ingest/base/index.ts';
import { type ListedBy, blindList } from './blind-list.ts';
import { keepWeek, listTrials, readTrial, recordResult, resultsOf, startTrial } from './trial-log.ts';
import { trialReport } from './trial-report.ts';

const by = (list: readonly ListedBy[]) =>
  Object.fromEntries(list.map((l) => [l.subjectId, `${l.a ? 'a' : ''}${l.b ? 'b' : ''}`]));

describe('blindList', () => {
  it('by hand: four checks go two places deep, three when one subject is shared', () => {
    const apart = blindList({ a: ['1', '2', '3'], b: ['4', '5', '6'] }, { capacity: 4, random: seeded(1) });
    expect(apart.depth).toBe(2);
    expect(by(apart.listed)).toEqual({ 1: 'a', 2: 'a', 4: 'b', 5: 'b' });
    const shared = blindList({ a: ['1', '2', '3'], b: ['2', '1', '6'] }, { capacity: 4, random: seeded(1) });
    expect(shared.depth).toBe(3);
    expect(by(shared.listed)).toEqual({ 1: 'ab', 2: 'ab', 3: 'a', 6: 'b' });
  });

  it('holds the capacity, lists nobody twice, gives both the same number of places', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String), { maxLength: 20 });
    fc.assert(
      fc.property(ids, ids, fc.integer({ min: 2, max: 25 }), fc.integer(), (a, b, capacity, seed) => {
        const { listed, depth } = blindList({ a, b }, { capacity, random: seeded(seed) });
        expect(listed.length).toBeLessThanOrEqual(capacity);
        expect(new Set(listed.map((l) => l.subjectId)).size).toBe(listed.length);
        expect(listed.filter((l) => l.a)).toHaveLength(depth);
        expect(listed.filter((l) => l.b)).toHaveLength(depth);
      }),
    );
  });

  it('says the same for swapped arms: the order betrays nobody', () => {
    const a = ['1', '2', '3'];
    const b = ['4', '2', '5'];
    const order = (x: readonly string[], y: readonly string[]) =>
      blindList({ a: x, b: y }, { capacity: 5, random: seeded(3) }).listed.map((l) => l.subjectId);
    expect(order(a, b)).toEqual(order(b, a));
    expect(() => blindList({ a, b }, { capacity: 1, random: seeded(1) })).toThrow(/capacity/);
    expect(() => blindList({ a: ['1', '1'], b }, { capacity: 4, random: seeded(1) })).toThrow(/twice/);
  });
});

describe('trialReport', () => {
  it('by hand', () => {
    const report = trialReport(
      [
        { subjectId: '1', a: true, b: true, found: true },
        { subjectId: '2', a: true, b: false, found: true },
        { subjectId: '3', a: false, b: true, found: false },
        { subjectId: '4', a: true, b: false, found: null },
      ],
      { random: seeded(1), draws: 200 },
    );
    expect(report).toMatchObject({ checked: 3, unchecked: 1, rate: { a: { value: 1 }, b: { value: 0.5 } } });
    expect(report.difference.value).toBe(0.5);
    expect(report.gain!.value).toBe(1);
    expect(() => trialReport([{ subjectId: '1', a: true, b: false, found: true }], { random: seeded(1) })).toThrow(
      /each model/,
    );
  });

  it('covers a known gain of half as many again in at least 90 of 100 simulated trials (N9)', () => {
    let covered = 0;
    for (let trial = 0; trial < 100; trial++) {
      const random = seeded(`trial ${trial}`);
      // 12 weeks, 40 checks: a third of each model's places are shared; hit rate .30 where a listed, .20 where b did, so that a's is half as high again.
      const results = Array.from({ length: 12 }, (_, week) =>
        Array.from({ length: 40 }, (_u, i) => {
          const kind = i < 8 ? 'both' : i < 24 ? 'a' : 'b';
          // shared places find .25; own places make up the rest: (8 × .25 + 16 × p) / 24 = .3 and .2
          const chance = kind === 'both' ? 0.25 : kind === 'a' ? 0.325 : 0.175;
          return { subjectId: `${week}.${i}`, a: kind !== 'b', b: kind !== 'a', found: random() < chance };
        }),
      ).flat();
      const { gain } = trialReport(shuffled(random, results), { random, draws: 300 });
      if (gain!.low <= 0.5 && gain!.high >= 0.5) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(90);
  });
});

describe('the log of a trial', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'trial-'))));
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('keeps one list a run, takes results for listed subjects only, counts the last word', async () => {
    const plan = await startTrial(root, {
      startedAt: '2026-07-01T00:00:00.000Z',
      startedBy: 'li',
      arms: { a: 'm-1', b: 'm-2' },
      capacity: 4,
      seed: 's',
    });
    expect(await readTrial(root, plan.trialId)).toEqual(plan);
    expect(await listTrials(root)).toEqual([plan.trialId]);
    const list = blindList({ a: ['1', '2'], b: ['2', '3'] }, { capacity: 4, random: seeded(1) });
    const kept = await keepWeek(root, plan.trialId, { ...list, runId: 'r1' });
    const again = await keepWeek(root, plan.trialId, { depth: 0, listed: [], runId: 'r1' });
    expect(again).toEqual(kept);
    const record = (subjectId: string, found: boolean) =>
      recordResult(root, plan.trialId, { runId: 'r1', subjectId, found, by: 'wang', at: '2026-07-03T00:00:00.000Z' });
    await record('2', false);
    await record('2', true);
    await expect(record('9', true)).rejects.toMatchObject({ code: 'not-listed' });
    const results = await resultsOf(root, plan.trialId);
    expect(Object.fromEntries(results.map((r) => [r.subjectId, r.found]))).toEqual({ 1: null, 2: true, 3: null });
    await expect(readTrial(root, 't-000000000000')).rejects.toMatchObject({ code: 'no-such-trial' });
  });
});
