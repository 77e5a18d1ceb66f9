import { InputError, type Random } from '../../ingest/base/index.ts';
import type { Neighbours } from './network.ts';
import type { NodeValues } from './spread.ts';

/** Labels that may be used: 0 or 1 where known, NaN everywhere else (and on every row that is scored or tested). */
export type KnownLabels = Float64Array;

/** Folds for {@link outOfFold}: the known rows dealt evenly at random, positives and negatives apart; −1 where unknown. */
export function foldsOf(labels: KnownLabels, folds: number, random: Random): Int32Array {
  const out = new Int32Array(labels.length).fill(-1);
  for (const label of [0, 1]) {
    const rows: number[] = [];
    labels.forEach((value, row) => {
      if (value === label) rows.push(row);
    });
    for (let i = rows.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    rows.forEach((row, i) => (out[row] = i % folds));
  }
  return out;
}

/** Features made of labels, without a row ever seeing its own or those of its fold: a row of fold k gets the features made with fold k hidden,
 *  every other row those made with all known labels. A model trained on leave-one-out rates learns each row's own label from its neighbours' rates; on
 *  these it cannot.
 *  @param features  from known labels to columns over all nodes */
export function outOfFold(
  labels: KnownLabels,
  folds: Int32Array,
  features: (labels: KnownLabels) => readonly NodeValues[],
): NodeValues[] {
  if (folds.length !== labels.length) {
    throw new InputError('fold-length', `outOfFold: ${folds.length} folds for ${labels.length} labels`);
  }
  const out = features(labels).map((column) => Float64Array.from(column));
  const count = folds.reduce((most, fold) => Math.max(most, fold + 1), 0);
  for (let fold = 0; fold < count; fold++) {
    const hidden = labels.map((label, row) => (folds[row] === fold ? NaN : label));
    features(hidden).forEach((column, c) => {
      for (let row = 0; row < folds.length; row++) if (folds[row] === fold) out[c]![row] = column[row]!;
    });
  }
  return out;
}

/** Share of positives among the known direct neighbours, drawn to the base rate by `prior` rows, and how many are known. */
export function directRate(
  neighbours: Neighbours,
  labels: KnownLabels,
  prior: number,
): { rate: NodeValues; known: NodeValues } {
  const base = baseRate(labels);
  const rate = new Float64Array(labels.length);
  const known = new Float64Array(labels.length);
  for (let node = 0; node < labels.length; node++) {
    let sum = 0;
    let count = 0;
    for (let at = neighbours.starts[node]!; at < neighbours.starts[node + 1]!; at++) {
      const label = labels[neighbours.targets[at]!]!;
      if (label !== label) continue;
      sum += label;
      count++;
    }
    rate[node] = (sum + prior * base) / (count + prior);
    known[node] = count;
  }
  return { rate, known };
}

/** The same at two steps, over what both share (an owner, a place, a judge): all known rows at each shared neighbour, itself left out; pooled
 *  over the neighbours, and the highest rate of any one. */
export function sharedRate(
  neighbours: Neighbours,
  labels: KnownLabels,
  prior: number,
): { rate: NodeValues; known: NodeValues; highest: NodeValues } {
  const base = baseRate(labels);
  const sums = new Float64Array(labels.length);
  const counts = new Float64Array(labels.length);
  for (let node = 0; node < labels.length; node++) {
    for (let at = neighbours.starts[node]!; at < neighbours.starts[node + 1]!; at++) {
      const label = labels[neighbours.targets[at]!]!;
      if (label !== label) continue;
      sums[node]! += label;
      counts[node]! += 1;
    }
  }
  const rate = new Float64Array(labels.length);
  const known = new Float64Array(labels.length);
  const highest = new Float64Array(labels.length).fill(NaN);
  for (let node = 0; node < labels.length; node++) {
    const own = labels[node]!;
    const [ownSum, ownCount] = own === own ? [own, 1] : [0, 0];
    let sum = 0;
    let count = 0;
    for (let at = neighbours.starts[node]!; at < neighbours.starts[node + 1]!; at++) {
      const shared = neighbours.targets[at]!;
      const [s, c] = [sums[shared]! - ownSum, counts[shared]! - ownCount];
      sum += s;
      count += c;
      const here = (s + prior * base) / (c + prior);
      if (!(here <= highest[node]!)) highest[node] = here;
    }
    rate[node] = (sum + prior * base) / (count + prior);
    known[node] = count;
  }
  return { rate, known, highest };
}

/** Labels carried along the links for some steps: each step a node takes the mean of its neighbours, and known nodes pull back to their label
 *  with weight `pull`. A row's own label must be hidden (see {@link outOfFold}).
 *  @source Zhou et al. 2004, with the random-walk normalisation */
export function carriedRate(
  neighbours: Neighbours,
  labels: KnownLabels,
  options: { steps: number; pull: number },
): NodeValues {
  const base = baseRate(labels);
  let now = labels.map((label) => (label === label ? label : base));
  for (let step = 0; step < options.steps; step++) {
    const next = new Float64Array(labels.length);
    for (let node = 0; node < labels.length; node++) {
      const [from, to] = [neighbours.starts[node]!, neighbours.starts[node + 1]!];
      let sum = 0;
      for (let at = from; at < to; at++) sum += now[neighbours.targets[at]!]!;
      const mean = to > from ? sum / (to - from) : base;
      const label = labels[node]!;
      next[node] = label === label ? options.pull * label + (1 - options.pull) * mean : mean;
    }
    now = next;
  }
  return now;
}

function baseRate(labels: KnownLabels): number {
  let sum = 0;
  let count = 0;
  for (const label of labels) {
    if (label !== label) continue;
    sum += label;
    count++;
  }
  return count > 0 ? sum / count : NaN;
}
