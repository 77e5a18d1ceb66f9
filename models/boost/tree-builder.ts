import type { FeatureBins } from './binning.ts';
import type { BoostTree } from './model.ts';
import type { Split } from './split.ts';

/** A tree while it grows: nodes are added in the order in which they are split off. */
export class TreeBuilder {
  private readonly features: readonly FeatureBins[];
  readonly tree: BoostTree = {
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

  constructor(features: readonly FeatureBins[]) {
    this.features = features;
  }

  /** Adds a leaf and returns its number. */
  addLeaf(value: number, cover: number): number {
    const { tree } = this;
    tree.feature.push(-1);
    tree.threshold.push(0);
    tree.left.push(-1);
    tree.right.push(-1);
    tree.missingLeft.push(0);
    tree.value.push(value);
    tree.cover.push(cover);
    tree.gain.push(0);
    tree.categories.push(null);
    return tree.feature.length - 1;
  }

  /** Turns a leaf into a split with the two given children. */
  split(node: number, split: Split, children: readonly [number, number]): void {
    const { tree } = this;
    const bins = this.features[split.feature]!;
    tree.feature[node] = split.feature;
    tree.threshold[node] = bins.cuts === null ? 0 : (bins.cuts[split.bin] ?? Number.MAX_VALUE);
    [tree.left[node], tree.right[node]] = children;
    tree.missingLeft[node] = split.missingLeft ? 1 : 0;
    tree.gain[node] = split.gain;
    if (bins.codes !== null) {
      const right = bins.codes.flatMap((codes, bin) => (split.goesRight![bin] === 1 ? codes : []));
      tree.categories[node] = right.sort((a, b) => a - b);
    }
  }
}
