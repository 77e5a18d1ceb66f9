import type { FeatureBins } from './binning.ts';
import { leafScore, leafValue, scoreAt, type Penalty } from './gain.ts';
import type { Histogram } from './histogram.ts';

/** A way to part a node's rows in two. */
export interface Split {
  readonly feature: number;
  readonly gain: number;
  /** Numbers: bins ≤ this go left. */
  readonly bin: number;
  /** Categories: 1 for each bin that goes right; null for a number. */
  readonly goesRight: Uint8Array | null;
  readonly missingLeft: boolean;
  readonly leftG: number;
  readonly leftH: number;
  readonly rightG: number;
  readonly rightH: number;
}

/** What the search needs to know of the node. */
export interface NodeSums {
  readonly g: number;
  readonly h: number;
  /** Bounds on leaf values from monotone splits above. */
  readonly low: number;
  readonly high: number;
}

/** Limits common to all splits of a run. */
export interface SplitLimits extends Penalty {
  readonly gamma: number;
  readonly minChildWeight: number;
  readonly categorySmoothing: number;
  readonly categoryLambda: number;
}

/** Below this a gain is rounding. */
const LEAST_GAIN = 1e-9;
/** Least hessian on a side: what subtraction leaves in an empty bin is far below it. */
export const LEAST_HESSIAN = 1e-10;

/** The best cut of a number that a scan has met; `score` is −∞ when it met none. */
export interface FoundCut {
  score: number;
  bin: number;
  missingLeft: boolean;
  leftG: number;
  leftH: number;
}

/** One feature at one node. */
export interface SplitSearch {
  readonly feature: number;
  readonly bins: FeatureBins;
  readonly monotone: number;
  readonly node: NodeSums;
  readonly limits: SplitLimits;
}

/** The best split of one feature, or null. Ties: the lowest bin, then missing to the right. */
export function bestSplit(histogram: Histogram, start: number, of: SplitSearch): Split | null {
  return of.bins.codes === null ? bestNumber(histogram, start, of) : bestCategory(histogram, start, of);
}

/** Whether nothing but penalties bears on the values of a split of this feature. */
export function isFree(of: SplitSearch): boolean {
  return of.monotone === 0 && of.node.low === -Infinity && of.node.high === Infinity;
}

function bestNumber(histogram: Histogram, start: number, of: SplitSearch): Split | null {
  const missing = 2 * (start + of.bins.bins);
  const missingH = histogram[missing + 1]!;
  const found: FoundCut = { score: -Infinity, bin: -1, missingLeft: false, leftG: 0, leftH: 0 };
  const scan = isFree(of) ? scanFree : scanBound;
  scan(histogram, start, of, found, 0, 0, false);
  const some = of.bins.hasMissing && missingH > LEAST_HESSIAN;
  if (some) scan(histogram, start, of, found, histogram[missing]!, missingH, true);
  return splitAt(found, some, of);
}

/** The split that a scan found, if its gain suffices. Where no row of the node is missing, missing follows the heavier side. */
export function splitAt(found: FoundCut, someMissing: boolean, of: SplitSearch): Split | null {
  const { node, limits } = of;
  if (found.score === -Infinity) return null;
  const parent = isFree(of) ? leafScore(node.g, node.h, limits) : boundScore(node.g, node.h, of);
  const gain = found.score - parent;
  if (!(gain > Math.max(limits.gamma, LEAST_GAIN))) return null;
  const rightH = node.h - found.leftH;
  return {
    feature: of.feature,
    gain,
    bin: found.bin,
    goesRight: null,
    missingLeft: someMissing ? found.missingLeft : found.leftH >= rightH,
    leftG: found.leftG,
    leftH: found.leftH,
    rightG: node.g - found.leftG,
    rightH,
  };
}

function scanFree(
  histogram: Histogram,
  start: number,
  of: SplitSearch,
  found: FoundCut,
  fromG: number,
  fromH: number,
  missingLeft: boolean,
): void {
  const { node, limits } = of;
  const least = Math.max(limits.minChildWeight, LEAST_HESSIAN);
  // Bins up to the last are candidates; the last only parts "present" from "missing right".
  const last = of.bins.bins - (missingLeft || !of.bins.partsMissing ? 1 : 0);
  let g = fromG;
  let h = fromH;
  for (let bin = 0; bin < last; bin++) {
    const cell = 2 * (start + bin);
    // A bin without rows offers the cut of the bin before it again.
    if (histogram[cell + 1] === 0) continue;
    g += histogram[cell]!;
    h += histogram[cell + 1]!;
    if (h < least) continue;
    const rightH = node.h - h;
    if (rightH < least) break;
    const score = leafScore(g, h, limits) + leafScore(node.g - g, rightH, limits);
    if (score > found.score) set(found, score, bin, missingLeft, g, h);
  }
}

function scanBound(
  histogram: Histogram,
  start: number,
  of: SplitSearch,
  found: FoundCut,
  fromG: number,
  fromH: number,
  missingLeft: boolean,
): void {
  const { node, limits, monotone } = of;
  const least = Math.max(limits.minChildWeight, LEAST_HESSIAN);
  const last = of.bins.bins - (missingLeft || !of.bins.partsMissing ? 1 : 0);
  let g = fromG;
  let h = fromH;
  for (let bin = 0; bin < last; bin++) {
    const cell = 2 * (start + bin);
    g += histogram[cell]!;
    h += histogram[cell + 1]!;
    const rightH = node.h - h;
    if (h < least || rightH < least) continue;
    const left = leafValue(g, h, limits, node.low, node.high);
    const right = leafValue(node.g - g, rightH, limits, node.low, node.high);
    if (monotone * (right - left) < 0) continue;
    const score = scoreAt(left, g, h, limits) + scoreAt(right, node.g - g, rightH, limits);
    if (score > found.score) set(found, score, bin, missingLeft, g, h);
  }
}

function set(found: FoundCut, score: number, bin: number, missingLeft: boolean, leftG: number, leftH: number): void {
  found.score = score;
  found.bin = bin;
  found.missingLeft = missingLeft;
  found.leftG = leftG;
  found.leftH = leftH;
}

function boundScore(g: number, h: number, of: SplitSearch): number {
  return scoreAt(leafValue(g, h, of.limits, of.node.low, of.node.high), g, h, of.limits);
}

/** Categories, missing among them, in order of g / h; the best cut of that order is the best of all subsets when no smoothing or
 *  penalty is added. @source Fisher 1958; Breiman et al. 1984, §9.4 */
function bestCategory(histogram: Histogram, start: number, of: SplitSearch): Split | null {
  const { node, bins, limits } = of;
  const all = bins.bins + 1;
  const present: number[] = [];
  const order = new Float64Array(all);
  for (let bin = 0; bin < all; bin++) {
    const h = histogram[2 * (start + bin) + 1]!;
    if (h <= LEAST_HESSIAN) continue;
    present.push(bin);
    order[bin] = histogram[2 * (start + bin)]! / (h + limits.categorySmoothing);
  }
  present.sort((a, b) => order[a]! - order[b]! || a - b);
  const penalty = { lambda: limits.lambda + limits.categoryLambda, alpha: limits.alpha };
  const least = Math.max(limits.minChildWeight, LEAST_HESSIAN);
  let best = -Infinity;
  let cut = -1;
  let [g, h, leftG, leftH] = [0, 0, 0, 0];
  for (let i = 0; i + 1 < present.length; i++) {
    g += histogram[2 * (start + present[i]!)]!;
    h += histogram[2 * (start + present[i]!) + 1]!;
    if (h < least || node.h - h < least) continue;
    const left = leafValue(g, h, penalty, node.low, node.high);
    const right = leafValue(node.g - g, node.h - h, penalty, node.low, node.high);
    const gain = scoreAt(left, g, h, penalty) + scoreAt(right, node.g - g, node.h - h, penalty);
    if (gain > best) [best, cut, leftG, leftH] = [gain, i, g, h];
  }
  if (cut < 0) return null;
  const gain = best - scoreAt(leafValue(node.g, node.h, penalty, node.low, node.high), node.g, node.h, penalty);
  if (!(gain > Math.max(limits.gamma, LEAST_GAIN))) return null;
  const heavierLeft = leftH >= node.h - leftH;
  const goesRight = new Uint8Array(all).fill(heavierLeft ? 0 : 1);
  present.forEach((bin, i) => (goesRight[bin] = i <= cut ? 0 : 1));
  return {
    feature: of.feature,
    gain,
    bin: -1,
    goesRight,
    missingLeft: goesRight[bins.bins] === 0,
    leftG,
    leftH,
    rightG: node.g - leftG,
    rightH: node.h - leftH,
  };
}
