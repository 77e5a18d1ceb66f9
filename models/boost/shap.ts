import { alignMatrix, checkMatrix, type Matrix } from './matrix.ts';
import type { BoostModel, BoostTree } from './model.ts';
import { flatTree, goesLeft, type FlatTree } from './predict.ts';

/** What each feature adds to the margin of some rows. */
export interface Contributions {
  /** Row after row: `values[i * features + f]` for the i-th asked row. */
  readonly values: Float64Array;
  readonly features: number;
  /** Expected margin over the training rows; bias + the sum of a row's values is its margin. */
  readonly bias: number;
}

/** Exact Shapley values of the trees' conditional expectations, weighted by training cover.
 *  @param rows  row numbers to explain                O(rows × leaves × depth²)
 *  @throws InputError `missing-features`, `matrix-shape`
 *  @source Lundberg, Erion & Lee 2018, algorithm 2 */
export function treeShap(model: BoostModel, matrix: Matrix, rows: ArrayLike<number>): Contributions {
  checkMatrix('treeShap', matrix);
  const aligned = alignMatrix('treeShap', matrix, model.features);
  const features = model.features.length;
  const values = new Float64Array(rows.length * features);
  const scale = model.combine === 'mean' ? 1 / Math.max(1, model.trees.length) : 1;
  let bias = model.base;
  for (const tree of model.trees) {
    const walker = new Walker(tree, flatTree(tree, model));
    bias += expectedValue(tree, 0) * scale;
    for (let i = 0; i < rows.length; i++) {
      walker.explain(aligned, rows[i]!, values.subarray(i * features, (i + 1) * features), scale);
    }
  }
  return { values, features, bias };
}

function expectedValue(tree: BoostTree, node: number): number {
  if (tree.feature[node]! < 0) return tree.value[node]!;
  const [left, right] = [tree.left[node]!, tree.right[node]!];
  const { share } = shares(tree, node);
  return share * expectedValue(tree, left) + (1 - share) * expectedValue(tree, right);
}

/** Share of a node's cover that goes left; one half where nothing came through. */
function shares(tree: BoostTree, node: number): { share: number } {
  const left = tree.cover[tree.left[node]!]!;
  const right = tree.cover[tree.right[node]!]!;
  return { share: left + right > 0 ? left / (left + right) : 0.5 };
}

/** Walks one tree with the path of features met so far; each entry has the share of zeros and ones that flow through, and the
 *  permutation weight. Paths of all depths lie in one triangle, each level copying the one above. */
class Walker {
  private readonly tree: BoostTree;
  private readonly flat: FlatTree;
  private readonly share: Float64Array;
  private readonly feature: Int32Array;
  private readonly zero: Float64Array;
  private readonly one: Float64Array;
  private readonly weight: Float64Array;
  private matrix: Matrix | null = null;
  private row = 0;
  private out: Float64Array = new Float64Array(0);
  private scale = 1;

  constructor(tree: BoostTree, flat: FlatTree) {
    this.tree = tree;
    this.flat = flat;
    this.share = Float64Array.from(tree.feature, (f, node) => (f < 0 ? 0 : shares(tree, node).share));
    const depth = depthOf(tree, 0) + 2;
    const size = (depth * (depth + 1)) / 2 + depth;
    this.feature = new Int32Array(size);
    this.zero = new Float64Array(size);
    this.one = new Float64Array(size);
    this.weight = new Float64Array(size);
  }

  explain(matrix: Matrix, row: number, out: Float64Array, scale: number): void {
    this.matrix = matrix;
    this.row = row;
    this.out = out;
    this.scale = scale;
    this.walk(0, 0, 0, 1, 1, -1);
  }

  private walk(node: number, from: number, length: number, zero: number, one: number, feature: number): void {
    const at = from + length;
    this.copyPath(from, at, length);
    this.extend(at, length, zero, one, feature);
    const split = this.flat.feature[node]!;
    if (split < 0) return this.credit(node, at, length);
    const value = this.matrix!.values[split * this.matrix!.rows + this.row]!;
    const left = goesLeft(this.flat, node, value);
    const [hot, cold] = left
      ? [this.flat.left[node]!, this.flat.right[node]!]
      : [this.flat.right[node]!, this.flat.left[node]!];
    const hotShare = left ? this.share[node]! : 1 - this.share[node]!;
    let incomingZero = 1;
    let incomingOne = 1;
    let depth = length;
    const before = this.indexOf(at, length, split);
    if (before >= 0) {
      incomingZero = this.zero[at + before]!;
      incomingOne = this.one[at + before]!;
      this.unwind(at, depth, before);
      depth--;
    }
    this.walk(hot, at, depth + 1, incomingZero * hotShare, incomingOne, split);
    this.walk(cold, at, depth + 1, incomingZero * (1 - hotShare), 0, split);
  }

  private indexOf(at: number, length: number, feature: number): number {
    for (let i = 1; i <= length; i++) if (this.feature[at + i] === feature) return i;
    return -1;
  }

  private copyPath(from: number, to: number, length: number): void {
    if (from === to) return;
    for (let i = 0; i < length; i++) {
      this.feature[to + i] = this.feature[from + i]!;
      this.zero[to + i] = this.zero[from + i]!;
      this.one[to + i] = this.one[from + i]!;
      this.weight[to + i] = this.weight[from + i]!;
    }
  }

  private extend(at: number, length: number, zero: number, one: number, feature: number): void {
    this.feature[at + length] = feature;
    this.zero[at + length] = zero;
    this.one[at + length] = one;
    this.weight[at + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      const weight = this.weight[at + i]!;
      this.weight[at + i + 1] = this.weight[at + i + 1]! + (one * weight * (i + 1)) / (length + 1);
      this.weight[at + i] = (zero * weight * (length - i)) / (length + 1);
    }
  }

  private unwind(at: number, length: number, index: number): void {
    const one = this.one[at + index]!;
    const zero = this.zero[at + index]!;
    let next = this.weight[at + length]!;
    for (let i = length - 1; i >= 0; i--) {
      const weight = this.weight[at + i]!;
      if (one !== 0) {
        this.weight[at + i] = (next * (length + 1)) / ((i + 1) * one);
        next = weight - (this.weight[at + i]! * zero * (length - i)) / (length + 1);
      } else {
        this.weight[at + i] = (weight * (length + 1)) / (zero * (length - i));
      }
    }
    for (let i = index; i < length; i++) {
      this.feature[at + i] = this.feature[at + i + 1]!;
      this.zero[at + i] = this.zero[at + i + 1]!;
      this.one[at + i] = this.one[at + i + 1]!;
    }
  }

  /** Sum of the weights of the path with one entry taken out. */
  private unwoundSum(at: number, length: number, index: number): number {
    const one = this.one[at + index]!;
    const zero = this.zero[at + index]!;
    let next = this.weight[at + length]!;
    let total = 0;
    for (let i = length - 1; i >= 0; i--) {
      if (one !== 0) {
        const taken = (next * (length + 1)) / ((i + 1) * one);
        total += taken;
        next = this.weight[at + i]! - (taken * zero * (length - i)) / (length + 1);
      } else if (zero !== 0) {
        total += this.weight[at + i]! / ((zero * (length - i)) / (length + 1));
      }
    }
    return total;
  }

  private credit(node: number, at: number, length: number): void {
    const value = this.flat.value[node]! * this.scale;
    for (let i = 1; i <= length; i++) {
      const feature = this.feature[at + i]!;
      const weight = this.unwoundSum(at, length, i);
      this.out[feature] = this.out[feature]! + weight * (this.one[at + i]! - this.zero[at + i]!) * value;
    }
  }
}

function depthOf(tree: BoostTree, node: number): number {
  if (tree.feature[node]! < 0) return 0;
  return 1 + Math.max(depthOf(tree, tree.left[node]!), depthOf(tree, tree.right[node]!));
}
