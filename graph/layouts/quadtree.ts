/** Points summarised by squares within squares, for forces between far-away groups. Numbers only, no objects: rebuilt at every step. */
export interface Quadtree {
  /** Cell → its four children (index of the first), 0 = a leaf. */
  readonly child: Int32Array;
  /** Cell → summed mass, and its centre. */
  readonly mass: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Cell → side of its square. */
  readonly side: Float64Array;
  /** Cell → first point of a leaf, −1 = none; points of one leaf are chained by `next`. */
  readonly point: Int32Array;
  readonly next: Int32Array;
}

/** Builds the tree of all points: O(n log n), 64 bytes a cell, at most 16 cells a point. Where points crowd and no cell is left, they share a leaf. */
export function quadtree(x: Float64Array, y: Float64Array, mass: Float64Array): Quadtree {
  const n = x.length;
  let left = Infinity;
  let right = -Infinity;
  let bottom = Infinity;
  let top = -Infinity;
  for (let i = 0; i < n; i++) {
    left = Math.min(left, x[i]!);
    right = Math.max(right, x[i]!);
    bottom = Math.min(bottom, y[i]!);
    top = Math.max(top, y[i]!);
  }
  const tree = _roomFor(n);
  tree.side[0] = Math.max(right - left, top - bottom, 1e-9);
  tree.midX[0] = (left + right) / 2;
  tree.midY[0] = (bottom + top) / 2;
  let cells = 1;
  for (let i = 0; i < n; i++) cells = _insert(tree, i, x, y, cells);
  _summarise(tree, { x, y, mass }, cells);
  return tree;
}

interface _Tree extends Quadtree {
  readonly midX: Float64Array;
  readonly midY: Float64Array;
}

function _roomFor(points: number): _Tree {
  const cells = 16 * points + 64;
  return {
    child: new Int32Array(cells),
    mass: new Float64Array(cells),
    x: new Float64Array(cells),
    y: new Float64Array(cells),
    side: new Float64Array(cells),
    midX: new Float64Array(cells),
    midY: new Float64Array(cells),
    point: new Int32Array(cells).fill(-1),
    next: new Int32Array(points).fill(-1),
  };
}

function _insert(tree: _Tree, i: number, x: Float64Array, y: Float64Array, cells: number): number {
  let cell = 0;
  let used = cells;
  for (;;) {
    if (tree.child[cell] !== 0) {
      cell = tree.child[cell]! + _quarter(tree, cell, x[i]!, y[i]!);
      continue;
    }
    const held = tree.point[cell]!;
    if (held === -1 || used + 4 > tree.child.length) {
      tree.next[i] = held;
      tree.point[cell] = i;
      return used;
    }
    used = _split(tree, cell, used);
    tree.point[tree.child[cell]! + _quarter(tree, cell, x[held]!, y[held]!)] = held;
    tree.point[cell] = -1;
    cell = tree.child[cell]! + _quarter(tree, cell, x[i]!, y[i]!);
  }
}

function _quarter(tree: _Tree, cell: number, x: number, y: number): number {
  return (x >= tree.midX[cell]! ? 1 : 0) + (y >= tree.midY[cell]! ? 2 : 0);
}

function _split(tree: _Tree, cell: number, cells: number): number {
  const half = tree.side[cell]! / 2;
  tree.child[cell] = cells;
  for (let q = 0; q < 4; q++) {
    tree.side[cells + q] = half;
    tree.midX[cells + q] = tree.midX[cell]! + ((q & 1) === 1 ? half : -half) / 2;
    tree.midY[cells + q] = tree.midY[cell]! + ((q & 2) === 2 ? half : -half) / 2;
  }
  return cells + 4;
}

/** Children come after their parents, so one pass backwards sums them. */
function _summarise(
  tree: _Tree,
  points: { readonly x: Float64Array; readonly y: Float64Array; readonly mass: Float64Array },
  cells: number,
): void {
  for (let cell = cells - 1; cell >= 0; cell--) {
    let mass = 0;
    let x = 0;
    let y = 0;
    if (tree.child[cell] === 0) {
      for (let i = tree.point[cell]!; i !== -1; i = tree.next[i]!) {
        mass += points.mass[i]!;
        x += points.mass[i]! * points.x[i]!;
        y += points.mass[i]! * points.y[i]!;
      }
    } else {
      for (let c = tree.child[cell]!; c < tree.child[cell]! + 4; c++) {
        mass += tree.mass[c]!;
        x += tree.mass[c]! * tree.x[c]!;
        y += tree.mass[c]! * tree.y[c]!;
      }
    }
    tree.mass[cell] = mass;
    tree.x[cell] = mass === 0 ? 0 : x / mass;
    tree.y[cell] = mass === 0 ? 0 : y / mass;
  }
}
