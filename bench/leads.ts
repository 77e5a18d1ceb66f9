import { parseArgs } from 'node:util';
import { InputError, seeded } from '../ingest/base/index.ts';
import { calibrate, calibrated, estimatePrior, logit, shiftPrior } from '../models/calibrate/index.ts';
import { auroc, pairedDifference, type PastFinds } from '../models/evaluate/index.ts';
import { predictLogistic, trainLogistic } from '../models/linear/index.ts';
import { numbersOfCells, readLeadSet, type LeadSet } from './leads-data.ts';
import { matrixOf, type FeatureColumn } from './leads-features.ts';
import {
  figuresOf,
  findFigures,
  inspectorFigures,
  round,
  sliceFigures,
  summarise,
  validationFinds,
  type PartScores,
  type Result,
} from './leads-judge.ts';
import { champion, championScores, FEW_ROWS, joined, refitted, type Sample } from './leads-model.ts';
import { networkScores } from './leads-network.ts';
import { partsOf, type Part } from './leads-parts.ts';
import { prepared, type Prepared } from './leads-prepare.ts';
import { checklist, points } from './leads-rules.ts';
import { rulesOf, type SetRules } from './leads-sets.ts';

const MODELS = ['champion', 'gnn', 'rules', 'logistic'] as const;

interface Asked {
  readonly rules: SetRules;
  readonly without: readonly string[];
  readonly model: (typeof MODELS)[number];
  readonly trees: number;
  readonly gain: boolean;
  /** Share of positives of the population, where it is known from elsewhere. */
  readonly base: number | null;
  /** Promises and outcomes of the periods so far. */
  readonly past: PastFinds[];
}

/** `leads --data <dir> [--split <name>|all|time|rolling] [--without col,col] [--model champion|gnn|rules|logistic] [--trees n] [--refit] [--only n] [--base share] [--no-gain]`;
 *  `--refit` trains the chosen settings on validation rows too, `--only` takes the first n splits. One line a split and a slice on stderr; the last line is one JSON object. */
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
      base: { type: 'string' },
      refit: { type: 'boolean', default: false },
      'no-gain': { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined)
    throw new InputError('no-data', 'leads: pass --data <folder with nodes.csv.gz and edges.csv.gz>');
  const model = MODELS.find((name) => name === values.model);
  if (model === undefined)
    throw new InputError('no-such-model', `leads: no model "${values.model}"; there are ${MODELS.join(', ')}`);
  const set = readLeadSet(values.data);
  const rules = rulesOf(set.name);
  const without = [...rules.without, ...values.without.split(',').filter(Boolean)];
  const parts = partsOf(set, values.refit ? { ...rules, refit: true } : rules, values.split);
  const results: Result[] = [];
  const past: PastFinds[] = [];
  for (const part of parts.slice(0, Number(values.only ?? 1000))) {
    if (!part.name.startsWith('rolling')) past.length = 0;
    const asked = {
      rules,
      without,
      model,
      trees: Number(values.trees),
      gain: !values['no-gain'],
      base: values.base === undefined ? null : Number(values.base),
      past,
    };
    const result = await runPart(set, part, asked);
    process.stderr.write(`${part.name}: ${JSON.stringify(result)}\n`);
    results.push(result);
  }
  const split = values.split ?? rules.split ?? `${rules.folds}-fold`;
  const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${JSON.stringify({ dataset: set.name, split, without, model, ...summarise(results), peakRssMb })}\n`,
  );
}

async function runPart(set: LeadSet, part: Part, of: Asked): Promise<Result> {
  const started = performance.now();
  const families = of.model === 'gnn' || of.model === 'rules' ? { families: ['own'] as const } : {};
  const ready = prepared(set, part, { ...of, ...families });
  const featureSeconds = (performance.now() - started) / 1000;
  const trained = await SCORERS[of.model](set, part, { ...of, ready });
  const { scores, note } = baseCorrected(set, part, { scores: trained.scores, base: of.base });
  const labels = Float64Array.from(part.test, (row) => set.labels[row]!);
  if (of.past.length === 0)
    of.past.push(
      ...validationFinds(
        Float64Array.from(part.validation, (row) => set.labels[row]!),
        scores.validation,
      ),
    );
  const { message, ...figures } = figuresOf(set, part, scores);
  const gain = of.gain && of.model === 'champion' ? graphGain(part, labels, { ...of, ready, raw: scores.raw }) : null;
  return {
    ...figures,
    featureSeconds: round(featureSeconds),
    trainSeconds: round(trained.trainSeconds),
    scoreSeconds: round((performance.now() - started) / 1000 - featureSeconds - trained.trainSeconds),
    ...sliceFigures(set, part, scores.probability),
    ...inspectorFigures(set, part, scores.raw),
    ...findFigures(labels, scores.probability, { past: of.past, before: labelsBefore(set, part, of.rules) }),
    ...(gain === null ? {} : { graphGain: gain.figure }),
    ...(ready.refused.length === 0 ? {} : { leaks: ready.refused.join(', ') }),
    verdict: `${trained.verdict}${gain?.words ?? ''}${note}${message === undefined ? '' : `; ${String(message as string)}`}`,
  };
}

/** Labels of the rows before the test in order of time; none where the split is not by time. */
function labelsBefore(set: LeadSet, part: Part, rules: SetRules): Float64Array {
  if (!part.timeSplit || rules.time === null) return new Float64Array();
  const times = numbersOfCells(set.columns[rules.time]!);
  const rows = [...part.train, ...part.validation].sort((a, b) => times[a]! - times[b]! || a - b);
  return Float64Array.from(rows, (row) => set.labels[row]!);
}

type Trained = { readonly scores: PartScores; readonly verdict: string; readonly trainSeconds: number };
type TrainOf = Asked & { readonly ready: Prepared };

const SCORERS: Readonly<
  Record<(typeof MODELS)[number], (set: LeadSet, part: Part, of: TrainOf) => Promise<Trained> | Trained>
> = {
  champion: (_set, part, { ready, trees }) => {
    const started = performance.now();
    const { sample } = ready;
    const chosen = champion(sample(ready.columns, part.train), sample(ready.columns, part.validation), { trees });
    const columns = part.refit ? ready.columnsOf([...part.train, ...part.validation]) : ready.columns;
    const final = part.refit
      ? refitted(chosen, joined(sample(columns, part.train), sample(columns, part.validation)))
      : chosen;
    const trainSeconds = (performance.now() - started) / 1000;
    const validation = calibrated(chosen.calibration, chosen.validation.map(logit));
    const scores = { ...championScores(final, sample(columns, part.test).data), validation };
    return { scores, trainSeconds, verdict: `${chosen.kind} on ${ready.family} (${ready.trials.join(', ')})` };
  },
  gnn: async (set, part, { ready }) => {
    const started = performance.now();
    const { scores, verdict } = await networkScores(set, ready.columns, part);
    return { scores, verdict, trainSeconds: (performance.now() - started) / 1000 };
  },
  logistic: (_set, part, { ready }) => {
    const started = performance.now();
    const train = ready.sample(ready.columns, part.train);
    const model = trainLogistic(train.data, train.labels);
    const trainSeconds = (performance.now() - started) / 1000;
    const on = (rows: readonly number[]): Float64Array =>
      predictLogistic(model, matrixOf(ready.columns, rows)).map((margin) => 1 / (1 + Math.exp(-margin)));
    const raw = on(part.test);
    return {
      scores: { raw, probability: raw, validation: on(part.validation) },
      trainSeconds,
      verdict: `logistic regression on ${ready.family} (${ready.trials.join(', ')})`,
    };
  },
  rules: (_set, part, { ready }) => {
    const started = performance.now();
    const rules = checklist(ready.sample(ready.own, part.train));
    const trainSeconds = (performance.now() - started) / 1000;
    const validation = ready.sample(ready.own, part.validation);
    const logits = (rows: Sample): Float64Array => points(rules, rows.data).map((share) => 4 * share - 2);
    const map = calibrate(validation.labels, logits(validation), { method: 'platt' });
    const test = ready.sample(ready.own, part.test);
    const scores = {
      raw: points(rules, test.data),
      probability: calibrated(map, logits(test)),
      validation: calibrated(map, logits(validation)),
    };
    const words = rules.map((r) => `${r.feature} ${r.above ? '>' : '<'} ${Number(r.value.toFixed(3))}`);
    return { scores, trainSeconds, verdict: `checklist: ${words.join('; ')}` };
  },
};

/** Few labels are often drawn by class and not by chance: then their share of positives is not the population's, and probabilities hold at the labels' share
 *  only. They follow the share given by `--base`, or the one estimated from the scores of the rows without labels, where these can tell it. */
function baseCorrected(
  set: LeadSet,
  part: Part,
  of: { readonly scores: PartScores; readonly base: number | null },
): { scores: PartScores; note: string } {
  const { scores } = of;
  if (part.train.length >= FEW_ROWS && of.base === null) return { scores, note: '' };
  const labels = Float64Array.from(part.validation, (row) => set.labels[row]!);
  const from = labels.reduce((a, b) => a + b, 0) / labels.length;
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const estimate = estimatePrior({ labels, scores: scores.validation }, scores.probability, {
    random: seeded('prior'),
  });
  const told = `labels hold ${percent(from)} positives, the rows without labels ${percent(Math.max(0, estimate.low))} to ${percent(Math.min(1, estimate.high))} by their scores`;
  const to = of.base ?? estimate.share;
  if (to === null)
    return {
      scores,
      note: `; ${told}: too wide to correct, the probabilities hold at the share of the labels; pass --base if it is known`,
    };
  const shift = (p: Float64Array): Float64Array => shiftPrior(p, { from, to });
  return {
    scores: { raw: scores.raw, probability: shift(scores.probability), validation: shift(scores.validation) },
    note: `; ${told}: corrected to ${percent(to)}${of.base === null ? '' : ' (given)'}`,
  };
}

function graphGain(
  part: Part,
  labels: Float64Array,
  of: TrainOf & { readonly raw: Float64Array },
): { figure: { value: number; low: number; high: number }; words: string } {
  const { sample, own } = of.ready;
  const on = (columns: readonly FeatureColumn[], rows: readonly number[]): Sample => sample(columns, rows);
  const tabular = champion(on(own, part.train), on(own, part.validation), { trees: of.trees });
  const whole = joined(on(own, part.train), on(own, part.validation));
  const alone = championScores(part.refit ? refitted(tabular, whole) : tabular, matrixOf(own, part.test)).raw;
  const gain = pairedDifference(labels, [of.raw, alone], { metric: auroc, random: seeded('gain'), draws: 300 });
  return {
    figure: { value: round(gain.value), low: round(gain.low), high: round(gain.high) },
    words: gain.low > 0 ? ', the graph helps' : ', the graph adds nothing certain',
  };
}
