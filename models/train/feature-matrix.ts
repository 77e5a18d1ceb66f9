import type { FeatureInfo, Matrix } from '../boost/index.ts';
import type { FeatureDefinition, FeatureMatrix } from '../features/index.ts';

/** How a learner sees a feature. */
export function featureInfo(f: FeatureDefinition): FeatureInfo {
  return f.levels === undefined
    ? { name: f.id, kind: 'number', monotone: f.monotone }
    : { name: f.id, kind: 'category', levels: f.levels };
}

/** Some rows and features of a matrix in the learner's layout: 4 bytes a value. */
export function learnerMatrix(
  matrix: FeatureMatrix,
  rows: ArrayLike<number>,
  features: readonly FeatureDefinition[],
): Matrix {
  const at = new Map(matrix.features.map((f, j) => [f.id, j]));
  const values = new Float32Array(rows.length * features.length);
  features.forEach((feature, f) => {
    const column = matrix.values[at.get(feature.id)!]!;
    for (let i = 0; i < rows.length; i++) values[f * rows.length + i] = column[rows[i]!]!;
  });
  return { rows: rows.length, features: features.map(featureInfo), values };
}
