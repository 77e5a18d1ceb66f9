import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY_MS, SILENT } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type LeadModel, withId } from '../registry/index.ts';
import { compareModels } from './compare-models.ts';
import { plantedDistrict, plantedEnd } from './planted.ts';
import { DISTRICT_TASK } from './task.ts';
import { trainLeadModel } from './train.ts';

const TASK = { ...DISTRICT_TASK, capacity: 5, draws: 100, folds: 3, warmUpDays: 90 };

let db: Database;
let older: LeadModel;
let newer: LeadModel;

beforeAll(async () => {
  db = await plantedDistrict();
  older = await trainLeadModel(db, TASK, { asOf: plantedEnd() - 120 * DAY_MS, ablate: [] });
  newer = await trainLeadModel(db, TASK, { asOf: plantedEnd(), ablate: [] });
});
afterAll(() => db.close());

const compare = (challenger: LeadModel, champion: LeadModel) =>
  compareModels(db, { challenger, champion }, { asOf: plantedEnd(), draws: 100, progress: SILENT });

describe('compareModels', () => {
  it('judges on rows whose results became known after the champion was trained, and says how many', async () => {
    const c = await compare(newer, older);
    expect(c.weeks).toBeGreaterThan(10);
    expect(c.rows).toBeGreaterThan(c.findings);
    const labelDays = TASK.horizonDays + TASK.reportingDelayDays;
    expect(Date.parse(c.from!)).toBeGreaterThan(Date.parse(older.asOf) - (labelDays + 2) * DAY_MS);
    expect(c.difference.value).toBeCloseTo(c.precision.challenger.value! - c.precision.champion.value!, 12);
    expect(await compare(newer, older)).toEqual(c);
  });

  it('says that it is too early when nothing has become known since', async () => {
    const c = await compare(older, newer);
    expect(c).toMatchObject({ verdict: 'too-early', weeks: 0, rows: 0, from: null });
  });

  it('finds a champion that ranks upside down worse, by an interval without a loss', async () => {
    const { model_id: _id, ...rest } = older;
    const turned = withId({
      ...rest,
      learner:
        rest.learner.kind === 'logistic'
          ? {
              ...rest.learner,
              logistic: { ...rest.learner.logistic, weights: rest.learner.logistic.weights.map((w) => -w) },
            }
          : {
              ...rest.learner,
              trees: {
                ...rest.learner.trees,
                trees: rest.learner.trees.trees.map((t) => ({ ...t, value: Array.from(t.value, (v) => -v) })),
              },
            },
    } as Omit<LeadModel, 'model_id'>);
    const c = await compare(newer, turned);
    expect(c.difference.low).toBeGreaterThan(0);
  });

  it('refuses to compare answers to different questions', async () => {
    const other = withId({ ...older, task: { ...TASK, capacity: 6 } } as Omit<LeadModel, 'model_id'>);
    await expect(compare(newer, other)).rejects.toMatchObject({ code: 'other-task' });
  });
});
