import { InputError } from '../../ingest/base/index.ts';
import type { FeatureInfo } from './matrix.ts';
import type { BoostModel, BoostTree } from './model.ts';

/** Reads a binary or regression model that LightGBM saved as text (`booster.save_model('m.txt')`). Categories keep their codes.
 *  @throws InputError `lightgbm-text` when the text is cut short, is no such model, or uses what is not read here (several classes,
 *  linear leaves, zero as missing, averaged output) */
export function boostFromLightgbm(text: string): BoostModel {
  const blocks = text.split(/\r?\n(?=Tree=\d+)/);
  const head = pairsOf(blocks[0] ?? '');
  if (!text.startsWith('tree') || head.get('version') === undefined)
    throw refused('it does not begin with "tree" and a version');
  if (!/\nend of trees/.test(text)) throw refused('"end of trees" is missing; the file is cut short');
  checkSizes(blocks.slice(1), head);
  const objective = head.get('objective')?.split(' ')[0] ?? '';
  const faults: string[] = [];
  if (objective !== 'binary' && objective !== 'regression')
    faults.push(`objective "${objective}" is not binary or regression`);
  if (head.get('num_class') !== '1') faults.push(`it has ${head.get('num_class')} classes`);
  if (/^average_output$/m.test(blocks[0]!)) faults.push('it averages its trees (random forest)');
  const slope = Number(/sigmoid:([\d.]+)/.exec(head.get('objective') ?? '')?.[1] ?? '1');
  if (slope !== 1) faults.push(`its sigmoid has slope ${slope}`);
  if (faults.length > 0) throw refused(faults.join('; '));
  const trees = blocks.slice(1).map((block, index) => treeOf(pairsOf(block.split(/\r?\nend of trees/)[0]!), index));
  return {
    objective: objective === 'binary' ? 'logistic' : 'squared',
    combine: 'sum',
    base: 0,
    features: featuresOf(head, trees),
    seen: (head.get('feature_names') ?? '').split(' ').map(() => null),
    precision: 'float64',
    trees,
  };
}

function refused(why: string): InputError {
  return new InputError('lightgbm-text', `boostFromLightgbm: ${why}`);
}

function pairsOf(block: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const line of block.split(/\r?\n/)) {
    const at = line.indexOf('=');
    if (at > 0 && !pairs.has(line.slice(0, at))) pairs.set(line.slice(0, at), line.slice(at + 1));
  }
  return pairs;
}

/** The head says how many bytes each tree has; a tree with a byte more or less was changed. */
function checkSizes(blocks: readonly string[], head: ReadonlyMap<string, string>): void {
  const sizes = (head.get('tree_sizes') ?? '').split(' ').filter(Boolean).map(Number);
  if (sizes.length !== blocks.length) throw refused(`${blocks.length} trees where the head lists ${sizes.length}`);
  blocks.forEach((block, index) => {
    const body = block.split(/\r?\nend of trees/)[0]!;
    const trimmed = body.replace(/\s+$/, '').length;
    const listed = sizes[index]!;
    if (trimmed > listed || trimmed < listed - 4) {
      throw refused(`tree ${index} has ${trimmed} characters where the head lists ${listed}; the file was changed`);
    }
  });
}

function featuresOf(head: ReadonlyMap<string, string>, trees: readonly BoostTree[]): FeatureInfo[] {
  const isCategory = new Set<number>();
  for (const tree of trees)
    tree.categories.forEach((list, node) => list !== null && isCategory.add(tree.feature[node]!));
  return (head.get('feature_names') ?? '')
    .split(' ')
    .map((name, f) => ({ name, kind: isCategory.has(f) ? 'category' : 'number' }));
}

type Lists = Readonly<Record<string, number[]>>;

/** LightGBM counts inner nodes 0 … n − 2 and leaves −1 … −n; ours are inner nodes first, then leaves, the root 0. */
function treeOf(pairs: ReadonlyMap<string, string>, index: number): BoostTree {
  if (pairs.get('is_linear') === '1') throw refused(`tree ${index} has linear leaves`);
  const leaves = Number(pairs.get('num_leaves'));
  const list = (name: string, length: number): number[] => {
    const values = (pairs.get(name) ?? '').split(' ').filter(Boolean).map(Number);
    if (values.length !== length || values.some(Number.isNaN))
      throw refused(`tree ${index}: ${name} has ${values.length} numbers, expected ${length}`);
    return values;
  };
  const inner = leaves - 1;
  if (!(inner >= 0)) throw refused(`tree ${index} has num_leaves=${pairs.get('num_leaves')}`);
  const lists: Lists = {
    feature: list('split_feature', inner),
    threshold: list('threshold', inner),
    decision: list('decision_type', inner),
    left: list('left_child', inner),
    right: list('right_child', inner),
    gain: list('split_gain', inner),
    count: inner > 0 ? list('internal_count', inner) : [],
    leafValue: list('leaf_value', leaves),
    leafCount: inner > 0 ? list('leaf_count', leaves) : [1],
    boundaries: numbers(pairs.get('cat_boundaries')),
    bits: numbers(pairs.get('cat_threshold')),
  };
  return assemble(lists, index);
}

function numbers(text: string | undefined): number[] {
  return (text ?? '').split(' ').filter(Boolean).map(Number);
}

function assemble(lists: Lists, index: number): BoostTree {
  const inner = lists.feature!.length;
  const tree: BoostTree = {
    feature: [],
    threshold: [],
    left: [],
    right: [],
    missingLeft: [],
    value: [],
    cover: [],
    gain: [],
    categories: [],
  };
  const nodeOf = (child: number): number => {
    const node = child >= 0 ? child : inner + (-child - 1);
    if (!(node < inner + lists.leafValue!.length)) throw refused(`tree ${index}: child ${child} does not exist`);
    return node;
  };
  for (let node = 0; node < inner; node++) {
    const decision = lists.decision![node]!;
    const isCategory = (decision & 1) === 1;
    const missing = (decision >> 2) & 3;
    if (missing === 1) throw refused(`tree ${index} takes zero as missing`);
    const [left, right] = [nodeOf(lists.left![node]!), nodeOf(lists.right![node]!)];
    const threshold = lists.threshold![node]!;
    tree.feature.push(lists.feature![node]!);
    tree.threshold.push(isCategory ? 0 : nextUp(threshold));
    // Listed codes go left there, right here; codes not listed and missing go the other way.
    tree.left.push(isCategory ? right : left);
    tree.right.push(isCategory ? left : right);
    tree.missingLeft.push(isCategory || (missing === 2 ? (decision & 2) !== 0 : threshold >= 0) ? 1 : 0);
    tree.value.push(0);
    tree.cover.push(lists.count![node]!);
    tree.gain.push(lists.gain![node]!);
    tree.categories.push(isCategory ? codesOf(lists, threshold) : null);
  }
  lists.leafValue!.forEach((value, leaf) => {
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.missingLeft.push(0);
    tree.value.push(value);
    tree.cover.push(lists.leafCount![leaf]!);
    tree.gain.push(0);
    tree.categories.push(null);
  });
  return tree;
}

/** Codes whose bit is set in the `which`-th bit set. */
function codesOf(lists: Lists, which: number): number[] {
  const words = lists.bits!.slice(lists.boundaries![which]!, lists.boundaries![which + 1]!);
  return words.flatMap((word, w) =>
    Array.from({ length: 32 }, (_, bit) => bit).flatMap((bit) => ((word >>> bit) & 1 ? [32 * w + bit] : [])),
  );
}

/** The smallest number above `value`, which turns `x ≤ value` into `x < nextUp(value)`. */
function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
