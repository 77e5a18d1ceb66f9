import { type Random } from '../../ingest/base/index.ts';
import { CALIBRATION_NEEDS, type Calibration, calibrate, calibrated } from '../calibrate/index.ts';
import { quantileOfSorted } from '../evaluate/index.ts';
import type { ProbabilityBand, TrackBin } from '../registry/index.ts';

/** Honest scores: log-odds of rows by models that knew neither the row's component nor its outcome. */
export interface HonestScores {
  readonly margins: Float64Array;
  readonly labels: Float64Array;
  readonly weights: Float64Array;
  readonly component: ArrayLike<number>;
  readonly checked: ArrayLike<number>;
}

const GRID = 65;
const LEVEL = 0.9;

/** Bins of log-odds that the band is refitted on. */
const BAND_BINS = 512;

/** The calibration's own uncertainty: it is refitted on components drawn with repeats, and the middle 90 % kept on a grid of log-odds. */
export function probabilityBand(
  of: HonestScores,
  options: { readonly draws: number; readonly random: Random },
): ProbabilityBand {
  const sorted = Float64Array.from(of.margins).sort();
  const margins = Array.from({ length: GRID }, (_, i) => quantileOfSorted(sorted, _share(i / (GRID - 1))));
  const members = _members(of.component, of.margins.length);
  const binned = _binned(of, sorted);
  const method = calibrationMethod(of);
  const drawn: Float64Array[] = [];
  for (let d = 0; d < options.draws; d++) {
    const weights = new Float64Array(binned.margins.length);
    for (let i = 0; i < members.length; i++)
      for (const row of members[Math.floor(options.random() * members.length)]!)
        weights[binned.cell[row]!]! += of.weights[row]!;
    const cells = Array.from(weights.keys()).filter((c) => weights[c]! > 0);
    const labels = cells.map((c) => c % 2);
    if (!labels.includes(0) || !labels.includes(1)) continue;
    const map = calibrate(
      labels,
      cells.map((c) => binned.margins[c]!),
      { weights: cells.map((c) => weights[c]!), method },
    );
    drawn.push(calibrated(map, margins));
  }
  const at = (share: number): number[] =>
    margins.map((_m, g) =>
      drawn.length === 0 ? share : quantileOfSorted(Float64Array.from(drawn, (d) => d[g]!).sort(), share),
    );
  return { margins, low: at((1 - LEVEL) / 2), high: at((1 + LEVEL) / 2) };
}

/** The band at one log-odds, always around `probability`; linear between grid points, flat past the ends. */
export function bandAt(
  band: ProbabilityBand,
  margin: number,
  probability: number,
): { readonly low: number; readonly high: number } {
  const { margins } = band;
  let i = 1;
  while (i < margins.length - 1 && margins[i]! < margin) i++;
  const width = margins[i]! - margins[i - 1]!;
  const part = width > 0 ? Math.min(1, Math.max(0, (margin - margins[i - 1]!) / width)) : 0;
  const between = (list: readonly number[]): number => list[i - 1]! + part * (list[i]! - list[i - 1]!);
  return { low: Math.min(probability, between(band.low)), high: Math.max(probability, between(band.high)) };
}

/** Edges of the track record: fine where probabilities are small. */
const EDGES = [0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

/** What became of rows by the probability they were given. Counts are weighted by what a row stands for. */
export function trackRecord(of: HonestScores, probabilities: ArrayLike<number>): TrackBin[] {
  const bins = EDGES.slice(1).map((high, i) => ({ low: EDGES[i]!, high, rows: 0, found: 0, checked: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    let b = 0;
    while (b < bins.length - 1 && probabilities[i]! >= bins[b]!.high) b++;
    const bin = bins[b]!;
    bin.rows += of.weights[i]!;
    bin.found += of.weights[i]! * of.labels[i]!;
    bin.checked += of.weights[i]! * (of.checked[i] === 1 || of.labels[i] === 1 ? 1 : 0);
  }
  return bins;
}

/** Fits the calibration on honest rows; null when they hold one class only. How much shape the map may have goes by the number of components with a
 *  finding: one subject found once stands in many weekly rows, which are no evidence of their own. */
export function fitCalibration(of: HonestScores): Calibration | null {
  const positives = of.labels.reduce((a, b) => a + b, 0);
  if (positives === 0 || positives === of.labels.length) return null;
  return calibrate(of.labels, of.margins, { weights: of.weights, method: calibrationMethod(of) });
}

/** Isotonic from 500 components with a finding, beta from 100, else Platt. */
export function calibrationMethod(of: Pick<HonestScores, 'labels' | 'component'>): 'isotonic' | 'beta' | 'platt' {
  const found = new Set<number>();
  of.labels.forEach((y, i) => {
    if (y === 1) found.add(of.component[i]!);
  });
  return found.size >= CALIBRATION_NEEDS.isotonic
    ? 'isotonic'
    : found.size >= CALIBRATION_NEEDS.beta
      ? 'beta'
      : 'platt';
}

/** Rows as cells of about equal log-odds and one label each (cell = 2 × bin + label), so that a refit walks hundreds of cells and not tens of
 *  thousands of rows. A bin's log-odds are the mean of its rows'. */
function _binned(of: HonestScores, sorted: Float64Array): { margins: Float64Array; cell: Int32Array } {
  const cuts = Float64Array.from({ length: BAND_BINS - 1 }, (_, i) =>
    quantileOfSorted(sorted, _share((i + 1) / BAND_BINS)),
  );
  const cell = Int32Array.from(of.margins, (m, i) => 2 * _cutsUpTo(cuts, m) + of.labels[i]!);
  const sums = new Float64Array(BAND_BINS);
  const counts = new Float64Array(BAND_BINS);
  cell.forEach((c, i) => {
    sums[c >> 1]! += of.margins[i]!;
    counts[c >> 1]! += 1;
  });
  return { cell, margins: Float64Array.from({ length: 2 * BAND_BINS }, (_, c) => sums[c >> 1]! / counts[c >> 1]!) };
}

function _cutsUpTo(cuts: Float64Array, value: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Grid points crowd towards the top, where leads are. */
function _share(x: number): number {
  return 1 - (1 - x) ** 3;
}

function _members(component: ArrayLike<number>, rows: number): number[][] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < rows; i++) {
    const list = members.get(component[i]!);
    if (list === undefined) members.set(component[i]!, [i]);
    else list.push(i);
  }
  return [...members.values()];
}
