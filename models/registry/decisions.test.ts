import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ModelComparison, verdictOf } from './comparison.ts';
import { championOf, decide, readDecisions, rollbackTarget, shadowsOf } from './decisions.ts';
import type { LeadModel } from './lead-model.ts';
import { saveModel, withId } from './model-file.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'registry-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the registry reads of a model: its id, whether it may be served; the rest is not opened by it. */
async function keep(seed: number, servable = true): Promise<string> {
  const model = withId({ format: 'tributary-lead-model-1', seed, servable } as unknown as Omit<LeadModel, 'model_id'>);
  await saveModel(folder, model, { html: '', json: '{}' });
  return model.model_id;
}

const on = (action: Parameters<typeof decide>[1]['action'], modelId: string, why = 'a reason') =>
  decide(folder, { action, modelId, by: 'li', why, comparison: null }, '2026-07-01T00:00:00.000Z');

describe('the registry of decisions', () => {
  it('has no champion until somebody promotes one; rolls back one promotion at a time; releases', async () => {
    const [a, b, c] = [await keep(1), await keep(2), await keep(3)];
    expect(championOf(await readDecisions(folder))).toBeNull();
    for (const id of [a, b, c]) await on('promote', id);
    for (const target of [b, a]) {
      expect(rollbackTarget(await readDecisions(folder))).toBe(target);
      await on('rollback', target);
      expect(championOf(await readDecisions(folder))).toBe(target);
    }
    expect(() => rollbackTarget([])).toThrow(/no model was promoted/);
    const decisions = await readDecisions(folder);
    expect(() => rollbackTarget(decisions)).toThrow(/no champion before/);
    await on('promote', c);
    expect(rollbackTarget(await readDecisions(folder))).toBe(a);
    await on('release', '');
    expect(championOf(await readDecisions(folder))).toBeNull();
  });

  it('keeps shadows apart from the champion', async () => {
    const [a, b] = [await keep(1), await keep(2)];
    await on('promote', a);
    await on('shadow', b);
    expect(shadowsOf(await readDecisions(folder))).toEqual([b]);
    expect(championOf(await readDecisions(folder))).toBe(a);
    await on('end-shadow', b);
    await expect(on('end-shadow', b)).rejects.toMatchObject({ code: 'not-in-shadow' });
    await on('shadow', b);
    await on('promote', b);
    expect(shadowsOf(await readDecisions(folder))).toEqual([]);
  });

  it('names the line that was changed, taken out or cut short', async () => {
    const a = await keep(1);
    for (const why of ['one', 'two', 'three']) await on('promote', a, why);
    const path = join(folder, 'registry.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('two', 'six'));
    await expect(readDecisions(folder)).rejects.toMatchObject({ code: 'registry-changed', detail: { line: 2 } });
    writeFileSync(path, text.split('\n').toSpliced(1, 1).join('\n'));
    await expect(readDecisions(folder)).rejects.toMatchObject({ code: 'registry-changed', detail: { line: 2 } });
    writeFileSync(path, text.slice(0, -20));
    await expect(readDecisions(folder)).rejects.toMatchObject({ code: 'registry-changed' });
  });

  it('refuses a decision without a reason, an unknown model, one that may not be served', async () => {
    const barred = await keep(4, false);
    await expect(on('promote', barred)).rejects.toMatchObject({ code: 'model-not-servable' });
    await expect(on('promote', 'm-0123456789abcdef')).rejects.toMatchObject({ code: 'no-such-model' });
    await expect(on('promote', await keep(5), ' ')).rejects.toMatchObject({ code: 'no-reason' });
    expect(await readDecisions(folder)).toEqual([]);
  });
});

const figureOf = (value: number | null, low: number | null) =>
  ({ id: 'x', label: { zh: '', en: '' }, value, low, high: value, unit: 'share' }) as const;

const SAME: Omit<ModelComparison, 'verdict'> = {
  challenger: 'b',
  champion: 'a',
  from: '2026-01-05',
  to: '2026-03-30',
  weeks: 12,
  rows: 100,
  findings: 9,
  precision: { challenger: figureOf(0.3, 0.2), champion: figureOf(0.2, 0.1) },
  difference: figureOf(0.1, 0.01),
  ece: { challenger: 0.02, champion: 0.02 },
  worseSlices: [],
};

it('promotes only when the interval excludes a loss and neither calibration nor a slice is worse', () => {
  expect(verdictOf(SAME)).toBe('may-promote');
  expect(verdictOf({ ...SAME, difference: figureOf(0, 0) })).toBe('may-promote');
  expect(verdictOf({ ...SAME, weeks: 0 })).toBe('too-early');
  expect(verdictOf({ ...SAME, difference: figureOf(null, null) })).toBe('too-early');
  expect(verdictOf({ ...SAME, difference: figureOf(0.1, -0.01) })).toBe('loss-not-excluded');
  expect(verdictOf({ ...SAME, ece: { challenger: 0.031, champion: 0.02 } })).toBe('calibration-worse');
  const slice = { by: 'town', slice: 'A', rows: 300, meanProbability: 0.4, shareFound: 0.1 };
  expect(verdictOf({ ...SAME, worseSlices: [slice] })).toBe('slice-worse');
});
