import { InputError } from '../../ingest/base/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import { predictLogistic, trainLogistic } from '../linear/index.ts';
import type { ExampleTable } from './examples.ts';
import { learnerMatrix } from './feature-matrix.ts';
import type { TableTask } from './task.ts';

/** Most that one checked row stands for: a rare visit must not decide the model alone. */
const MAX_WEIGHT = 10;

/** Rows of the training grid as the task's `selection` wants them learnt from: checked ones count for 1 ÷ the chance that somebody looked (held at ten, and
 *  scaled to a mean of 1), rows without a result join as not found at their weight. Without `selection` nothing changes. Test rows never change.
 *  @param chance  logged chance of each row, NaN = not logged; null without such a column
 *  @throws InputError `no-chance` for a checked training row whose chance is not above 0 and at most 1
 *  @source Horvitz & Thompson 1952; Elkan & Noto 2008 (positive and unlabelled) */
export function chosenLabels(
  examples: ExampleTable,
  task: TableTask,
  of: { readonly features: readonly FeatureDefinition[]; readonly chance: Float64Array | null },
): ExampleTable {
  const { selection } = task;
  if (selection === null) return examples;
  const train = Array.from(examples.grid.keys()).filter((i) => examples.grid[i] === 2);
  const checked = train.filter((i) => examples.checked[i] === 1);
  const chances = selection.chance === 'estimated' ? _estimated(examples, train, of.features) : of.chance;
  const weight = examples.weight.slice();
  if (chances !== null) {
    _refuseImpossible(task, chances, checked);
    const raw = checked.map((i) => Math.min(MAX_WEIGHT, 1 / chances[i]!));
    const mean = raw.reduce((a, b) => a + b, 0) / Math.max(1, raw.length);
    checked.forEach((i, k) => (weight[i]! *= raw[k]! / mean));
  }
  const label = examples.label.slice();
  if (selection.unlabelledWeight > 0)
    for (const i of train)
      if (examples.checked[i] === 0) {
        label[i] = 0;
        weight[i]! *= selection.unlabelledWeight;
      }
  const how = [
    chances === null
      ? null
      : `checks count for 1 ÷ their ${selection.chance === 'estimated' ? 'estimated' : 'logged'} chance`,
    selection.unlabelledWeight > 0 ? `rows without a result count as not found at ${selection.unlabelledWeight}` : null,
  ].filter((note) => note !== null);
  return { ...examples, label, weight, notes: [...examples.notes, ...how] };
}

/** Chance that somebody looked at a row, by a logistic regression of being checked on the features. */
function _estimated(
  examples: ExampleTable,
  train: readonly number[],
  features: readonly FeatureDefinition[],
): Float64Array | null {
  const isChecked = Float64Array.from(train, (i) => examples.checked[i]!);
  if (isChecked.every((v) => v === isChecked[0])) return null;
  const data = learnerMatrix(examples.matrix, train, features);
  const margins = predictLogistic(trainLogistic(data, isChecked, { l2: 10 }), data);
  const out = new Float64Array(examples.rows).fill(Number.NaN);
  train.forEach((i, k) => (out[i] = 1 / (1 + Math.exp(-margins[k]!))));
  return out;
}

function _refuseImpossible(task: TableTask, chances: Float64Array, checked: readonly number[]): void {
  const bad = checked.filter((i) => !(chances[i]! > 0 && chances[i]! <= 1));
  if (bad.length > 0)
    throw new InputError(
      'no-chance',
      `task ${task.id}: ${bad.length} checked rows have no chance of being checked above 0 and at most 1 in ${task.selection!.chance}, the first ${chances[bad[0]!]}; log it with each pick, or say estimated`,
      { rows: bad.slice(0, 10) },
    );
}
