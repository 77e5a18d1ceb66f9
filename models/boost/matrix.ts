import { InputError } from '../../ingest/base/index.ts';

/** One column of a matrix.
 *  @property kind  `category` columns hold whole codes ≥ 0 (an index into `levels`, where these are given) without an order
 *  @property monotone  1: a higher value never lowers the score; −1: never raises it */
export interface FeatureInfo {
  readonly name: string;
  readonly kind: 'number' | 'category';
  readonly levels?: readonly string[];
  readonly monotone?: -1 | 0 | 1;
}

/** Rows × features, column after column: the value of row r and feature f is `values[f * rows + r]`.
 *  NaN is missing: inside this folder, and nowhere else, so that the hot loops have one number to compare. */
export interface Matrix {
  readonly rows: number;
  readonly features: readonly FeatureInfo[];
  readonly values: Float32Array | Float64Array;
}

/** A matrix from columns of numbers, null meaning missing. */
export function matrixFromColumns(
  features: readonly FeatureInfo[],
  columns: readonly ArrayLike<number | null>[],
): Matrix {
  const rows = columns[0]?.length ?? 0;
  const values = new Float64Array(rows * features.length);
  columns.forEach((column, f) => {
    for (let r = 0; r < rows; r++) values[f * rows + r] = column[r] ?? NaN;
  });
  const matrix = { rows, features, values };
  checkMatrix('matrixFromColumns', matrix);
  return matrix;
}

/** Some rows of a matrix, in the order given, repeats allowed. */
export function takeRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const values = new (matrix.values.constructor as Float64ArrayConstructor)(rows.length * matrix.features.length);
  for (let f = 0; f < matrix.features.length; f++) {
    const from = f * matrix.rows;
    const to = f * rows.length;
    for (let i = 0; i < rows.length; i++) values[to + i] = matrix.values[from + rows[i]!]!;
  }
  return { rows: rows.length, features: matrix.features, values };
}

/** Some features of a matrix, in the order given. @throws InputError `no-such-feature` */
export function takeFeatures(matrix: Matrix, names: readonly string[]): Matrix {
  const at = new Map(matrix.features.map((feature, index) => [feature.name, index]));
  const unknown = names.filter((name) => !at.has(name));
  if (unknown.length > 0) {
    throw new InputError('no-such-feature', `takeFeatures: no feature ${unknown.join(', ')} in the matrix`, {
      unknown,
    });
  }
  const values = new (matrix.values.constructor as Float64ArrayConstructor)(matrix.rows * names.length);
  names.forEach((name, i) => {
    const from = at.get(name)! * matrix.rows;
    values.set(matrix.values.subarray(from, from + matrix.rows), i * matrix.rows);
  });
  return { rows: matrix.rows, features: names.map((name) => matrix.features[at.get(name)!]!), values };
}

/** @throws InputError `matrix-shape`, `feature-name`, `category-code`, with every fault at once */
export function checkMatrix(where: string, matrix: Matrix): void {
  const { rows, features, values } = matrix;
  const faults: string[] = [];
  if (!Number.isInteger(rows) || rows < 0 || values.length !== rows * features.length) {
    faults.push(`${values.length} values for ${rows} rows × ${features.length} features`);
  }
  const names = new Set<string>();
  for (const { name } of features) {
    if (name === '' || names.has(name))
      faults.push(`feature name "${name}" is ${name === '' ? 'empty' : 'used twice'}`);
    names.add(name);
  }
  if (faults.length === 0) {
    features.forEach((feature, f) => {
      const code = feature.kind === 'category' ? wrongCode(values, f * rows, rows) : null;
      if (code !== null) faults.push(`category "${feature.name}" holds ${code}; codes are whole numbers from 0`);
    });
  }
  if (faults.length > 0) throw new InputError('matrix-shape', `${where}: ${faults.join('; ')}`, { faults });
}

/** The columns of `matrix` in the order of `features`, by name.
 *  @throws InputError `missing-features` naming each feature the matrix lacks */
export function alignMatrix(where: string, matrix: Matrix, features: readonly FeatureInfo[]): Matrix {
  if (
    features.length === matrix.features.length &&
    features.every((feature, f) => feature.name === matrix.features[f]!.name)
  ) {
    return matrix;
  }
  const known = new Set(matrix.features.map((feature) => feature.name));
  const absent = features.filter((feature) => !known.has(feature.name)).map((feature) => feature.name);
  if (absent.length > 0) {
    throw new InputError(
      'missing-features',
      `${where}: the model needs ${absent.length} features that the matrix lacks: ${absent.slice(0, 10).join(', ')}; add them (NaN where unknown)`,
      { absent },
    );
  }
  return takeFeatures(
    matrix,
    features.map((feature) => feature.name),
  );
}

function wrongCode(values: Float32Array | Float64Array, from: number, rows: number): number | null {
  for (let i = from; i < from + rows; i++) {
    const value = values[i]!;
    if (!Number.isNaN(value) && !(Number.isInteger(value) && value >= 0 && value < 2 ** 24)) return value;
  }
  return null;
}
