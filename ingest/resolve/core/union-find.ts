/** Disjoint sets with path halving and union by size. */
export class UnionFind {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(size: number) {
    this.#parent = Int32Array.from({ length: size }, (_x, i) => i);
    this.#size = new Int32Array(size).fill(1);
  }

  find(i: number): number {
    const p = this.#parent;
    while (p[i] !== i) i = p[i] = p[p[i]!]!;
    return i;
  }

  sizeOf(root: number): number {
    return this.#size[root]!;
  }

  /** Joins two roots and returns the new root; equal sizes keep the smaller index. */
  join(a: number, b: number): number {
    if (a === b) return a;
    const keepA = this.#size[a]! > this.#size[b]! || (this.#size[a] === this.#size[b] && a < b);
    const root = keepA ? a : b;
    const gone = keepA ? b : a;
    this.#parent[gone] = root;
    this.#size[root]! += this.#size[gone]!;
    return root;
  }

  /** Set of each member, named by its smallest member. */
  labels(): Int32Array {
    const smallest = new Map<number, number>();
    return Int32Array.from(this.#parent, (_p, i) => {
      const root = this.find(i);
      let s = smallest.get(root);
      if (s === undefined) smallest.set(root, (s = i));
      return s;
    });
  }
}
