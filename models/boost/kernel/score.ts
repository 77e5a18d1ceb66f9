import type { Matrix } from '../matrix.ts';
import type { BoostModel, BoostTree } from '../model.ts';
import { CONTROL, Crew, OPERATION, TILE_BYTES } from './crew.ts';
import { Arena, kernelModule } from './memory.ts';

const ROWS_A_TASK = 4096;
const NODE_BYTES = 16;

/** Sum of the trees for every row, on the kernel, added in the order of the trees as the plain twin does; null where the kernel cannot: no
 *  WebAssembly here, splits on categories, or more features than a thread's scratch holds eight rows of.
 *  @param matrix  columns in the order of the model's features */
export function scoreOnKernel(model: BoostModel, matrix: Matrix, threads: number): Float64Array | null {
  const module = kernelModule();
  const used = usedFeatures(model);
  const perTile = Math.min(64, Math.floor(TILE_BYTES / (8 * Math.max(1, used.length)) / 8) * 8);
  if (module === null || perTile < 8 || model.trees.some((tree) => tree.categories.some((list) => list !== null)))
    return null;
  const arena = new Arena();
  arena.take(256);
  const crew = new Crew(arena, module, threads);
  try {
    const size = matrix.values.BYTES_PER_ELEMENT;
    const valuesAt = arena.take(Math.max(1, used.length) * matrix.rows * size);
    const outAt = arena.take(8 * matrix.rows + 64);
    const jobAt = arena.take(64);
    const forest = layTrees(arena, model.trees, used);
    used.forEach((feature, i) => {
      const column = matrix.values.subarray(feature * matrix.rows, (feature + 1) * matrix.rows);
      arena.numbers(valuesAt + i * matrix.rows * size, matrix.rows, size).set(column);
    });
    const job = [
      valuesAt,
      size,
      matrix.rows,
      used.length,
      forest.nodesAt,
      forest.treesAt,
      model.trees.length,
      forest.leavesAt,
      outAt,
      perTile,
    ];
    arena.words(jobAt, 12).set([...job, ROWS_A_TASK, model.precision === 'float32' ? 1 : 0]);
    crew.control[CONTROL.jobs] = jobAt;
    crew.run(OPERATION.score, Math.ceil(matrix.rows / ROWS_A_TASK));
    return Float64Array.from(arena.doubles(outAt, matrix.rows));
  } finally {
    crew.close();
  }
}

function usedFeatures(model: BoostModel): number[] {
  const used = new Set(model.trees.flatMap((tree) => tree.feature));
  used.delete(-1);
  return [...used].sort((a, b) => a - b);
}

/** Trees as the kernel walks them: nodes renumbered so that siblings are neighbours. */
function layTrees(
  arena: Arena,
  trees: readonly BoostTree[],
  used: readonly number[],
): { nodesAt: number; leavesAt: number; treesAt: number } {
  const total = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const nodesAt = arena.take(NODE_BYTES * total);
  const leavesAt = arena.take(8 * total);
  const treesAt = arena.take(12 * trees.length);
  const [thresholds, words] = [arena.doubles(nodesAt, 2 * total), arena.words(nodesAt, 4 * total)];
  const leaves = arena.doubles(leavesAt, total);
  const table = arena.words(treesAt, 3 * trees.length);
  const place = new Map(used.map((feature, i) => [feature, i]));
  let first = 0;
  trees.forEach((tree, t) => {
    let next = 1;
    let [shallow, deep] = [Infinity, 0];
    const lay = (node: number, at: number, depth: number): void => {
      const feature = tree.feature[node]!;
      const slot = first + at;
      if (feature < 0) {
        thresholds[2 * slot] = NaN;
        words.set([0, at], 4 * slot + 2);
        leaves[slot] = tree.value[node]!;
        shallow = Math.min(shallow, depth);
        deep = Math.max(deep, depth);
        return;
      }
      const child = next;
      next += 2;
      thresholds[2 * slot] = tree.threshold[node]!;
      words.set([place.get(feature)! * 16 + (tree.missingLeft[node] === 1 ? 0 : 1), child], 4 * slot + 2);
      lay(tree.left[node]!, child, depth + 1);
      lay(tree.right[node]!, child + 1, depth + 1);
    };
    lay(0, 0, 0);
    table.set([first, shallow, deep], 3 * t);
    first += tree.feature.length;
  });
  return { nodesAt, leavesAt, treesAt };
}
