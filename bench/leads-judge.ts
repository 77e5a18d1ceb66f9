import {
  auroc,
  averagePrecision,
  bestThreshold,
  brier,
  cutAt,
  daysEarlier,
  dispersionOf,
  ece,
  expectedFinds,
  pastFinds,
  recallAtPositives,
  rowsInShare,
  shareDrift,
  slicesTable,
  topK,
  type PastFinds,
} from '../models/evaluate/index.ts';
import { numbersOfCells, type LeadSet } from './leads-data.ts';
import type { Part } from './leads-parts.ts';

/** Figures of one split; a difference comes with its interval. */
export type Result = Record<string, number | string | { value: number; low: number; high: number }>;

/** Scores of the test rows, raw and calibrated, and calibrated ones of the validation rows. */
export interface PartScores {
  readonly raw: Float64Array;
  readonly probability: Float64Array;
  readonly validation: Float64Array;
}

/** Rows of a slice from which its calibration says anything. */
const SLICE_ROWS = 200;

/** Different numbers in a column beyond which it is not cut into slices. */
const SLICE_LEVELS = 20;

/** Probability from which a lead is worth a visit by itself. */
export const ACTION_LINE = 0.5;

/** Ranking, thresholds (chosen on validation rows), probabilities and, where rows have dates, days gained. */
export function figuresOf(set: LeadSet, part: Part, scores: PartScores): Result {
  const of = (rows: readonly number[]): Float64Array => Float64Array.from(rows, (row) => set.labels[row]!);
  const [labels, validation] = [of(part.test), of(part.validation)];
  const cut = bestThreshold(validation, scores.validation, 'f1');
  const macro = bestThreshold(validation, scores.validation, 'macroF1');
  const at = (share: number): number => topK(labels, scores.raw, rowsInShare(labels.length, share)).precision;
  const base = labels.reduce((a, b) => a + b, 0) / labels.length;
  const above = scores.probability.reduce((n, p) => n + (p >= ACTION_LINE ? 1 : 0), 0);
  return {
    rows: labels.length,
    base: round(base),
    auroc: round(auroc(labels, scores.raw)),
    auprc: round(averagePrecision(labels, scores.raw)),
    recAtK: round(recallAtPositives(labels, scores.raw)),
    pAt5: round(at(0.05)),
    pAt10: round(at(0.1)),
    lift10: round(at(0.1) / base),
    f1: round(cutAt(labels, scores.probability, cut.threshold).f1),
    macroF1: round(cutAt(labels, scores.probability, macro.threshold).macroF1),
    brier: round(brier(labels, scores.probability)),
    ece: round(ece(labels, scores.probability)),
    eceRaw: round(ece(labels, scores.raw)),
    aboveLine: above,
    ...(above < labels.length / 100 ? { message: fewLeads(above, labels.length) } : {}),
    ..._days(set, part, labels, scores.raw),
  };
}

/** What is said when hardly any row is worth a visit by itself. */
export function fewLeads(above: number, rows: number): string {
  return `${above} of ${rows} rows reach a probability of ${ACTION_LINE}: too few to act on alone; use the order for what is checked anyway, and expect most checks to find nothing`;
}

function _days(set: LeadSet, part: Part, labels: Float64Array, raw: Float64Array): Result {
  if (set.columns['date'] === undefined) return {};
  const days = numbersOfCells(set.columns['date']);
  const replay = daysEarlier(
    labels,
    raw,
    part.test.map((row) => days[row]!),
  );
  return { daysEarlier: round(replay.meanDays), firstHalf: round(replay.firstHalfShare) };
}

/** Slices of at least 200 test rows by every column of few values, and how far the mean probability of each lies from its share of positives. */
export function sliceFigures(set: LeadSet, part: Part, probabilities: Float64Array): Result {
  const labels = Float64Array.from(part.test, (row) => set.labels[row]!);
  const lines = Object.entries(set.columns).flatMap(([name, cells]) => {
    if (/^(outcome_|published_|label)/.test(name)) return [];
    const slices = part.test.map((row) => (cells[row] === '' ? null : cells[row]!));
    if (new Set(slices).size > SLICE_LEVELS && slices.every((cell) => cell === null || !Number.isNaN(Number(cell))))
      return [];
    return slicesTable(labels, probabilities, { slices, budget: rowsInShare(labels.length, 0.1) })
      .filter((s) => s.rows >= SLICE_ROWS && s.rows < labels.length)
      .map((s) => ({ ...s, slice: `${name} = ${s.slice}` }));
  });
  for (const s of lines)
    process.stderr.write(
      `${part.name}: slice ${s.slice}: ${s.rows} rows, base ${s.base.toFixed(3)}, gap ${s.gap.toFixed(3)}, AUROC ${s.auroc?.toFixed(3) ?? '–'}, ${(100 * s.selectedShare).toFixed(0)} % selected\n`,
    );
  const gaps = lines.map((s) => Math.abs(s.gap));
  return {
    slices: lines.length,
    slicesWithin5: gaps.filter((gap) => gap <= 0.05).length,
    ...(gaps.length === 0 ? {} : { worstSliceGap: round(Math.max(...gaps)) }),
  };
}

/** How well rows of one inspector are parted, which no model can owe to knowing who looks: the mean of AUROC within each, weighted by pairs of a find and a
 *  clean row. Contraction (`models/evaluate`) is for sets in which inspectors check different shares; where every row was checked there is nothing to contract. */
export function inspectorFigures(set: LeadSet, part: Part, raw: Float64Array): Result {
  const name = Object.keys(set.columns).find((column) => column.startsWith('inspector'));
  if (name === undefined) return {};
  const lists = new Map<string, number[]>();
  part.test.forEach((row, i) => {
    const inspector = set.columns[name]![row]!;
    lists.set(inspector, [...(lists.get(inspector) ?? []), i]);
  });
  let [sum, pairs] = [0, 0];
  for (const rows of lists.values()) {
    const labels = rows.map((i) => set.labels[part.test[i]!]!);
    const positives = labels.reduce((a, b) => a + b, 0);
    const own = positives * (rows.length - positives);
    if (own === 0) continue;
    pairs += own;
    sum +=
      own *
      auroc(
        labels,
        rows.map((i) => raw[i]!),
      );
  }
  return { inspectors: lists.size, aurocWithinInspector: round(sum / pairs) };
}

/** Finds promised at a tenth of the rows with their 90 % interval, and whether the truth lay inside; the interval is as wide as earlier periods missed, and at least as
 *  wide as the share of findings moved before.
 *  @param of.past  grows by this period        @param of.before  labels before the test rows in order of time; empty where rows have none */
export function findFigures(
  labels: Float64Array,
  probabilities: Float64Array,
  of: { readonly past: PastFinds[]; readonly before: Float64Array },
): Result {
  const { past, before } = of;
  const budget = rowsInShare(labels.length, 0.1);
  const { expected, variance } = pastFinds(labels, probabilities, budget);
  const drift = shareDrift(before, Math.max(200, Math.round(labels.length / 4)));
  const moved = variance > 0 ? 1 + (drift * expected ** 2) / variance : 1;
  const dispersion = Math.max(moved, dispersionOf(past));
  const finds = expectedFinds(probabilities, { budget, level: 0.9, dispersion });
  const own = pastFinds(labels, probabilities, budget);
  past.push(own);
  return {
    budget,
    findsExpected: round(finds.expected),
    findsLow: finds.low,
    findsHigh: finds.high,
    findsFound: own.found,
    findsInside: own.found >= finds.low && own.found <= finds.high ? 1 : 0,
    dispersion: round(dispersion),
  };
}

/** Promise and outcome on fifths of the validation rows, in their order: what the first interval's width is learnt from. */
export function validationFinds(labels: Float64Array, probabilities: Float64Array): PastFinds[] {
  const size = Math.floor(labels.length / 5);
  if (size < 50) return [];
  return Array.from({ length: 5 }, (_, k) => {
    const part = [k * size, (k + 1) * size] as const;
    return pastFinds(labels.subarray(...part), probabilities.subarray(...part), rowsInShare(size, 0.1));
  });
}

/** Figures over splits: the figure itself for one, mean and standard deviation for several. */
export function summarise(results: readonly Result[]): Record<string, unknown> {
  if (results.length === 1) return results[0]!;
  const out: Record<string, unknown> = {};
  for (const [name, first] of Object.entries(results[0]!)) {
    const own = results.flatMap((result) => (result[name] === undefined ? [] : [result[name]]));
    if (typeof first === 'string') out[name] = own.map((value) => String(value as string)).join('; ');
    else if (typeof first === 'number') out[name] = meanAndDeviation(own as number[]);
    else {
      const list = own as { value: number; low: number; high: number }[];
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

/** Four decimals. */
export function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
