import type { Matrix } from '../matrix.ts';
import { assignBins, type FeatureBins } from '../binning.ts';
import { CONTROL, OPERATION, type Crew } from './crew.ts';
import type { Arena } from './memory.ts';

/** Some features' bins side by side for every row: one load brings in a row's eight (or four) bins. */
export interface BinBlock {
  readonly at: number;
  /** Bytes a row: 8 or 4; places without a feature hold 0. */
  readonly width: 4 | 8;
  readonly first: number;
  readonly features: number;
}

/** Lays out blocks of eight features; a rest of four or fewer takes four bytes. */
export function layBlocks(arena: Arena, rows: number, features: number): BinBlock[] {
  const blocks: BinBlock[] = [];
  for (let first = 0; first < features; first += 8) {
    const count = Math.min(8, features - first);
    const width = count <= 4 ? 4 : 8;
    blocks.push({ at: arena.take(rows * width), width, first, features: count });
  }
  return blocks;
}

/** Fills the blocks, a block at a time, one task a feature; categories by the plain twin. */
export function fillBlocks(
  arena: Arena,
  crew: Crew,
  blocks: readonly BinBlock[],
  of: { matrix: Matrix; features: readonly FeatureBins[] },
): void {
  const { matrix, features } = of;
  const size = matrix.values.BYTES_PER_ELEMENT;
  const scratch = arena.take(8 * matrix.rows * size);
  const cutsAt = arena.take(8 * 256 * 8);
  const jobsAt = arena.take(8 * 64);
  crew.control[CONTROL.jobs] = jobsAt;
  for (const block of blocks) {
    const jobs = arena.words(jobsAt, 8 * 16);
    let tasks = 0;
    for (let lane = 0; lane < block.features; lane++) {
      const feature = block.first + lane;
      const { cuts } = features[feature]!;
      const column = matrix.values.subarray(feature * matrix.rows, (feature + 1) * matrix.rows);
      if (cuts === null) {
        const out = arena.bytes(block.at, matrix.rows * block.width);
        assignBins(column, features[feature]!, { out, offset: lane, stride: block.width });
        continue;
      }
      const valuesAt = scratch + lane * matrix.rows * size;
      if (size === 4) new Float32Array(arena.memory.buffer, valuesAt, matrix.rows).set(column);
      else arena.doubles(valuesAt, matrix.rows).set(column);
      arena.doubles(cutsAt + lane * 2048, cuts.length).set(cuts);
      jobs.set(
        [valuesAt, size, matrix.rows, cutsAt + lane * 2048, cuts.length, block.at + lane, block.width],
        tasks * 16,
      );
      tasks++;
    }
    crew.run(OPERATION.bin, tasks);
  }
}
