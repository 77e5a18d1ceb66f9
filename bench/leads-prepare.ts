import { suspectFeatures, suspectInWords } from '../models/train/index.ts';
import type { LeadSet } from './leads-data.ts';
import {
  graphColumns,
  labelColumns,
  matrixOf,
  ownColumns,
  type FeatureColumn,
  type FeatureSettings,
} from './leads-features.ts';
import { FEW_ROWS, trial, type Sample } from './leads-model.ts';
import type { Part } from './leads-parts.ts';
import type { SetRules } from './leads-sets.ts';

/** Families of features, the simplest first. */
export type Family = 'own' | 'own+graph' | 'own+graph+labels' | 'own+graph+wide labels';

/** The features of a part, chosen on its validation rows. */
export interface Prepared {
  readonly family: Family;
  /** PR-AUC of each family on the validation rows. */
  readonly trials: readonly string[];
  /** Columns that were taken out because they give the label away. */
  readonly refused: readonly string[];
  readonly own: readonly FeatureColumn[];
  readonly columns: readonly FeatureColumn[];
  /** The same features when the labels of `known` rows may be used. */
  readonly columnsOf: (known: readonly number[]) => readonly FeatureColumn[];
  readonly sample: (columns: readonly FeatureColumn[], rows: readonly number[]) => Sample;
}

/** Columns, without those that leak, of the family that does best on validation rows; at a tie the simpler stays. Below 500 training rows nothing is searched. */
export function prepared(
  set: LeadSet,
  part: Part,
  of: { readonly rules: SetRules; readonly without: readonly string[]; readonly families?: readonly Family[] },
): Prepared {
  const settings: FeatureSettings = {
    without: of.without,
    time: of.rules.time,
    timeSplit: part.timeSplit,
    graph: true,
  };
  const sample = (from: readonly FeatureColumn[], rows: readonly number[]): Sample => ({
    data: matrixOf(from, rows),
    labels: Float64Array.from(rows, (row) => set.labels[row]!),
  });
  const raw = ownColumns(set, settings);
  const { kept: own, refused } = withoutLeaks(raw, part, sample);
  // Over a split by time, means over neighbours would look ahead (a later visit's "past violations" tell this visit's result): only histories are used.
  const graph = part.timeSplit ? [] : graphColumns(set, own, of.rules.outgoingOnly);
  const columnsOf = (family: Family, known: readonly number[]): readonly FeatureColumn[] => {
    if (family === 'own') return own;
    if (family === 'own+graph') return [...own, ...graph];
    const labels = new Float64Array(set.labels.length).fill(NaN);
    for (const row of known) labels[row] = set.labels[row]!;
    return [...own, ...graph, ...labelColumns(set, labels, { ...settings, wide: family === 'own+graph+wide labels' })];
  };
  let family: Family = 'own';
  let bestTrial = -Infinity;
  const trials: string[] = [];
  const trained = new Map<Family, readonly FeatureColumn[]>();
  const families = of.families ?? familiesOf(of.rules, part.train.length < FEW_ROWS);
  for (const one of families) {
    const columns = columnsOf(one, part.train);
    trained.set(one, columns);
    if (families.length === 1) family = one;
    if (columns.length === 0 || (families.length === 1 && of.families !== undefined)) continue;
    const value = trial(sample(columns, part.train), sample(columns, part.validation));
    trials.push(`${one} ${value.toFixed(4)}`);
    if (value > bestTrial) [family, bestTrial] = [one, value];
  }
  return {
    family,
    trials,
    refused,
    own,
    columns: trained.get(family)!,
    columnsOf: (known) => columnsOf(family, known),
    sample,
  };
}

function familiesOf(rules: SetRules, few: boolean): readonly Family[] {
  if (few) return [rules.labelRates ? 'own+graph+labels' : 'own+graph'];
  return rules.labelRates ? ['own', 'own+graph', 'own+graph+labels', 'own+graph+wide labels'] : ['own', 'own+graph'];
}

/** Columns of the table that are the label in disguise, on the training rows, are named and left out. */
function withoutLeaks(
  columns: readonly FeatureColumn[],
  part: Part,
  sample: Prepared['sample'],
): { kept: readonly FeatureColumn[]; refused: readonly string[] } {
  if (columns.length === 0) return { kept: columns, refused: [] };
  const { data, labels } = sample(columns, part.train);
  const suspects = suspectFeatures(data, labels);
  for (const suspect of suspects) process.stderr.write(`${part.name}: left out: ${suspectInWords(suspect)}\n`);
  const refused = suspects.map((s) => s.feature);
  return { kept: columns.filter((c) => !refused.includes(c.info.name)), refused };
}
