import type { Matrix } from '../boost/index.ts';

/** How one column of the design comes from a feature. */
export type LinearColumn =
  | { readonly kind: 'value'; readonly feature: number; readonly mean: number; readonly scale: number }
  | { readonly kind: 'missing'; readonly feature: number; readonly mean: number }
  | { readonly kind: 'level'; readonly feature: number; readonly code: number; readonly mean: number };

/** Columns of standardised numbers, indicators of missing, and levels of categories; constants give none, and of features that are missing on
 *  the same rows one gives the indicator. Infinite values are taken as missing here. */
export function designColumns(data: Matrix, maxLevels: number): LinearColumn[] {
  const patterns = new Map<number, number[]>();
  return data.features.flatMap((feature, f): LinearColumn[] => {
    const column = columnOf(data, f);
    if (feature.kind === 'category') return levelColumns(column, f, maxLevels);
    return numberColumns(column, f).filter((c) => c.kind !== 'missing' || isNewPattern(data, f, patterns));
  });
}

function columnOf(data: Matrix, feature: number): Float32Array | Float64Array {
  return data.values.subarray(feature * data.rows, (feature + 1) * data.rows);
}

/** Whether no earlier feature is missing on exactly these rows. Hashes are only a shortlist: equal ones are compared. */
function isNewPattern(data: Matrix, feature: number, patterns: Map<number, number[]>): boolean {
  const column = columnOf(data, feature);
  let hash = 0;
  for (let r = 0; r < column.length; r++) if (!Number.isFinite(column[r]!)) hash = (Math.imul(hash, 31) + r) | 0;
  const alike = patterns.get(hash) ?? [];
  const isSame = (other: number): boolean => {
    const its = columnOf(data, other);
    return column.every((value, r) => Number.isFinite(value) === Number.isFinite(its[r]!));
  };
  if (alike.some(isSame)) return false;
  patterns.set(hash, [...alike, feature]);
  return true;
}

function numberColumns(column: Float32Array | Float64Array, feature: number): LinearColumn[] {
  let known = 0;
  let sum = 0;
  for (const value of column) {
    if (!Number.isFinite(value)) continue;
    known++;
    sum += value;
  }
  const mean = sum / known;
  let squares = 0;
  for (const value of column) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  const scale = Math.sqrt(squares / known);
  const out: LinearColumn[] = [];
  if (scale > 1e-12 * Math.max(1, Math.abs(mean))) out.push({ kind: 'value', feature, mean, scale });
  const missing = 1 - known / column.length;
  if (missing > 0 && missing < 1) out.push({ kind: 'missing', feature, mean: missing });
  return out;
}

function levelColumns(column: Float32Array | Float64Array, feature: number, maxLevels: number): LinearColumn[] {
  const counts = new Map<number, number>();
  for (const code of column) if (!Number.isNaN(code)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts.entries()]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, maxLevels)
    .filter(([, count]) => count < column.length)
    .map(([code, count]) => ({ kind: 'level', feature, code, mean: count / column.length }));
}

/** Rows × columns, row after row; every column has mean 0 over the rows it was made from. */
export function design(data: Matrix, columns: readonly LinearColumn[]): Float64Array {
  const width = columns.length;
  const out = new Float64Array(data.rows * width);
  columns.forEach((column, c) => {
    const from = column.feature * data.rows;
    for (let r = 0; r < data.rows; r++) out[r * width + c] = cellOf(column, data.values[from + r]!);
  });
  return out;
}

function cellOf(column: LinearColumn, value: number): number {
  if (column.kind === 'level') return (value === column.code ? 1 : 0) - column.mean;
  const known = Number.isFinite(value);
  if (column.kind === 'missing') return (known ? 0 : 1) - column.mean;
  return known ? (value - column.mean) / column.scale : 0;
}
