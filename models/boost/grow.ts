import type { Random } from '../../ingest/base/index.ts';
import type { FeatureBins } from './binning.ts';
import type { Engine, EngineNode, SearchJob } from './engine.ts';
import { leafValue } from './gain.ts';
import type { Interactions } from './interactions.ts';
import type { BoostTree } from './model.ts';
import type { BoostOptions } from './options.ts';
import { sampleAscending, shareOf } from './sampling.ts';
import type { NodeSums, Split } from './split.ts';
import { TreeBuilder } from './tree-builder.ts';

/** What stays the same over a run. */
export interface Grower {
  readonly engine: Engine;
  readonly features: readonly FeatureBins[];
  /** −1, 0 or 1 for each feature. */
  readonly monotone: Int8Array;
  readonly interactions: Interactions | null;
  readonly options: BoostOptions;
}

/** What a tree is grown on: the first `rowCount` of the engine's rows. */
export interface TreeInput {
  readonly rowCount: number;
  /** Features this tree may use, ascending. */
  readonly columns: Int32Array;
  readonly random: Random;
}

/** A grown tree and where each leaf's rows lie in the engine's rows. */
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
  slot: number;
  split: Split | null;
}

const NO_SLOT = -1;
/** Nodes worked on at once where the order does not matter: enough to feed threads, few enough to bound the histograms kept. */
const BATCH = 64;

/** Grows one tree. With `growth: 'leaf'` and a limit on leaves the open leaf of largest gain is split next, ties by node number;
 *  with `'depth'` and a limit, level by level in node order; without a limit the order does not matter, and a stack is kept. */
export function growTree(grower: Grower, input: TreeInput): GrownTree {
  const builder = new TreeBuilder(grower.features);
  const maxLeaves = grower.options.maxLeaves || Infinity;
  const open = new Frontier(grower.options, maxLeaves);
  const closed: OpenLeaf[] = [];
  const place = (leaf: OpenLeaf): void => {
    if (leaf.split !== null) return open.add(leaf);
    release(grower, leaf);
    closed.push(leaf);
  };
  place(rootLeaf(grower, input, builder));
  for (;;) {
    const batch = open.take(maxLeaves - closed.length - open.size);
    if (batch.length === 0) break;
    for (const child of splitLeaves(grower, input, builder, batch)) place(child);
  }
  for (const leaf of open.rest()) {
    release(grower, leaf);
    closed.push(leaf);
  }
  return { tree: builder.tree, leaves: closed.map(({ node, begin, end }) => ({ node, begin, end })) };
}

/** Leaves that could be split, and which come next. */
class Frontier {
  private readonly kind: 'best' | 'queue' | 'stack';
  private leaves: OpenLeaf[] = [];

  constructor(options: BoostOptions, maxLeaves: number) {
    this.kind = maxLeaves === Infinity ? 'stack' : options.growth === 'leaf' ? 'best' : 'queue';
  }

  get size(): number {
    return this.leaves.length;
  }

  add(leaf: OpenLeaf): void {
    this.leaves.push(leaf);
  }

  rest(): OpenLeaf[] {
    return this.leaves;
  }

  /** The next leaves, at most `room` of them: each split adds one leaf. */
  take(room: number): OpenLeaf[] {
    const count = Math.min(room, BATCH, this.leaves.length);
    if (count <= 0) return [];
    if (this.kind === 'stack') return this.leaves.splice(this.leaves.length - count);
    if (this.kind === 'queue') return this.leaves.splice(0, count);
    let best = 0;
    for (let i = 1; i < this.leaves.length; i++) {
      if (isBefore(this.leaves[i]!, this.leaves[best]!)) best = i;
    }
    return this.leaves.splice(best, 1);
  }
}

function isBefore(a: OpenLeaf, b: OpenLeaf): boolean {
  const gap = a.split!.gain - b.split!.gain;
  return gap > 0 || (gap === 0 && a.node < b.node);
}

function rootLeaf(grower: Grower, input: TreeInput, builder: TreeBuilder): OpenLeaf {
  const { engine } = grower;
  const [g, h] = engine.sumRows(input.rowCount);
  const sums = { g, h, low: -Infinity, high: Infinity };
  const node = builder.addLeaf(shrunkValue(grower, sums), h);
  const leaf: OpenLeaf = {
    ...sums,
    node,
    depth: 0,
    begin: 0,
    end: input.rowCount,
    used: [],
    slot: engine.takeSlot(),
    split: null,
  };
  const [found] = engine.search([{ small: engineNode(grower, input, leaf), large: null }], input.columns);
  leaf.split = found![0];
  return leaf;
}

function splitLeaves(grower: Grower, input: TreeInput, builder: TreeBuilder, batch: readonly OpenLeaf[]): OpenLeaf[] {
  const middles = grower.engine.partition(
    batch.map((leaf) => ({ begin: leaf.begin, end: leaf.end, split: leaf.split! })),
  );
  const pairs = batch.map((leaf, i) => childrenOf(grower, builder, leaf, middles[i]!));
  const jobs: SearchJob[] = [];
  const searched: (readonly [OpenLeaf, OpenLeaf])[] = [];
  batch.forEach((parent, i) => {
    const pair = pairs[i]!;
    if (!pair.some((child) => maySplit(grower, child))) return release(grower, parent);
    const [small, large] = pair[0].end - pair[0].begin <= pair[1].end - pair[1].begin ? pair : [pair[1], pair[0]];
    small.slot = grower.engine.takeSlot();
    large.slot = parent.slot;
    parent.slot = NO_SLOT;
    jobs.push({ small: engineNode(grower, input, small), large: engineNode(grower, input, large) });
    searched.push([small, large]);
  });
  grower.engine.search(jobs, input.columns).forEach((found, i) => {
    [searched[i]![0].split, searched[i]![1].split] = found;
  });
  return pairs.flat();
}

function childrenOf(grower: Grower, builder: TreeBuilder, leaf: OpenLeaf, middle: number): [OpenLeaf, OpenLeaf] {
  const split = leaf.split!;
  const used = leaf.used.includes(split.feature) ? leaf.used : [...leaf.used, split.feature];
  const [left, right] = childSums(grower, leaf, split);
  const child = (sums: NodeSums, begin: number, end: number): OpenLeaf => ({
    ...sums,
    node: builder.addLeaf(shrunkValue(grower, sums), sums.h),
    depth: leaf.depth + 1,
    begin,
    end,
    used,
    slot: NO_SLOT,
    split: null,
  });
  const pair: [OpenLeaf, OpenLeaf] = [child(left, leaf.begin, middle), child(right, middle, leaf.end)];
  builder.split(leaf.node, split, [pair[0].node, pair[1].node]);
  return pair;
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

function maySplit(grower: Grower, leaf: OpenLeaf): boolean {
  const { maxDepth, minChildWeight } = grower.options;
  return (maxDepth === 0 || leaf.depth < maxDepth) && leaf.end - leaf.begin >= 2 && leaf.h >= 2 * minChildWeight;
}

function engineNode(grower: Grower, input: TreeInput, leaf: OpenLeaf): EngineNode {
  const columns = maySplit(grower, leaf) ? columnsOfNode(grower, input, leaf) : null;
  return {
    g: leaf.g,
    h: leaf.h,
    low: leaf.low,
    high: leaf.high,
    begin: leaf.begin,
    end: leaf.end,
    slot: leaf.slot,
    columns,
  };
}

function columnsOfNode(grower: Grower, input: TreeInput, leaf: OpenLeaf): Int32Array {
  const allowed = grower.interactions?.allowedAfter(leaf.used);
  const columns = allowed === undefined ? input.columns : input.columns.filter((feature) => allowed[feature] === 1);
  const share = grower.options.columnSampleByNode;
  if (share >= 1 || columns.length === 0) return columns;
  return sampleAscending(input.random, columns.length, shareOf(columns.length, share)).map((at) => columns[at]!);
}

function release(grower: Grower, leaf: OpenLeaf): void {
  if (leaf.slot !== NO_SLOT) grower.engine.freeSlot(leaf.slot);
  leaf.slot = NO_SLOT;
}
