import { assignBins, type FeatureBins } from '../binning.ts';
import type { Matrix } from '../matrix.ts';
import { CONTROL, OPERATION, type Crew } from './crew.ts';
import type { Arena } from './memory.ts';

/** Up to eight features whose bins lie side by side in a row of their group: one load brings them all in. */
export interface BinBlock {
  readonly group: number;
  /** Bytes from the start of the group's row. */
  readonly place: number;
  /** 8 or 4 bytes; those without a feature hold 0. */
  readonly width: 4 | 8;
  readonly first: number;
  readonly features: number;
}

/** Blocks that one thread counts together, stored row after row, so that a row costs one cache line. */
export interface BinGroup {
  readonly at: number;
  /** Bytes a row: 8, or a multiple of 16 up to 64. */
  readonly stride: number;
  readonly firstBlock: number;
  readonly blocks: number;
}

/** The bins of a matrix in shared memory. */
export interface BinLayout {
  readonly blocks: readonly BinBlock[];
  readonly groups: readonly BinGroup[];
  /** The same bins column after column: parting rows by one feature reads them from a place that a cache holds. */
  readonly columnsAt: number;
  readonly rows: number;
}

const BLOCK = 8;
const MOST_BLOCKS = 8;

/** Deals features to blocks of eight (a rest of up to four takes four bytes) and blocks to groups: as many groups as threads, or a multiple,
 *  as far as there are blocks. What a group holds does not show in any result. */
export function layOut(arena: Arena, of: { rows: number; features: number; threads: number }): BinLayout {
  const count = Math.ceil(of.features / BLOCK);
  const rounds = Math.ceil(count / (MOST_BLOCKS * of.threads));
  const groupCount = Math.min(count, rounds * of.threads);
  const blocks: BinBlock[] = [];
  const groups: BinGroup[] = [];
  for (let g = 0; g < groupCount; g++) {
    const firstBlock = Math.floor((g * count) / groupCount);
    const end = Math.floor(((g + 1) * count) / groupCount);
    let place = 0;
    for (let b = firstBlock; b < end; b++) {
      const features = Math.min(BLOCK, of.features - b * BLOCK);
      const width = features <= 4 ? 4 : 8;
      blocks.push({ group: g, place, width, first: b * BLOCK, features });
      place += width;
    }
    const stride = place <= 8 ? 8 : Math.ceil(place / 16) * 16;
    groups.push({ at: arena.take(of.rows * stride), stride, firstBlock, blocks: end - firstBlock });
  }
  return { blocks, groups, columnsAt: arena.take(of.rows * of.features), rows: of.rows };
}

/** Fills the blocks, a block at a time, one task a feature; categories by the plain twin. */
export function fillBlocks(
  arena: Arena,
  crew: Crew,
  of: { layout: BinLayout; matrix: Matrix; features: readonly FeatureBins[] },
): void {
  const { matrix, features, layout } = of;
  const size = matrix.values.BYTES_PER_ELEMENT;
  const scratch = arena.take(BLOCK * matrix.rows * size);
  const cutsAt = arena.take(BLOCK * 256 * 8);
  const jobsAt = arena.take(BLOCK * 64);
  const jobs = arena.words(jobsAt, BLOCK * 16);
  crew.control[CONTROL.jobs] = jobsAt;
  for (const block of layout.blocks) {
    const group = layout.groups[block.group]!;
    let tasks = 0;
    for (let lane = 0; lane < block.features; lane++) {
      const feature = block.first + lane;
      const { cuts } = features[feature]!;
      const column = matrix.values.subarray(feature * matrix.rows, (feature + 1) * matrix.rows);
      if (cuts === null) {
        const out = arena.bytes(group.at, matrix.rows * group.stride);
        assignBins(column, features[feature]!, { out, offset: block.place + lane, stride: group.stride });
        const whole = arena.bytes(layout.columnsAt + feature * matrix.rows, matrix.rows);
        assignBins(column, features[feature]!, { out: whole, offset: 0, stride: 1 });
        continue;
      }
      const valuesAt = scratch + lane * matrix.rows * size;
      arena.numbers(valuesAt, matrix.rows, size).set(column);
      arena.doubles(cutsAt + lane * 2048, cuts.length).set(cuts);
      const out = group.at + block.place + lane;
      const whole = layout.columnsAt + feature * matrix.rows;
      jobs.set([valuesAt, size, matrix.rows, cutsAt + lane * 2048, cuts.length, out, group.stride, whole], tasks * 16);
      tasks++;
    }
    crew.run(OPERATION.bin, tasks);
  }
}
