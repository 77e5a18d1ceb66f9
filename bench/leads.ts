import { parseArgs } from 'node:util';
import { InputError, seeded } from '../ingest/base/index.ts';
import { calibrated, logit } from '../models/calibrate/index.ts';
import {
  auroc,
  averagePrecision,
  bestThreshold,
  brier,
  cutAt,
  daysEarlier,
  ece,
  pairedDifference,
  recallAtPositives,
  rowsInShare,
  topK,
} from '../models/evaluate/index.ts';
import { predictLogistic, trainLogistic } from '../models/linear/index.ts';
import { numbersOfCells, readLeadSet, type LeadSet } from './leads-data.ts';
import {
  graphColumns,
  labelColumns,
  matrixOf,
  ownColumns,
  type FeatureColumn,
  type FeatureSettings,
} from './leads-features.ts';
import { networkScores } from './leads-network.ts';
import { champion, championScores, FEW_ROWS, holdBack, joined, refitted, trial, type Sample } from './leads-model.ts';
import { rulesOf, type SetRules } from './leads-sets.ts';

interface Part {
  readonly name: string;
  readonly train: number[];
  readonly validation: number[];
  readonly test: number[];
  readonly timeSplit: boolean;
  readonly refit: boolean;
}

/** `leads --data <dir> [--split <name>|all] [--without col,col] [--model champion|gnn|logistic] [--trees n] [--refit] [--only n] [--no-gain]`; `--refit` trains the chosen settings on validation rows too, `--only` takes the first n splits */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      split: { type: 'string' },
      without: { type: 'string', default: '' },
      model: { type: 'string', default: 'champion' },
      trees: { type: 'string', default: '200' },
      only: { type: 'string' },
      refit: { type: 'boolean', default: false },
      'no-gain': { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined)
    throw new InputError('no-data', 'leads: pass --data <folder with nodes.csv.gz and edges.csv.gz>');
  const set = readLeadSet(values.data);
  const rules = rulesOf(set.name);
  const without = [...rules.without, ...values.without.split(',').filter(Boolean)];
  const parts = partsOf(set, values.refit ? { ...rules, refit: true } : rules, values.split).slice(
    0,
    Number(values.only ?? 1000),
  );
  const results: Result[] = [];
  for (const part of parts) {
    const result = await runPart(set, part, {
      rules,
      without,
      model: values.model,
      trees: Number(values.trees),
      gain: !values['no-gain'],
    });
    process.stderr.write(`${part.name}: ${JSON.stringify(result)}\n`);
    results.push(result);
  }
  const summary = summarise(results);
  process.stdout.write(
    `${JSON.stringify({ dataset: set.name, split: values.split ?? rules.split ?? `${rules.folds}-fold`, without, model: values.model, ...summary, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
  );
}

type Result = Record<string, number | string | { value: number; low: number; high: number }>;

async function runPart(
  set: LeadSet,
  part: Part,
  of: { rules: SetRules; without: readonly string[]; model: string; trees: number; gain: boolean },
): Promise<Result> {
  const settings: FeatureSettings = {
    without: of.without,
    time: of.rules.time,
    timeSplit: part.timeSplit,
    graph: true,
  };
  const started = performance.now();
  const own = ownColumns(set, settings);
  // Over a split by time, means over neighbours would look ahead (a later visit's "past violations" tell this visit's result): only histories are used.
  const graph = part.timeSplit ? [] : graphColumns(set, own, of.rules.outgoingOnly);
  const sample = (from: readonly FeatureColumn[], rows: readonly number[]): Sample => ({
    data: matrixOf(from, rows),
    labels: Float64Array.from(rows, (row) => set.labels[row]!),
  });
  const families = of.rules.labelRates
    ? (['own', 'own+graph', 'own+graph+labels', 'own+graph+wide labels'] as const)
    : (['own', 'own+graph'] as const);
  const columnsOf = (family: (typeof families)[number], known: readonly number[]): FeatureColumn[] => {
    if (family === 'own') return [...own];
    if (family === 'own+graph') return [...own, ...graph];
    const labels = new Float64Array(set.labels.length).fill(NaN);
    for (const row of known) labels[row] = set.labels[row]!;
    return [...own, ...graph, ...labelColumns(set, labels, { ...settings, wide: family === 'own+graph+wide labels' })];
  };
  // The richer family must be better on validation rows; at a tie the simpler stays.
  let family: (typeof families)[number] = 'own';
  let bestTrial = -Infinity;
  const trials: string[] = [];
  const few = part.train.length < FEW_ROWS;
  const trained = new Map<string, FeatureColumn[]>();
  const isNetwork = of.model === 'gnn';
  for (const one of isNetwork
    ? (['own'] as const)
    : few
      ? ([of.rules.labelRates ? 'own+graph+labels' : 'own+graph'] as const)
      : families) {
    const columns = columnsOf(one, part.train);
    trained.set(one, columns);
    if (columns.length === 0 || isNetwork) continue;
    const value = trial(sample(columns, part.train), sample(columns, part.validation));
    trials.push(`${one} ${round(value)}`);
    if (value > bestTrial) [family, bestTrial] = [one, value];
  }
  const columns = trained.get(family)!;
  const featureSeconds = (performance.now() - started) / 1000;
  const trainStarted = performance.now();
  const [train, validation] = [sample(columns, part.train), sample(columns, part.validation)];
  const finalColumns = part.refit ? columnsOf(family, [...part.train, ...part.validation]) : columns;
  const test = sample(finalColumns, part.test);
  let trainSeconds = 0;
  let scores: { raw: Float64Array; probability: Float64Array; validation: Float64Array };
  let verdict = `${family} (${trials.join(', ')})`;
  if (isNetwork) {
    const net = await networkScores(set, columns, part);
    trainSeconds = (performance.now() - trainStarted) / 1000;
    scores = net.scores;
    verdict = net.verdict;
  } else if (of.model === 'logistic') {
    const model = trainLogistic(train.data, train.labels);
    trainSeconds = (performance.now() - trainStarted) / 1000;
    const probability = (sampled: Sample): Float64Array =>
      predictLogistic(model, sampled.data).map((margin) => 1 / (1 + Math.exp(-margin)));
    scores = { raw: probability(test), probability: probability(test), validation: probability(validation) };
  } else {
    const chosen = champion(train, validation, { trees: of.trees });
    const all = (): Sample => joined(sample(finalColumns, part.train), sample(finalColumns, part.validation));
    const final = part.refit ? refitted(chosen, all()) : chosen;
    trainSeconds = (performance.now() - trainStarted) / 1000;
    scores = {
      ...championScores(final, test.data),
      validation: calibrated(chosen.calibration, chosen.validation.map(logit)),
    };
    verdict = `${chosen.kind} on ${verdict}`;
  }
  const scoreSeconds = (performance.now() - trainStarted) / 1000 - trainSeconds;
  const cut = bestThreshold(validation.labels, scores.validation, 'f1');
  const macro = bestThreshold(validation.labels, scores.validation, 'macroF1');
  const at = (share: number): number => topK(test.labels, scores.raw, rowsInShare(test.labels.length, share)).precision;
  const base = test.labels.reduce((a, b) => a + b, 0) / test.labels.length;
  const result: Result = {
    rows: test.labels.length,
    base: round(base),
    auroc: round(auroc(test.labels, scores.raw)),
    auprc: round(averagePrecision(test.labels, scores.raw)),
    recAtK: round(recallAtPositives(test.labels, scores.raw)),
    pAt5: round(at(0.05)),
    pAt10: round(at(0.1)),
    lift10: round(at(0.1) / base),
    f1: round(cutAt(test.labels, scores.probability, cut.threshold).f1),
    macroF1: round(cutAt(test.labels, scores.probability, macro.threshold).macroF1),
    brier: round(brier(test.labels, scores.probability)),
    ece: round(ece(test.labels, scores.probability)),
    eceRaw: round(ece(test.labels, scores.raw)),
    featureSeconds: round(featureSeconds),
    trainSeconds: round(trainSeconds),
    scoreSeconds: round(scoreSeconds),
  };
  if (set.columns['date'] !== undefined) {
    const days = numbersOfCells(set.columns['date']);
    const replay = daysEarlier(
      test.labels,
      scores.raw,
      part.test.map((row) => days[row]!),
    );
    result['daysEarlier'] = round(replay.meanDays);
    result['firstHalf'] = round(replay.firstHalfShare);
  }
  if (of.gain && of.model === 'champion') {
    const tabular = champion(sample(own, part.train), sample(own, part.validation), { trees: of.trees });
    const whole = joined(sample(own, part.train), sample(own, part.validation));
    const alone = championScores(part.refit ? refitted(tabular, whole) : tabular, matrixOf(own, part.test)).raw;
    const gain = pairedDifference(test.labels, [scores.raw, alone], {
      metric: auroc,
      random: seeded('gain'),
      draws: 300,
    });
    result['graphGain'] = { value: round(gain.value), low: round(gain.low), high: round(gain.high) };
    verdict += gain.low > 0 ? ', the graph helps' : ', the graph adds nothing certain';
  }
  result['verdict'] = verdict;
  return result;
}

function partsOf(set: LeadSet, rules: SetRules, asked: string | undefined): Part[] {
  const rows = Array.from(set.labels.keys()).filter((row) => !Number.isNaN(set.labels[row]!));
  const wanted = asked ?? rules.split ?? firstSplit(set);
  if (wanted === null) return foldParts(set, rules, rows);
  if (wanted === 'time') return [timePart(set, rules, rows)];
  const names = Object.keys(set.splits).filter(
    (name) => wanted === 'all' || name === wanted || name.replace(/_\d+$/, '') === wanted,
  );
  if (names.length === 0)
    throw new InputError('no-split', `leads: no split "${wanted}"; there are ${Object.keys(set.splits).join(', ')}`);
  return names.map((name) => {
    const of = (part: string): number[] => rows.filter((row) => set.splits[name]![row] === part);
    return finishPart(set, rules, { name, train: of('train'), validation: of('val'), test: of('test') });
  });
}

/** The first family of split columns of a set that has no rule of its own: `official_0` … `official_9` are one family. */
function firstSplit(set: LeadSet): string | null {
  return Object.keys(set.splits)[0]?.replace(/_\d+$/, '') ?? null;
}

function finishPart(
  set: LeadSet,
  rules: SetRules,
  part: { name: string; train: number[]; validation: number[]; test: number[] },
): Part {
  const timeSplit = rules.timeSplits.includes(part.name);
  if (part.validation.length > 0) return { ...part, timeSplit, refit: rules.refit };
  const times = timeSplit && rules.time !== null ? numbersOfCells(set.columns[rules.time]!) : null;
  const [train, validation] = holdBack(part.train, set.labels, { share: 0.2, times, seed: 'hold back' });
  return { ...part, train, validation, timeSplit, refit: true };
}

function foldParts(set: LeadSet, rules: SetRules, rows: readonly number[]): Part[] {
  const random = seeded('folds of the bench');
  const keys = new Map(rows.map((row) => [row, random()]));
  const fold = new Map<number, number>();
  for (const label of [0, 1]) {
    const own = rows.filter((row) => set.labels[row] === label).sort((a, b) => keys.get(a)! - keys.get(b)!);
    own.forEach((row, i) => fold.set(row, i % rules.folds));
  }
  return Array.from({ length: rules.folds }, (_, k) =>
    finishPart(set, rules, {
      name: `fold ${k}`,
      train: rows.filter((row) => fold.get(row) !== k),
      validation: [],
      test: rows.filter((row) => fold.get(row) === k),
    }),
  );
}

function timePart(set: LeadSet, rules: SetRules, rows: readonly number[]): Part {
  if (rules.time === null)
    throw new InputError('no-time', `leads: ${set.name} has no time column; --split time needs one`);
  const times = numbersOfCells(set.columns[rules.time]!);
  const order = [...rows].sort((a, b) => times[a]! - times[b]! || a - b);
  const cut = Math.round(order.length * 0.8);
  return finishPart(set, rules, { name: 'time', train: order.slice(0, cut), validation: [], test: order.slice(cut) });
}

/** Figures over splits: the figure itself for one, mean and standard deviation for several. */
function summarise(results: readonly Result[]): Record<string, unknown> {
  if (results.length === 1) return results[0]!;
  const out: Record<string, unknown> = {};
  for (const [name, first] of Object.entries(results[0]!)) {
    if (typeof first === 'string') out[name] = results.map((result) => String(result[name] as string)).join('; ');
    else if (typeof first === 'number') out[name] = meanAndDeviation(results.map((result) => result[name] as number));
    else {
      const list = results.map((result) => result[name] as { value: number; low: number; high: number });
      out[name] = {
        value: meanAndDeviation(list.map((one) => one.value)).mean,
        low: Math.min(...list.map((one) => one.low)),
        high: Math.max(...list.map((one) => one.high)),
      };
    }
  }
  return out;
}

function meanAndDeviation(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean: round(mean), sd: round(Math.sqrt(squares / Math.max(1, values.length - 1))) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
