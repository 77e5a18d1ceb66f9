import type { Random } from '../../ingest/base/index.ts';
import type { Binned } from './binning.ts';
import { leafValue } from './gain.ts';
import { buildHistogram, subtractHistogram, type Histogram } from './histogram.ts';
import type { Interactions } from './interactions.ts';
import type { BoostTree } from './model.ts';
import type { BoostOptions } from './options.ts';
import { partitionRows } from './partition.ts';
import { sampleAscending, shareOf } from './sampling.ts';
import { bestSplit, type NodeSums, type Split } from './split.ts';
import { TreeBuilder } from './tree-builder.ts';

/** What stays the same over a run. */
export interface Grower {
  readonly binned: Binned;
  readonly starts: Int32Array;
  /** −1, 0 or 1 for each feature. */
  readonly monotone: Int8Array;
  readonly interactions: Interactions | null;
  readonly options: BoostOptions;
  /** Histograms to use again. */
  readonly free: Histogram[];
  readonly spare: Int32Array;
}

/** What a tree is grown on. */
export interface TreeInput {
  /** Rows that count; reordered in place, so that each leaf's rows lie together. */
  readonly rows: Int32Array;
  /** Interleaved g and h of every row. */
  readonly gradients: Float64Array;
  /** Features this tree may use, ascending. */
  readonly columns: Int32Array;
  readonly random: Random;
}

/** A grown tree and where each leaf's rows lie in `rows`. */
export interface GrownTree {
  readonly tree: BoostTree;
  readonly leaves: readonly { readonly node: number; readonly begin: number; readonly end: number }[];
}

interface OpenLeaf extends NodeSums {
  readonly node: number;
  readonly depth: number;
  readonly begin: number;
  readonly end: number;
  readonly used: readonly number[];
  histogram: Histogram | null;
  split: Split | null;
}

/** Grows one tree. Leaf-wise: the open leaf of largest gain next, ties by node number. Depth-wise: in node order, level by level. */
export function growTree(grower: Grower, input: TreeInput): GrownTree {
  const builder = new TreeBuilder(grower.binned);
  const maxLeaves = grower.options.maxLeaves || Infinity;
  const open: OpenLeaf[] = [rootLeaf(grower, input, builder)];
  const closed: OpenLeaf[] = [];
  for (;;) {
    const leaf = takeNext(open, closed, grower);
    if (leaf === null) break;
    if (open.length + closed.length + 2 > maxLeaves) {
      closed.push(leaf);
      release(grower, leaf);
      continue;
    }
    open.push(...splitLeaf(grower, input, builder, leaf));
  }
  return { tree: builder.tree, leaves: closed.map(({ node, begin, end }) => ({ node, begin, end })) };
}

/** Removes the next leaf to split from `open`; leaves without a split move to `closed`. */
function takeNext(open: OpenLeaf[], closed: OpenLeaf[], grower: Grower): OpenLeaf | null {
  for (let i = open.length - 1; i >= 0; i--) {
    if (open[i]!.split !== null) continue;
    release(grower, open[i]!);
    closed.push(open[i]!);
    open.splice(i, 1);
  }
  if (open.length === 0) return null;
  let best = 0;
  if (grower.options.growth === 'leaf') {
    for (let i = 1; i < open.length; i++) if (open[i]!.split!.gain > open[best]!.split!.gain) best = i;
  }
  return open.splice(best, 1)[0]!;
}

function rootLeaf(grower: Grower, input: TreeInput, builder: TreeBuilder): OpenLeaf {
  let g = 0;
  let h = 0;
  for (const row of input.rows) {
    g += input.gradients[2 * row]!;
    h += input.gradients[2 * row + 1]!;
  }
  const sums = { g, h, low: -Infinity, high: Infinity };
  const node = builder.addLeaf(shrunkValue(grower, sums), h);
  const leaf: OpenLeaf = {
    ...sums,
    node,
    depth: 0,
    begin: 0,
    end: input.rows.length,
    used: [],
    histogram: null,
    split: null,
  };
  leaf.histogram = histogramOf(grower, input, leaf);
  leaf.split = findSplit(grower, input, leaf);
  return leaf;
}

function splitLeaf(grower: Grower, input: TreeInput, builder: TreeBuilder, leaf: OpenLeaf): OpenLeaf[] {
  const split = leaf.split!;
  const middle = partitionRows(input.rows, { binned: grower.binned, split, spare: grower.spare }, [
    leaf.begin,
    leaf.end,
  ]);
  const [left, right] = childSums(grower, leaf, split);
  const used = leaf.used.includes(split.feature) ? leaf.used : [...leaf.used, split.feature];
  const child = (sums: NodeSums, begin: number, end: number): OpenLeaf => ({
    ...sums,
    node: builder.addLeaf(shrunkValue(grower, sums), sums.h),
    depth: leaf.depth + 1,
    begin,
    end,
    used,
    histogram: null,
    split: null,
  });
  const children = [child(left, leaf.begin, middle), child(right, middle, leaf.end)] as const;
  builder.split(leaf.node, split, [children[0].node, children[1].node]);
  const last = grower.options.maxDepth > 0 && leaf.depth + 1 >= grower.options.maxDepth;
  if (last) release(grower, leaf);
  else giveHistograms(grower, input, leaf, children);
  return [...children];
}

/** The smaller child's histogram is counted, the larger one's is what is left of the parent's. */
function giveHistograms(
  grower: Grower,
  input: TreeInput,
  parent: OpenLeaf,
  children: readonly [OpenLeaf, OpenLeaf],
): void {
  const [small, large] =
    children[0].end - children[0].begin <= children[1].end - children[1].begin ? children : [children[1], children[0]];
  small.histogram = histogramOf(grower, input, small);
  large.histogram = parent.histogram!;
  parent.histogram = null;
  subtractHistogram(large.histogram, small.histogram);
  for (const leaf of children) leaf.split = findSplit(grower, input, leaf);
}

function childSums(grower: Grower, leaf: NodeSums, split: Split): [NodeSums, NodeSums] {
  const left = { g: split.leftG, h: split.leftH, low: leaf.low, high: leaf.high };
  const right = { g: split.rightG, h: split.rightH, low: leaf.low, high: leaf.high };
  const direction = grower.monotone[split.feature]!;
  if (direction === 0) return [left, right];
  const middle = (valueOf(grower, left) + valueOf(grower, right)) / 2;
  if (direction > 0) left.high = right.low = middle;
  else left.low = right.high = middle;
  return [left, right];
}

function valueOf(grower: Grower, sums: NodeSums): number {
  return leafValue(sums.g, sums.h, grower.options, sums.low, sums.high);
}

function shrunkValue(grower: Grower, sums: NodeSums): number {
  return valueOf(grower, sums) * (grower.options.mode === 'forest' ? 1 : grower.options.learningRate);
}

function histogramOf(grower: Grower, input: TreeInput, leaf: OpenLeaf): Histogram {
  const { binned, starts } = grower;
  const histogram = grower.free.pop() ?? new Float64Array(2 * starts[starts.length - 1]!);
  buildHistogram(histogram, { binned, starts, gradients: input.gradients, rows: input.rows, features: input.columns }, [
    leaf.begin,
    leaf.end,
  ]);
  return histogram;
}

function findSplit(grower: Grower, input: TreeInput, leaf: OpenLeaf): Split | null {
  const { options } = grower;
  if (leaf.end - leaf.begin < 2 || leaf.h < 2 * options.minChildWeight) return null;
  const allowed = grower.interactions?.allowedAfter(leaf.used);
  let best: Split | null = null;
  for (const feature of columnsOfNode(input, options, allowed)) {
    const bins = grower.binned.features[feature]!;
    if (bins.bins + (bins.hasMissing ? 1 : 0) < 2) continue;
    const split = bestSplit(leaf.histogram!, grower.starts[feature]!, {
      feature,
      bins,
      monotone: grower.monotone[feature]!,
      node: leaf,
      limits: options,
    });
    if (split !== null && (best === null || split.gain > best.gain)) best = split;
  }
  return best;
}

function columnsOfNode(input: TreeInput, options: BoostOptions, allowed: Uint8Array | undefined): Int32Array {
  const columns = allowed === undefined ? input.columns : input.columns.filter((feature) => allowed[feature] === 1);
  if (options.columnSampleByNode >= 1 || columns.length === 0) return columns;
  const picked = sampleAscending(input.random, columns.length, shareOf(columns.length, options.columnSampleByNode));
  return picked.map((at) => columns[at]!);
}

function release(grower: Grower, leaf: OpenLeaf): void {
  if (leaf.histogram !== null) grower.free.push(leaf.histogram);
  leaf.histogram = null;
}
