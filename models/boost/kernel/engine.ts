import { describeBins, type FeatureBins } from '../binning.ts';
import type { Engine, EngineInput, EngineNode, SearchJob } from '../engine.ts';
import { histogramStarts } from '../histogram.ts';
import type { Matrix } from '../matrix.ts';
import type { BoostOptions } from '../options.ts';
import { rightByBin } from '../partition.ts';
import { bestSplit, isFree, LEAST_HESSIAN, splitAt, type Split, type SplitSearch } from '../split.ts';
import { fillBlocks, layOut, type BinLayout } from './bin-blocks.ts';
import { CONTROL, Crew, OPERATION } from './crew.ts';
import { Arena } from './memory.ts';
import type { WasmModule } from './webassembly.ts';

/** Rows a task of the gradient loop takes; CHUNK in kernel.as. */
const CHUNK = 8192;
const CELL = 16;
const RESULT_DOUBLES = 5;
const [HAS_MISSING, PARTS_MISSING, SEARCHED] = [1, 2, 4];

/** The engine on WebAssembly SIMD and shared memory. Each histogram cell is summed by one thread in row order, so the number of
 *  threads leaves no mark on the result. Features with categories or monotone bounds are counted by the kernel and searched by its plain twin. */
export class KernelEngine implements Engine {
  readonly features: readonly FeatureBins[];
  readonly rows: Int32Array;
  readonly margins: Float64Array;
  readonly gradients: Float64Array;
  private readonly arena = new Arena();
  private readonly crew: Crew;
  private readonly layout: BinLayout;
  private readonly identity: Int32Array;
  private readonly starts: Int32Array;
  private readonly input: EngineInput;
  private readonly options: BoostOptions;
  private readonly rowCount: number;
  private readonly slots: number[] = [];
  private readonly free: number[] = [];
  private jobsAt = 0;
  private jobRoom = 0;
  private masksAt = 0;
  private resultsAt = 0;
  private lookupsAt = 0;

  constructor(matrix: Matrix, input: EngineInput, of: { options: BoostOptions; module: WasmModule; threads: number }) {
    const { arena } = this;
    this.input = input;
    this.options = of.options;
    this.rowCount = matrix.rows;
    arena.take(256);
    this.crew = new Crew(arena, of.module, of.threads);
    this.features = describeBins(matrix, of.options.maxBins);
    this.starts = histogramStarts(this.features);
    this.layout = layOut(arena, { rows: matrix.rows, features: this.features.length, threads: of.threads });
    fillBlocks(arena, this.crew, { layout: this.layout, matrix, features: this.features });
    const even = matrix.rows + (matrix.rows % 2);
    const { control } = this.crew;
    const place = (word: number, bytes: number): number => (control[word] = arena.take(bytes));
    this.rows = arena.words(place(CONTROL.rows, 4 * matrix.rows + 4), matrix.rows);
    place(CONTROL.spare, 4 * matrix.rows + 4);
    this.gradients = arena.doubles(place(CONTROL.gradients, 16 * even), 2 * matrix.rows);
    this.margins = arena.doubles(place(CONTROL.margins, 8 * even), matrix.rows).fill(input.base);
    arena.doubles(place(CONTROL.labels, 8 * even), matrix.rows).set(Float64Array.from(input.labels));
    arena.doubles(place(CONTROL.weights, 8 * even), matrix.rows).set(input.weights);
    control[CONTROL.rowCount] = matrix.rows;
    control[CONTROL.objective] = of.options.objective === 'logistic' ? 1 : 0;
    this.crew.penalties.set([of.options.lambda, of.options.alpha, Math.max(of.options.minChildWeight, LEAST_HESSIAN)]);
    this.writeFeatures();
    this.writeBlocks();
    this.identity = Int32Array.from({ length: matrix.rows }, (_, row) => row);
    this.makeRoom(8);
  }

  fillGradients(): void {
    this.crew.run(OPERATION.gradients, Math.ceil(this.rowCount / CHUNK));
  }

  allRows(): void {
    this.rows.set(this.identity);
  }

  sumRows(count: number): readonly [number, number] {
    const words = this.arena.words(this.jobsAt, 2);
    words.set([0, count]);
    this.crew.control[CONTROL.jobs] = this.jobsAt;
    this.crew.run(OPERATION.sumRows, 1);
    const [g, h] = this.arena.doubles(this.jobsAt + 32, 2);
    return [g!, h!];
  }

  takeSlot(): number {
    const slot = this.free.pop();
    if (slot !== undefined) return slot;
    // One cell more: places of a block without a feature add up there.
    return this.slots.push(this.arena.take((this.starts[this.features.length]! + 1) * CELL)) - 1;
  }

  freeSlot(slot: number): void {
    this.free.push(slot);
  }

  search(jobs: readonly SearchJob[], columns: Int32Array): (readonly [Split | null, Split | null])[] {
    this.makeRoom(jobs.length);
    this.activate(columns);
    const stride = this.features.length;
    const words = this.arena.words(this.jobsAt, 16 * jobs.length);
    const doubles = this.arena.doubles(this.jobsAt, 8 * jobs.length);
    jobs.forEach(({ small, large }, i) => {
      const masks = [small, large].map((node, side) => this.writeMask(node, 2 * i + side));
      const results = this.resultsAt + 2 * i * stride * 8 * RESULT_DOUBLES;
      const largeAt = large === null ? 0 : this.slots[large.slot]!;
      words.set([small.begin, small.end, this.slots[small.slot]!, largeAt, masks[0]!, masks[1]!, results], 16 * i);
      words[16 * i + 7] = results + stride * 8 * RESULT_DOUBLES;
      doubles.set([small.g, small.h, large?.g ?? 0, large?.h ?? 0], 8 * i + 4);
    });
    this.crew.control[CONTROL.jobs] = this.jobsAt;
    this.crew.run(OPERATION.search, jobs.length * this.layout.groups.length);
    return jobs.map(
      ({ small, large }, i) => [this.best(small, 2 * i), large === null ? null : this.best(large, 2 * i + 1)] as const,
    );
  }

  partition(jobs: readonly { readonly begin: number; readonly end: number; readonly split: Split }[]): number[] {
    this.makeRoom(jobs.length);
    const words = this.arena.words(this.jobsAt, 16 * jobs.length);
    jobs.forEach(({ begin, end, split }, i) => {
      const lookup = this.lookupsAt + 256 * i;
      this.arena.bytes(lookup, 256).set(rightByBin(this.features, split));
      words.set([begin, end, this.layout.columnsAt + split.feature * this.rowCount, 0, lookup], 16 * i);
    });
    this.crew.control[CONTROL.jobs] = this.jobsAt;
    this.crew.run(OPERATION.partition, jobs.length);
    return jobs.map((_, i) => words[16 * i + 5]!);
  }

  addLeaves(leaves: readonly { readonly begin: number; readonly end: number; readonly value: number }[]): void {
    this.makeRoom(leaves.length);
    const words = this.arena.words(this.jobsAt, 16 * leaves.length);
    const doubles = this.arena.doubles(this.jobsAt, 8 * leaves.length);
    leaves.forEach(({ begin, end, value }, i) => {
      words.set([begin, end], 16 * i);
      doubles[8 * i + 4] = value;
    });
    this.crew.control[CONTROL.jobs] = this.jobsAt;
    this.crew.run(OPERATION.addLeaf, leaves.length);
  }

  close(): void {
    this.crew.close();
  }

  private best(node: EngineNode, which: number): Split | null {
    if (node.columns === null) return null;
    const stride = this.features.length * RESULT_DOUBLES;
    const results = this.arena.doubles(this.resultsAt + which * stride * 8, stride);
    const slot = this.slots[node.slot]!;
    const histogram = this.arena.doubles(slot, 2 * this.starts[this.features.length]!);
    let found: Split | null = null;
    for (const feature of node.columns) {
      const bins = this.features[feature]!;
      const of: SplitSearch = { feature, bins, monotone: this.input.monotone[feature]!, node, limits: this.options };
      const split =
        this.isSearched(feature) && isFree(of)
          ? this.fromKernel(results, histogram, of)
          : bestSplit(histogram, this.starts[feature]!, of);
      if (split !== null && (found === null || split.gain > found.gain)) found = split;
    }
    return found;
  }

  private fromKernel(results: Float64Array, histogram: Float64Array, of: SplitSearch): Split | null {
    const at = of.feature * RESULT_DOUBLES;
    const missingH = histogram[2 * (this.starts[of.feature]! + of.bins.bins) + 1]!;
    const found = {
      score: results[at]!,
      bin: results[at + 1]!,
      missingLeft: results[at + 2] === 1,
      leftG: results[at + 3]!,
      leftH: results[at + 4]!,
    };
    return splitAt(found, of.bins.hasMissing && missingH > LEAST_HESSIAN, of);
  }

  private isSearched(feature: number): boolean {
    return this.features[feature]!.codes === null && this.input.monotone[feature] === 0;
  }

  /** Writes which features the kernel searches for a node; the address of the list, or 0 when it searches all. */
  private writeMask(node: EngineNode | null, which: number): number {
    const all = this.features.length;
    const bounded = node !== null && (node.low !== -Infinity || node.high !== Infinity);
    if (node !== null && !bounded && node.columns?.length === all) return 0;
    const at = this.masksAt + which * all;
    const mask = this.arena.bytes(at, all).fill(0);
    if (node !== null && !bounded) for (const feature of node.columns ?? []) mask[feature] = 1;
    return at;
  }

  /** A block without a feature of the tree is not counted: its width says so. */
  private activate(columns: Int32Array): void {
    const active = new Uint8Array(this.layout.blocks.length);
    for (const feature of columns) active[feature >> 3] = 1;
    const words = this.arena.words(this.crew.control[CONTROL.blocks]!, 12 * this.layout.blocks.length);
    this.layout.blocks.forEach((block, b) => (words[12 * b + 1] = active[b] === 1 ? block.width : 0));
  }

  private writeFeatures(): void {
    const at = this.arena.take(12 * this.features.length);
    const words = this.arena.words(at, 3 * this.features.length);
    this.features.forEach((bins, f) => {
      const flags =
        (bins.hasMissing ? HAS_MISSING : 0) |
        (bins.partsMissing ? PARTS_MISSING : 0) |
        (this.isSearched(f) ? SEARCHED : 0);
      words.set([this.starts[f]! * CELL, bins.bins, flags], 3 * f);
    });
    this.crew.control[CONTROL.features] = at;
  }

  private writeBlocks(): void {
    const { blocks, groups } = this.layout;
    const at = this.arena.take(48 * blocks.length);
    const words = this.arena.words(at, 12 * blocks.length);
    const nowhere = this.starts[this.features.length]! * CELL;
    blocks.forEach((block, b) => {
      words.set([block.place, block.width, block.first, block.features], 12 * b);
      for (let lane = 0; lane < 8; lane++) {
        words[12 * b + 4 + lane] = lane < block.features ? this.starts[block.first + lane]! * CELL : nowhere;
      }
    });
    const groupsAt = this.arena.take(16 * groups.length);
    const groupWords = this.arena.words(groupsAt, 4 * groups.length);
    groups.forEach((group, g) => groupWords.set([group.at, group.stride, group.firstBlock, group.blocks], 4 * g));
    this.crew.control[CONTROL.blocks] = at;
    this.crew.control[CONTROL.groups] = groupsAt;
    this.crew.control[CONTROL.groupCount] = groups.length;
  }

  /** Records, masks, results and lookups for `jobs` jobs at once. */
  private makeRoom(jobs: number): void {
    if (jobs <= this.jobRoom) return;
    this.jobRoom = 2 * jobs;
    const all = this.features.length;
    this.jobsAt = this.arena.take(64 * this.jobRoom);
    this.masksAt = this.arena.take(2 * all * this.jobRoom);
    this.resultsAt = this.arena.take(2 * all * 8 * RESULT_DOUBLES * this.jobRoom);
    this.lookupsAt = this.arena.take(256 * this.jobRoom);
  }
}
