import type { Matrix } from './matrix.ts';
import type { BoostModel, BoostTree } from './model.ts';

/** Sum of the trees for every row of a matrix whose columns are in the model's order: the plain twin of the kernel's scoring. */
export function plainSums(model: BoostModel, matrix: Matrix): Float64Array {
  const out = new Float64Array(matrix.rows);
  for (const tree of model.trees) addTree(out, flatTree(tree, model), matrix);
  return out;
}

/** Margins from sums of trees, in place. */
export function finishSums(model: BoostModel, sums: Float64Array): Float64Array {
  const scale = model.combine === 'mean' ? 1 / Math.max(1, model.trees.length) : 1;
  for (let r = 0; r < sums.length; r++) sums[r] = model.base + sums[r]! * scale;
  return sums;
}

/** A function that scores one row at a time: values in the order of `model.features`, NaN where missing. Nothing is allocated a call. */
export function rowPredictor(model: BoostModel): (row: ArrayLike<number>) => number {
  const trees = model.trees.map((tree) => flatTree(tree, model));
  const scale = model.combine === 'mean' ? 1 / Math.max(1, trees.length) : 1;
  return (row) => {
    let sum = 0;
    for (const tree of trees) sum += tree.value[leafOf(tree, row, 0, 1)]!;
    return model.base + sum * scale;
  };
}

/** A tree in typed arrays, with category lists as lookups. */
export interface FlatTree {
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
  /** For each node that splits on a category, the side of each code; null for numbers, and as a whole where no node does. */
  readonly categories: readonly (CategorySides | null)[] | null;
  readonly round32: boolean;
}

/** Side of each code: 1 left, 2 right, 0 as missing; codes past the end all go one way. */
interface CategorySides {
  readonly sides: Uint8Array;
  readonly beyond: 0 | 1;
}

/** @internal prepares a tree for {@link leafOf} */
export function flatTree(tree: BoostTree, model: Pick<BoostModel, 'seen' | 'precision'>): FlatTree {
  const some = tree.categories.some((list) => list !== null);
  return {
    feature: Int32Array.from(tree.feature),
    threshold: Float64Array.from(tree.threshold),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    missingLeft: Uint8Array.from(tree.missingLeft),
    value: Float64Array.from(tree.value),
    categories: some
      ? tree.categories.map((list, node) => sidesOf(list, model.seen[tree.feature[node]!] ?? null))
      : null,
    round32: model.precision === 'float32',
  };
}

/** @internal the leaf that a row falls into; its value of feature f is at `values[offset + f * stride]` */
export function leafOf(tree: FlatTree, values: ArrayLike<number>, offset: number, stride: number): number {
  let node = 0;
  for (;;) {
    const feature = tree.feature[node]!;
    if (feature < 0) return node;
    node = goesLeft(tree, node, values[offset + feature * stride]!) ? tree.left[node]! : tree.right[node]!;
  }
}

/** @internal which way a value goes at a node */
export function goesLeft(tree: FlatTree, node: number, value: number): boolean {
  const lookup = tree.categories === null ? null : tree.categories[node]!;
  if (lookup !== null) {
    const side = value >= 0 ? (lookup.sides[Math.trunc(value)] ?? lookup.beyond) : 0;
    return side === 1 || (side === 0 && tree.missingLeft[node] === 1);
  }
  const compared = tree.round32 ? Math.fround(value) : value;
  return compared < tree.threshold[node]! || (compared !== compared && tree.missingLeft[node] === 1);
}

/** @internal adds one tree's values to `out` for every row */
export function addTree(out: Float64Array, tree: FlatTree, matrix: Matrix): void {
  for (let r = 0; r < matrix.rows; r++) out[r] = out[r]! + tree.value[leafOf(tree, matrix.values, r, matrix.rows)]!;
}

/** Listed codes go right; others left if met in training (or if that is not known), and as missing if not. */
function sidesOf(right: readonly number[] | null, seen: readonly number[] | null): CategorySides | null {
  if (right === null) return null;
  const top = Math.max(-1, ...(seen === null ? [] : [seen[seen.length - 1] ?? -1]), ...right.slice(-1));
  const sides = new Uint8Array(top + 1).fill(seen === null ? 1 : 0);
  for (const code of seen ?? []) sides[code] = 1;
  for (const code of right) sides[code] = 2;
  return { sides, beyond: seen === null ? 1 : 0 };
}
