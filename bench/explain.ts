import { parseArgs } from 'node:util';
import { InputError, SILENT, seeded } from '../ingest/base/index.ts';
import { Database } from '../ingest/tables/index.ts';
import type { Matrix } from '../models/boost/index.ts';
import { rankOrder, rowsInShare } from '../models/evaluate/index.ts';
import { counterFactsOf, deletionTest, factsOf, neutralValues, overlapOf } from '../models/explain/index.ts';
import { contributionsOf, scoreCandidates } from '../models/leads/index.ts';
import { type LeadModel, loadModel } from '../models/registry/index.ts';
import { marginsOf, reseeded } from '../models/train/index.ts';
import { currentRun, runFolder, warehouseFile, workspacePaths } from '../models/workspace/index.ts';
import { readLineage } from '../models/evidence/index.ts';
import { readLeadSet } from './leads-data.ts';
import { round } from './leads-judge.ts';
import { champion, championParts, joined, meanOfKinds, type Champion } from './leads-model.ts';
import { partsOf } from './leads-parts.ts';
import { prepared } from './leads-prepare.ts';
import { rulesOf } from './leads-sets.ts';

/** What is asked of an explanation, whoever made it. */
interface Explained {
  readonly data: Matrix;
  readonly score: (data: Matrix) => Float64Array;
  readonly parts: (rows: readonly number[]) => { values: Float64Array; features: number; bias: number };
  readonly groupOf: readonly string[];
}

/** `explain --data <lead set> [--split name] [--trees n] [--leads n] [--seeds n] | --workspace <folder>`: whether contributions sum to the score, deleting the three
 *  facts named first against three drawn facts, agreement of the first five facts over seeds, counter-facts, and CPU milliseconds a lead, on the best tenth. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      workspace: { type: 'string' },
      split: { type: 'string' },
      without: { type: 'string', default: '' },
      trees: { type: 'string', default: '200' },
      leads: { type: 'string', default: '200' },
      seeds: { type: 'string', default: '5' },
    },
  });
  const sizes = { leads: Number(values.leads), seeds: Number(values.seeds) };
  if (values.workspace !== undefined) return onWorkspace(values.workspace, sizes);
  if (values.data === undefined)
    throw new InputError('no-data', 'explain: pass --data <lead set> or --workspace <folder with a run>');
  const set = readLeadSet(values.data);
  const given = rulesOf(set.name);
  const rules = { ...given, without: [...given.without, ...values.without.split(',').filter(Boolean)] };
  const part = partsOf(set, rules, values.split)[0]!;
  const ready = prepared(set, part, { rules, without: rules.without });
  const [train, validation] = [ready.sample(ready.columns, part.train), ready.sample(ready.columns, part.validation)];
  const chosen = champion(train, validation, { trees: Number(values.trees) });
  const columns = part.refit ? ready.columnsOf([...part.train, ...part.validation]) : ready.columns;
  const rows = part.refit ? joined(ready.sample(columns, part.train), ready.sample(columns, part.validation)) : train;
  const { data } = ready.sample(columns, part.test);
  const on = (scorers: Champion['scorers']): Explained => ({
    data,
    score: (asked) => meanOfKinds(scorers, asked),
    parts: (leads) => championParts(scorers, data, leads),
    groupOf: columns.map((c) => c.info.name.split(':')[0]!),
  });
  const own = on(part.refit ? chosen.train(rows) : chosen.scorers);
  const figures = faithful(own, sizes.leads);
  const others = Array.from({ length: sizes.seeds - 1 }, (_, k) => on(chosen.train(rows, k + 1)));
  const overlap = sizes.seeds < 2 ? {} : stable([own, ...others], figures.rows.slice(0, 60));
  print({ dataset: set.name, split: part.name, model: `${chosen.kind} on ${ready.family}`, ...figures, ...overlap });
}

async function onWorkspace(folder: string, sizes: { leads: number; seeds: number }): Promise<void> {
  const paths = workspacePaths(folder);
  const run = currentRun(paths);
  const model = await loadModel(paths.models, readLineage(runFolder(paths, run)).modelId);
  const db = await Database.open(warehouseFile(runFolder(paths, run)), { readOnly: true });
  try {
    const scored = await scoreCandidates(db, model, { asOf: Date.parse(model.asOf), progress: SILENT });
    const by = (learner: LeadModel['learner']): Explained => ({
      data: scored.data,
      score: (asked) => marginsOf(learner, asked),
      parts: (rows) => contributionsOf({ ...model, learner }, scored.data, rows),
      groupOf: model.features.map((f) => f.group),
    });
    const of = by(model.learner);
    const figures = faithful(of, sizes.leads);
    const seeds = Array.from({ length: sizes.seeds }, (_, k) => k + 1);
    const again = sizes.seeds < 2 ? [] : (await reseeded(db, model, seeds)).map(by);
    print({
      dataset: 'workspace',
      run,
      model: `${model.model_id} (${model.setting})`,
      ...figures,
      ...(again.length === 0 ? {} : stable(again, figures.rows)),
      ...countered(model, of, figures.rows),
    });
  } finally {
    db.close();
  }
}

/** Sum, deletion test and time on the best tenth, at most `most` leads spread over it. */
function faithful(of: Explained, most: number): Record<string, unknown> & { rows: readonly number[] } {
  const scores = of.score(of.data);
  const tenth = [...rankOrder(scores).subarray(0, rowsInShare(of.data.rows, 0.1))];
  const rows = tenth.filter((_, i) => i % Math.ceil(tenth.length / most) === 0);
  const before = process.cpuUsage();
  const { values, features, bias } = of.parts(rows);
  const cpu = process.cpuUsage(before);
  const worst = Math.max(
    ...rows.map((row, i) =>
      Math.abs(bias + values.subarray(i * features, (i + 1) * features).reduce((a, b) => a + b, 0) - scores[row]!),
    ),
  );
  const groupOf = numbered(of.groupOf);
  const test = deletionTest({
    ...of,
    rows,
    parts: values,
    groupOf,
    neutral: neutralValues(of.data),
    random: seeded('deletion'),
  });
  return {
    rows,
    leads: rows.length,
    facts: new Set(groupOf).size,
    worstSumError: worst,
    deletionWon: round(test.won / test.compared),
    deletionTied: round(test.tied / test.compared),
    deletionLeadsWon: round(test.leadsWon / test.leads),
    placesByTop: round(test.placesByTop),
    placesByRandom: round(test.placesByRandom),
    cpuMsALead: round((cpu.user + cpu.system) / 1000 / rows.length),
  };
}

/** Share of the first five facts, and of the first five single features, that models of other seeds name too. */
function stable(models: readonly Explained[], rows: readonly number[]): Record<string, number> {
  const parts = models.map((m) => m.parts(rows));
  const mean = (groupOf: Int32Array): number => {
    const each = rows.map((_, i) =>
      overlapOf(
        parts.map(({ values, features }) =>
          factsOf(values.subarray(i * features, (i + 1) * features), groupOf)
            .slice(0, 5)
            .map((fact) => fact.group),
        ),
      ),
    );
    return round(each.reduce((a, b) => a + b, 0) / each.length);
  };
  const { features } = parts[0]!;
  return {
    overlapFacts: mean(numbered(models[0]!.groupOf)),
    overlapFeatures: mean(Int32Array.from({ length: features }, (_, f) => f)),
  };
}

/** How many of the leads have a single change that puts them below the line, the score of the last lead of the best tenth; and what it costs. */
function countered(model: LeadModel, of: Explained, rows: readonly number[]): Record<string, number> {
  const line = of.score(of.data)[rows.at(-1)!]!;
  const { values, features } = of.parts(rows);
  const before = process.cpuUsage();
  const found = rows.map((row, i) =>
    counterFactsOf({
      model,
      values: model.features.map((_, f) => of.data.values[f * of.data.rows + row]!),
      parts: values.subarray(i * features, (i + 1) * features),
      line,
    }),
  );
  const cpu = process.cpuUsage(before);
  return {
    withCounterFact: found.filter((list) => list.length > 0).length,
    counterFactsALead: round(found.reduce((n, list) => n + list.length, 0) / rows.length),
    counterFactCpuMsALead: round((cpu.user + cpu.system) / 1000 / rows.length),
  };
}

function numbered(names: readonly string[]): Int32Array {
  const at = new Map([...new Set(names)].map((name, i) => [name, i]));
  return Int32Array.from(names, (name) => at.get(name)!);
}

function print(figures: Record<string, unknown>): void {
  const shown = Object.entries(figures).filter(([name]) => name !== 'rows');
  process.stdout.write(`${JSON.stringify(Object.fromEntries(shown))}\n`);
}
