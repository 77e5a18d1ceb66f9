import { averagePrecision } from '../evaluate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import type { CardFigure } from '../registry/index.ts';
import { randomSplit } from '../split/index.ts';
import { fitRows, scoreRows } from './cross-fit.ts';
import { type ExampleTable, labelsAt } from './examples.ts';
import { figure } from './figures.ts';
import type { LearnerSetting } from './learner.ts';

/** Average precision under a random split of the training rows, labelled as what it is: too good, because a subject stands on both sides. */
export function randomSplitFigure(of: {
  readonly examples: ExampleTable;
  readonly train: Int32Array;
  readonly origin: number;
  readonly features: readonly FeatureDefinition[];
  readonly setting: LearnerSetting;
  readonly seed: number;
}): CardFigure {
  const split = randomSplit(of.train.length, { testShare: 0.25, seed: of.seed });
  const input = { ...of, rows: Int32Array.from(split.train, (k) => of.train[k]!) };
  const fitted = fitRows(input);
  const rows = Int32Array.from(split.test, (k) => of.train[k]!);
  const value =
    fitted === null
      ? Number.NaN
      : averagePrecision(labelsAt(of.examples, of.origin, rows), scoreRows(fitted, input, rows));
  return figure(
    'random-split-auprc',
    {
      zh: '随机划分的平均精确率（过于乐观，仅作对照）',
      en: 'average precision under a random split (too good: the same subject on both sides; for contrast only)',
    },
    { value, unit: 'score' },
  );
}
