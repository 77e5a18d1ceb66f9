import type { NodeSums, Split } from './split.ts';

/** A node as the engine sees it: its rows, sums, and where its histogram is or will be. */
export interface EngineNode extends NodeSums {
  readonly begin: number;
  readonly end: number;
  /** Handle from {@link Engine.takeSlot}. */
  readonly slot: number;
  /** Features to search, ascending; null: no split is wanted. */
  readonly columns: Int32Array | null;
}

/** A pair of siblings: the small one's histogram is counted; the large one's slot holds the parent's, from which the small one's is taken off. */
export interface SearchJob {
  readonly small: EngineNode;
  readonly large: EngineNode | null;
}

/** Does the heavy loops of training. There is a plain one and one on WebAssembly; both give the same bits. */
export interface Engine {
  /** Row numbers in the order of the tree's leaves; write the rows to grow on before a tree. */
  readonly rows: Int32Array;
  readonly margins: Float64Array;
  /** Interleaved first and second derivatives of every row. */
  readonly gradients: Float64Array;
  fillGradients(): void;
  /** Writes 0 … n − 1 to `rows`. */
  allRows(): void;
  /** Sums of g and h over the first `count` of `rows`, in their order. */
  sumRows(count: number): readonly [number, number];
  takeSlot(): number;
  freeSlot(slot: number): void;
  /** Counts and searches; the best split of each job's small and large node. @param columns  features of the tree, ascending */
  search(jobs: readonly SearchJob[], columns: Int32Array): (readonly [Split | null, Split | null])[];
  /** Parts the rows of nodes; where each right side begins. */
  partition(jobs: readonly { readonly begin: number; readonly end: number; readonly split: Split }[]): number[];
  /** Adds values to the margins of rows. */
  addLeaves(leaves: readonly { readonly begin: number; readonly end: number; readonly value: number }[]): void;
  close(): void;
}

/** What an engine is made from. */
export interface EngineInput {
  readonly labels: ArrayLike<number>;
  readonly weights: Float64Array;
  readonly base: number;
  readonly monotone: Int8Array;
}
