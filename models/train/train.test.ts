import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, seeded } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { expectedFinds, foundShare, picksOf, rankLeads, type Reason } from '../leads/index.ts';
import { type LeadModel, cardHtml, loadModel, modelFromText, saveModel, textOfModel } from '../registry/index.ts';
import { plantedDistrict, plantedEnd } from './planted.ts';
import { reseeded } from './reseeded.ts';
import { DISTRICT_TASK, taskFrom } from './task.ts';
import { trainLeadModel } from './train.ts';

const TASK = { ...DISTRICT_TASK, capacity: 5, draws: 100, folds: 3, warmUpDays: 90 };

let db: Database;
let model: LeadModel;
let folder: string;

beforeAll(async () => {
  db = await plantedDistrict();
  model = await trainLeadModel(db, TASK, { asOf: plantedEnd() });
  folder = mkdtempSync(join(tmpdir(), 'models-'));
});

afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const figure = (id: string): number => [...model.card.headline, ...model.card.beside].find((f) => f.id === id)!.value!;

describe('trainLeadModel on a planted district', () => {
  it('recovers what was planted: better than chance and than penalties and complaints, on later time and unseen components', () => {
    expect(figure('weekly-precision')).toBeGreaterThan(3 * figure('base-rate'));
    for (const id of ['penalties-12m', 'complaints'])
      expect(model.card.rivals.find((r) => r.id === id)).toMatchObject({ beaten: true });
    expect(model.card.rivals.map((r) => r.id)).toEqual(expect.arrayContaining(['best-rule']));
  });

  it('says probabilities that come true', () => {
    expect(figure('ece')).toBeLessThan(0.05);
    for (const bin of model.track) expect(bin.found).toBeLessThanOrEqual(bin.checked);
    const seen = model.track.filter((b) => b.rows >= 300);
    for (const bin of seen) expect(bin.found / bin.rows).toBeLessThanOrEqual(bin.high + 0.12);
  });

  it('is trained again with its own seed to the same learner, and with another to one that ranks alike but is not the same', async () => {
    const [same, other] = await reseeded(db, model, [model.seed, model.seed + 1]);
    expect(same).toEqual(model.learner);
    if (model.learner.kind === 'trees') expect(other).not.toEqual(model.learner);
    await expect(reseeded(db, { ...model, setting: 'luck' }, [1])).rejects.toMatchObject({ code: 'no-such-setting' });
  });

  it('is the same model, byte for byte, from the same data and settings', async () => {
    const again = await trainLeadModel(db, TASK, { asOf: plantedEnd() });
    expect(textOfModel(again)).toBe(textOfModel(model));
  });

  it('does not see what becomes known after the day of training', async () => {
    const day = plantedEnd() - 60 * DAY_MS;
    const before = await trainLeadModel(db, TASK, { asOf: day, ablate: [] });
    const copy = await plantedDistrict();
    await copy.run(`delete from outcome where known_at > epoch_ms(${day}::bigint)`);
    await copy.run(`delete from signal where known_at > epoch_ms(${day}::bigint)`);
    await copy.run(`delete from event where known_at > epoch_ms(${day}::bigint)`);
    await copy.run('delete from event_participant where event_id not in (select event_id from event)');
    const cut = await trainLeadModel(copy, TASK, { asOf: day, ablate: [] });
    copy.close();
    expect(cut.model_id).toBe(before.model_id);
  });

  it('says when a family of features adds nothing, and prints the random split beside the honest one', () => {
    expect(model.card.ablation).toHaveLength(1);
    const [network] = model.card.ablation;
    expect(network!.verdict.en).toBe(
      network!.low! > 0 ? 'adds something' : 'adds nothing that can be told from chance',
    );
    expect(model.card.beside.find((f) => f.id === 'random-split-auprc')!.label.en).toContain('too good');
  });

  it('cuts the hold-out by town and tells of random checks and of subjects nobody knew', () => {
    expect(model.card.slices.filter((s) => s.by === 'town').map((s) => s.slice)).toEqual(['A', 'B', 'C']);
    expect(figure('random-checks')).toBeGreaterThan(0);
    expect(figure('unknown-precision')).toBeGreaterThan(2 * figure('unknown-base-rate'));
    expect(model.features.every((f) => !f.id.includes('town'))).toBe(true);
  });

  it('refuses a record too short to learn from, and one without findings', async () => {
    const short = await plantedDistrict({ days: 200 });
    await expect(trainLeadModel(short, TASK, { asOf: plantedEnd() })).rejects.toMatchObject({
      code: expect.stringMatching(/history-too-short|too-few-findings/),
    });
    await short.run(`update outcome set verdict = 'clean'`);
    await short.run('delete from signal');
    await short.run('delete from outcome');
    await expect(trainLeadModel(short, TASK, { asOf: plantedEnd() })).rejects.toMatchObject({ code: 'no-facts' });
    await short.run('delete from subject');
    await expect(trainLeadModel(short, TASK, { asOf: plantedEnd() })).rejects.toMatchObject({ code: 'no-subjects' });
    short.close();
    await expect(trainLeadModel(db, TASK, {})).rejects.toMatchObject({ code: 'no-as-of' });
    await expect(trainLeadModel(db, TASK, { asOf: 0, variant: 'x' })).rejects.toMatchObject({
      code: 'no-such-variant',
    });
  });
});

describe('the registry', () => {
  it('gives back what it saved, with the card in one page', async () => {
    const html = cardHtml(model, 'en');
    await saveModel(folder, model, { html, json: JSON.stringify(model.card) });
    expect(await loadModel(folder, model.model_id)).toEqual(model);
    expect(readdirSync(folder).sort()).toEqual(
      [`${model.model_id}.card.html`, `${model.model_id}.card.json`, `${model.model_id}.json`].sort(),
    );
    for (const words of ['Reliability table', 'Fairness and coverage', 'precision at 5 leads a week', 'random split'])
      expect(html).toContain(words);
    expect(html).not.toContain('<script');
  });

  it('refuses a model that was changed by one byte, cut short, or is not there', async () => {
    const text = textOfModel(model);
    const at = text.indexOf('"seed":7');
    expect(() => modelFromText(`${text.slice(0, at)}"seed":8${text.slice(at + 8)}`, 'x')).toThrow(
      expect.objectContaining({ code: 'model-changed' }),
    );
    expect(() => modelFromText(text.slice(0, -40), 'x')).toThrow(expect.objectContaining({ code: 'model-cut-short' }));
    expect(() => modelFromText('{"model":{}}', 'x')).toThrow(expect.objectContaining({ code: 'model-format' }));
    const path = join(folder, `${model.model_id}.json`);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"capacity":5', '"capacity":6'));
    await expect(loadModel(folder, model.model_id)).rejects.toMatchObject({ code: 'model-changed' });
    await expect(loadModel(folder, 'm-0000000000000000')).rejects.toMatchObject({ code: 'no-such-model' });
  });
});

describe('rankLeads', () => {
  const list = async (): Promise<
    {
      rank: number;
      subject_id: string;
      pick: string;
      pick_chance: number;
      probability: number;
      low: number;
      high: number;
      reasons_json: string;
      against_json: string;
      row_ids: string[];
      law_json: string;
      score: number;
    }[]
  > => db.rows('select * from lead order by rank');

  it('writes one lead a subject with exactly the exploration share, flagged with its chance', async () => {
    const report = await rankLeads(db, model, { capacity: 20, explorationShare: 0.1, reserve: 10, runId: 'r1' });
    expect(report).toMatchObject({ scored: 300, listed: 30, exploration: 2, reserve: 10, repeats: 0 });
    const leads = await list();
    expect(new Set(leads.map((l) => l.subject_id)).size).toBe(30);
    const explored = leads.filter((l) => l.pick === 'exploration');
    expect(explored.map((l) => l.pick_chance)).toEqual([2 / 282, 2 / 282]);
    const ranked = leads.filter((l) => l.pick === 'ranked');
    expect(ranked.map((l) => l.score)).toEqual(ranked.map((l) => l.score).sort((a, b) => b - a));
  });

  it('gives at least three factors with rows, that sum with the rest to the score, and something against', async () => {
    await rankLeads(db, model, { capacity: 20 });
    for (const lead of await list()) {
      const reasons = JSON.parse(lead.reasons_json) as Reason[];
      expect(reasons.filter((r) => r.id !== 'rest').length).toBeGreaterThanOrEqual(3);
      expect(JSON.parse(lead.against_json)).not.toHaveLength(0);
      expect(lead.low).toBeLessThanOrEqual(lead.probability);
      expect(lead.high).toBeGreaterThanOrEqual(lead.probability);
    }
    const [first] = await list();
    const reasons = JSON.parse(first!.reasons_json) as Reason[];
    expect(reasons.some((r) => r.rowIds.length > 0)).toBe(true);
    expect(JSON.parse(first!.against_json).some((a: { kind: string }) => a.kind === 'look-alike')).toBe(true);
    expect(JSON.parse(first!.law_json)[0]).toMatchObject({ typology: expect.stringMatching(/^T0\d$/) });
  });

  it('sums its factors to the score: with the bias, the same for every lead', async () => {
    const biases = (await list()).map(
      (l) => l.score - (JSON.parse(l.reasons_json) as Reason[]).reduce((s, r) => s + r.contribution, 0),
    );
    for (const b of biases) expect(b).toBeCloseTo(biases[0]!, 5);
  });

  it('is repeatable, and explores others under another seed', async () => {
    const a = await rankLeads(db, model, { capacity: 20, runId: 'a' });
    const b = await rankLeads(db, model, { capacity: 20, runId: 'b' });
    const c = await rankLeads(db, model, { capacity: 20, seed: 8 });
    expect(b.leadHash).toBe(a.leadHash);
    expect(c.leadHash).not.toBe(a.leadHash);
  });

  it('writes the values it scored by, none of them known later', async () => {
    await rankLeads(db, model, { capacity: 5 });
    const [late] = await db.rows<{ n: number }>('select count(*) as n from feature where latest_known_at > as_of');
    expect(late!.n).toBe(0);
  });

  it('refuses a model that was made for comparison only', async () => {
    await expect(rankLeads(db, { ...model, servable: false }, {})).rejects.toMatchObject({
      code: 'model-not-servable',
    });
  });
});

describe('capacity and feedback', () => {
  it('answers the slider from the hold-out: more leads find more, and the figure of the card at its capacity', () => {
    const few = expectedFinds(model, 2);
    const many = expectedFinds(model, 15);
    expect(many.expected).toBeGreaterThan(few.expected);
    expect(many.marginal).toBeGreaterThanOrEqual(0);
    const at = expectedFinds(model, TASK.capacity);
    expect(at.expected).toBeCloseTo(figure('weekly-precision') * TASK.capacity, 6);
    expect(() => expectedFinds(model, 0)).toThrow(expect.objectContaining({ code: 'bad-capacity' }));
  });

  it('corrects chosen checks: nearer to the truth than the naive share (N8)', () => {
    const random = seeded('feedback');
    const truth = 0.1;
    const people = Array.from({ length: 20_000 }, () => {
      const found = random() < truth;
      return { found, score: (found ? 0.6 : 0.4) + 0.4 * (random() - 0.5) };
    });
    const checks = people.flatMap(({ found, score }) => {
      const chance = score > 0.5 ? 0.9 : 0.05;
      return random() < chance ? [{ chance, found }] : [];
    });
    const { corrected, naive } = foundShare(checks, { random: seeded('draws'), draws: 200 });
    expect(Math.abs(corrected.value - truth)).toBeLessThan(0.3 * Math.abs(naive.value - truth));
    expect(corrected.low).toBeLessThan(truth);
    expect(corrected.high).toBeGreaterThan(truth);
    expect(() => foundShare([], { random })).toThrow(expect.objectContaining({ code: 'no-checks' }));
    expect(() => foundShare([{ chance: 0, found: true }], { random })).toThrow(
      expect.objectContaining({ code: 'bad-chance' }),
    );
  });

  it('draws every other subject with the chance it states', () => {
    const order = Int32Array.from({ length: 50 }, (_, i) => i);
    const counts = new Float64Array(50);
    for (let d = 0; d < 4000; d++)
      for (const p of picksOf(order, { capacity: 10, explorationShare: 0.2, reserve: 0, random: seeded(d) }))
        if (p.pick === 'exploration') counts[p.row]! += 1;
    const [pick] = picksOf(order, { capacity: 10, explorationShare: 0.2, reserve: 0, random: seeded(1) }).filter(
      (p) => p.pick === 'exploration',
    );
    expect(pick!.chance).toBeCloseTo(2 / 42);
    expect([...counts.subarray(0, 8)]).toEqual(Array.from({ length: 8 }, () => 0));
    for (const n of counts.subarray(8)) expect(n / 4000).toBeCloseTo(2 / 42, 1);
    expect(() => picksOf(order, { capacity: 0, explorationShare: 0, reserve: 0, random: seeded(1) })).toThrow(
      expect.objectContaining({ code: 'bad-capacity' }),
    );
    expect(() => picksOf(order, { capacity: 5, explorationShare: 0.9, reserve: 0, random: seeded(1) })).toThrow(
      expect.objectContaining({ code: 'bad-share' }),
    );
  });
});

describe('the task', () => {
  it('lists every fault of a task at once', () => {
    expect(() =>
      taskFrom({ form: 'table', id: 'X Y', title: { zh: '', en: '' }, table: 't', row: 'r', date: 'd', labl: 'l' }),
    ).toThrow(expect.objectContaining({ code: 'bad-task', message: expect.stringMatching(/id: .*label.*labl/s) }));
    expect(taskFrom(undefined)).toBe(DISTRICT_TASK);
  });
});
