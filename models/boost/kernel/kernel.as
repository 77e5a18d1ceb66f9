// The hot loops of the trainer, for many threads on one shared memory; compiled by build.ts into wasm.ts.
// Every loop has a plain twin in TypeScript that does the same operations in the same order, so that both give the same bits:
//   histograms  ../histogram.ts    scanNumber  ../split.ts    partition  ../partition.ts
//   gradients   ../objective.ts    addLeaf     ../plain-engine.ts    binColumn  ../binning.ts    score  ../predict.ts
// Layouts (byte offsets) are written by layout.ts.

// Control block.
const TICKET: usize = 8; // u64: op << 56 | tasks << 32 | next task
const COMPLETED: usize = 16;
const ROWS: usize = 32;
const SPARE: usize = 36;
const GRADIENTS: usize = 40;
const MARGINS: usize = 44;
const LABELS: usize = 48;
const WEIGHTS: usize = 52;
const ROW_COUNT: usize = 56;
const OBJECTIVE: usize = 60;
const BLOCKS: usize = 64;
const GROUPS: usize = 68;
const GROUP_COUNT: usize = 72;
const JOBS: usize = 76;
const FEATURES: usize = 80;
const LAMBDA: usize = 88;
const ALPHA: usize = 96;
const LEAST: usize = 104;

const CHUNK: i32 = 8192;
const LEAST_HESSIAN: f64 = 1e-10;

/** Takes tasks until there are none. A ticket holds its op and count, so that a thread that wakes late can never mix two phases up. */
export function work(control: usize, tile: usize): void {
  for (;;) {
    const ticket = atomic.add<u64>(control + TICKET, 1);
    const task = <i32>(ticket & 0xffffffff);
    const tasks = <i32>((ticket >> 32) & 0xffffff);
    if (<u32>task >= <u32>tasks) return;
    const op = <i32>(ticket >> 56);
    if (op == 1) histograms(control, task, tile);
    else if (op == 2) partition(control, task);
    else if (op == 3) gradients(control, task);
    else if (op == 4) addLeaf(control, task);
    else if (op == 5) binColumn(control, task);
    else if (op == 6) sumRows(control, task);
    else if (op == 7) score(control, task, tile);
    atomic.add<i32>(control + COMPLETED, 1);
  }
}

// ---- histograms, subtraction and split search of one group of features, for one job (a pair of siblings, or a root)

// Job record: begin, end, small, large, smallMask, largeMask, smallResult, largeResult, then f64 smallG, smallH, largeG, largeH.
// Group record: bins of row 0, bytes a row (a multiple of 16, or 8), first block, blocks.
// Block record: place in the row, width (0: no feature of this tree), first feature, features, 8 offsets of the features' cells.
// Feature record: offset of its cells, bins, flags (1 has missing, 2 may part missing, 4 searched here).

/** Rows gathered at once: their derivatives and bins are copied together, so that only the copy jumps about in memory. */
const TILE: i32 = 1024;

function histograms(control: usize, task: i32, tile: usize): void {
  const groups = load<i32>(control, GROUP_COUNT);
  const job = <usize>load<u32>(control, JOBS) + 64 * <usize>(task / groups);
  const group = <usize>load<u32>(control, GROUPS) + 16 * <usize>(task % groups);
  const firstBlock = <usize>load<u32>(control, BLOCKS) + 48 * <usize>load<u32>(group, 8);
  const lastBlock = firstBlock + 48 * <usize>load<u32>(group, 12);
  const small = <usize>load<u32>(job, 8);
  const large = <usize>load<u32>(job, 12);
  for (let block = firstBlock; block < lastBlock; block += 48) {
    if (load<u32>(block, 4) != 0) memory.fill(small + from(control, block), 0, size(control, block));
  }
  const stride = <usize>load<u32>(group, 4);
  const end = load<i32>(job, 4);
  for (let at = load<i32>(job); at < end; at += TILE) {
    const rows = min(TILE, end - at);
    gather(control, group, at, rows, tile);
    const bins = tile + 16 * TILE;
    for (let block = firstBlock; block < lastBlock; block += 48) {
      const width = load<u32>(block, 4);
      if (width == 8) fill8(tile, bins + <usize>load<u32>(block), stride, rows, block, small);
      else if (width == 4) fill4(tile, bins + <usize>load<u32>(block), stride, rows, block, small);
    }
  }
  for (let block = firstBlock; block < lastBlock; block += 48) {
    if (load<u32>(block, 4) == 0) continue;
    const first = load<i32>(block, 8);
    const count = load<i32>(block, 12);
    const features = <usize>load<u32>(control, FEATURES) + 12 * <usize>first;
    scan(control, features, first, count, small, <usize>load<u32>(job, 16), <usize>load<u32>(job, 24), load<f64>(job, 32), load<f64>(job, 40));
    if (large == 0) continue;
    subtract(large + from(control, block), small + from(control, block), size(control, block));
    scan(control, features, first, count, large, <usize>load<u32>(job, 20), <usize>load<u32>(job, 28), load<f64>(job, 48), load<f64>(job, 56));
  }
}

/** Where a block's cells begin in a histogram, and how many bytes they are. */
function from(control: usize, block: usize): usize {
  return <usize>load<u32>(<usize>load<u32>(control, FEATURES) + 12 * <usize>load<u32>(block, 8));
}

function size(control: usize, block: usize): usize {
  const last = <usize>load<u32>(control, FEATURES) + 12 * <usize>(load<u32>(block, 8) + load<u32>(block, 12) - 1);
  return <usize>load<u32>(last) + ((<usize>load<u32>(last, 4) + 1) << 4) - from(control, block);
}

function gather(control: usize, group: usize, begin: i32, rows: i32, tile: usize): void {
  const bins = <usize>load<u32>(group);
  const stride = <usize>load<u32>(group, 4);
  const gradients = <usize>load<u32>(control, GRADIENTS);
  let at = <usize>load<u32>(control, ROWS) + (<usize>begin << 2);
  const end = at + (<usize>rows << 2);
  let pair = tile;
  let out = tile + 16 * TILE;
  for (; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    v128.store(pair, v128.load(gradients + (row << 4)));
    pair += 16;
    const source = bins + row * stride;
    if (stride == 8) {
      store<u64>(out, load<u64>(source));
    } else {
      v128.store(out, v128.load(source));
      if (stride > 16) {
        v128.store(out, v128.load(source, 16), 16);
        if (stride > 32) {
          v128.store(out, v128.load(source, 32), 32);
          if (stride > 48) v128.store(out, v128.load(source, 48), 48);
        }
      }
    }
    out += stride;
  }
}

// @ts-ignore: decorator
@inline
function bump(cell: usize, pair: v128): void {
  v128.store(cell, f64x2.add(v128.load(cell), pair));
}

function fill8(pairs: usize, bins: usize, stride: usize, rows: i32, block: usize, out: usize): void {
  const h0 = out + <usize>load<u32>(block, 16);
  const h1 = out + <usize>load<u32>(block, 20);
  const h2 = out + <usize>load<u32>(block, 24);
  const h3 = out + <usize>load<u32>(block, 28);
  const h4 = out + <usize>load<u32>(block, 32);
  const h5 = out + <usize>load<u32>(block, 36);
  const h6 = out + <usize>load<u32>(block, 40);
  const h7 = out + <usize>load<u32>(block, 44);
  const end = pairs + (<usize>rows << 4);
  for (; pairs < end; pairs += 16) {
    const pair = v128.load(pairs);
    const word = load<u64>(bins);
    bins += stride;
    bump(h0 + <usize>((word & 255) << 4), pair);
    bump(h1 + <usize>((word >> 4) & 0xff0), pair);
    bump(h2 + <usize>((word >> 12) & 0xff0), pair);
    bump(h3 + <usize>((word >> 20) & 0xff0), pair);
    bump(h4 + <usize>((word >> 28) & 0xff0), pair);
    bump(h5 + <usize>((word >> 36) & 0xff0), pair);
    bump(h6 + <usize>((word >> 44) & 0xff0), pair);
    bump(h7 + <usize>((word >> 52) & 0xff0), pair);
  }
}

function fill4(pairs: usize, bins: usize, stride: usize, rows: i32, block: usize, out: usize): void {
  const h0 = out + <usize>load<u32>(block, 16);
  const h1 = out + <usize>load<u32>(block, 20);
  const h2 = out + <usize>load<u32>(block, 24);
  const h3 = out + <usize>load<u32>(block, 28);
  const end = pairs + (<usize>rows << 4);
  for (; pairs < end; pairs += 16) {
    const pair = v128.load(pairs);
    const word = load<u32>(bins);
    bins += stride;
    bump(h0 + <usize>((word & 255) << 4), pair);
    bump(h1 + <usize>((word >> 4) & 0xff0), pair);
    bump(h2 + <usize>((word >> 12) & 0xff0), pair);
    bump(h3 + <usize>((word >> 20) & 0xff0), pair);
  }
}

/** Sum of the pairs of some rows, in row order. Job record: begin, end, f64 out at 32 and 40. */
function sumRows(control: usize, task: i32): void {
  const job = <usize>load<u32>(control, JOBS) + 64 * <usize>task;
  const rows = <usize>load<u32>(control, ROWS);
  const gradients = <usize>load<u32>(control, GRADIENTS);
  const end = rows + (<usize>load<u32>(job, 4) << 2);
  let sum = f64x2.splat(0);
  for (let at = rows + (<usize>load<u32>(job) << 2); at < end; at += 4) {
    sum = f64x2.add(sum, v128.load(gradients + (<usize>load<u32>(at) << 4)));
  }
  v128.store(job, sum, 32);
}

function subtract(parent: usize, child: usize, size: usize): void {
  const end = parent + size;
  while (parent < end) {
    v128.store(parent, f64x2.sub(v128.load(parent), v128.load(child)));
    parent += 16;
    child += 16;
  }
}

// Result record of a feature: f64 score, bin, missing left, left g, left h; score −∞ without a split.
let bestScore: f64 = 0;
let bestBin: i32 = 0;
let bestMissingLeft: i32 = 0;
let bestG: f64 = 0;
let bestH: f64 = 0;

function scan(
  control: usize, features: usize, first: i32, count: i32,
  histogram: usize, mask: usize, results: usize, g: f64, h: f64,
): void {
  for (let f = 0; f < count; f++) {
    const record = features + 12 * <usize>f;
    const flags = load<u32>(record, 8);
    if ((flags & 4) == 0) continue;
    const out = results + 40 * <usize>(first + f);
    store<f64>(out, -Infinity);
    if (mask != 0 && load<u8>(mask + <usize>(first + f)) == 0) continue;
    const cells = histogram + <usize>load<u32>(record);
    const bins = load<i32>(record, 4);
    bestScore = -Infinity;
    const missing = cells + (<usize>bins << 4);
    const missingH = load<f64>(missing, 8);
    scanNumber(control, cells, bins - ((flags & 2) != 0 ? 0 : 1), g, h, 0, 0, 0);
    if ((flags & 1) != 0 && missingH > LEAST_HESSIAN) {
      scanNumber(control, cells, bins - 1, g, h, load<f64>(missing), missingH, 1);
    }
    store<f64>(out, bestScore);
    store<f64>(out, <f64>bestBin, 8);
    store<f64>(out, <f64>bestMissingLeft, 16);
    store<f64>(out, bestG, 24);
    store<f64>(out, bestH, 32);
  }
}

function scanNumber(
  control: usize, cells: usize, last: i32, nodeG: f64, nodeH: f64, fromG: f64, fromH: f64, missingLeft: i32,
): void {
  const lambda = load<f64>(control, LAMBDA);
  const alpha = load<f64>(control, ALPHA);
  const least = load<f64>(control, LEAST);
  const plain = alpha == 0;
  let g = fromG;
  let h = fromH;
  for (let bin = 0; bin < last; bin++) {
    const cell = cells + (<usize>bin << 4);
    const cellH = load<f64>(cell, 8);
    if (cellH == 0) continue;
    g += load<f64>(cell);
    h += cellH;
    if (h < least) continue;
    const rightH = nodeH - h;
    if (rightH < least) break;
    const rightG = nodeG - g;
    const score = plain
      ? sum2(square2(g, rightG), h + lambda, rightH + lambda)
      : soft(g, alpha) / (h + lambda) + soft(rightG, alpha) / (rightH + lambda);
    if (score > bestScore) {
      bestScore = score;
      bestBin = bin;
      bestMissingLeft = missingLeft;
      bestG = g;
      bestH = h;
    }
  }
}

// @ts-ignore: decorator
@inline
function square2(a: f64, b: f64): v128 {
  const pair = f64x2.replace_lane(f64x2.splat(a), 1, b);
  return f64x2.mul(pair, pair);
}

// @ts-ignore: decorator
@inline
function sum2(squares: v128, a: f64, b: f64): f64 {
  const quotients = f64x2.div(squares, f64x2.replace_lane(f64x2.splat(a), 1, b));
  return f64x2.extract_lane(quotients, 0) + f64x2.extract_lane(quotients, 1);
}

// @ts-ignore: decorator
@inline
function soft(g: f64, alpha: f64): f64 {
  const shrunk = g > alpha ? g - alpha : g < -alpha ? g + alpha : 0;
  return shrunk * shrunk;
}

// ---- partition. Job record: begin, end, column of bins, unused, lookup, out

function partition(control: usize, task: i32): void {
  const job = <usize>load<u32>(control, JOBS) + 64 * <usize>task;
  const rows = <usize>load<u32>(control, ROWS);
  const begin = <usize>load<u32>(job) << 2;
  const end = rows + (<usize>load<u32>(job, 4) << 2);
  const bins = <usize>load<u32>(job, 8);
  const lookup = <usize>load<u32>(job, 16);
  const spare = <usize>load<u32>(control, SPARE) + begin;
  let left = rows + begin;
  let right = spare;
  // Both sides are written, one of them is kept: no branch to mispredict.
  for (let at = rows + begin; at < end; at += 4) {
    const row = load<u32>(at);
    const goesRight = <usize>load<u8>(lookup + <usize>load<u8>(bins + <usize>row));
    store<u32>(left, row);
    store<u32>(right, row);
    left += 4 - (goesRight << 2);
    right += goesRight << 2;
  }
  memory.copy(left, spare, right - spare);
  store<i32>(job, <i32>((left - rows) >> 2), 20);
}

// ---- gradients and margins

const LOG2E: f64 = 1.4426950408889634;
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

// @ts-ignore: decorator
@inline
function term(sum: v128, r: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(sum, r), f64x2.splat(c));
}

/** e^x of two numbers within ±708: the Taylor series to the 13th power after taking off k ln 2. */
function exp2(x: v128): v128 {
  x = f64x2.max(f64x2.min(x, f64x2.splat(708)), f64x2.splat(-708));
  const k = f64x2.floor(f64x2.add(f64x2.mul(x, f64x2.splat(LOG2E)), f64x2.splat(0.5)));
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let sum = f64x2.splat(1.6059043836821613e-10);
  sum = term(sum, r, 2.08767569878681e-9);
  sum = term(sum, r, 2.505210838544172e-8);
  sum = term(sum, r, 2.755731922398589e-7);
  sum = term(sum, r, 2.7557319223985893e-6);
  sum = term(sum, r, 0.0000248015873015873);
  sum = term(sum, r, 0.0001984126984126984);
  sum = term(sum, r, 0.001388888888888889);
  sum = term(sum, r, 0.008333333333333333);
  sum = term(sum, r, 0.041666666666666664);
  sum = term(sum, r, 0.16666666666666666);
  sum = term(sum, r, 0.5);
  sum = term(sum, r, 1);
  sum = term(sum, r, 1);
  const low = <i64>f64x2.extract_lane(k, 0);
  const high = <i64>f64x2.extract_lane(k, 1);
  const power = i64x2.replace_lane(i64x2.splat((low + 1023) << 52), 1, (high + 1023) << 52);
  return f64x2.mul(sum, power);
}

// Rows are padded to an even number.
function gradients(control: usize, task: i32): void {
  const rows = load<i32>(control, ROW_COUNT);
  const from = task * CHUNK;
  const to = min(rows, from + CHUNK);
  const margins = <usize>load<u32>(control, MARGINS);
  const labels = <usize>load<u32>(control, LABELS);
  const weights = <usize>load<u32>(control, WEIGHTS);
  const out = <usize>load<u32>(control, GRADIENTS);
  const logistic = load<i32>(control, OBJECTIVE) == 1;
  const one = f64x2.splat(1);
  for (let row = from; row < to; row += 2) {
    const at = <usize>row << 3;
    const margin = v128.load(margins + at);
    const label = v128.load(labels + at);
    const weight = v128.load(weights + at);
    let g: v128;
    let h: v128;
    if (logistic) {
      const p = f64x2.div(one, f64x2.add(one, exp2(f64x2.neg(margin))));
      g = f64x2.mul(weight, f64x2.sub(p, label));
      h = f64x2.mul(weight, f64x2.max(f64x2.mul(p, f64x2.sub(one, p)), f64x2.splat(1e-16)));
    } else {
      g = f64x2.mul(weight, f64x2.sub(margin, label));
      h = weight;
    }
    v128.store(out + (at << 1), v128.shuffle<f64>(g, h, 0, 2));
    v128.store(out + (at << 1) + 16, v128.shuffle<f64>(g, h, 1, 3));
  }
}

// Job record: begin, end, f64 value at 32.
function addLeaf(control: usize, task: i32): void {
  const job = <usize>load<u32>(control, JOBS) + 64 * <usize>task;
  const rows = <usize>load<u32>(control, ROWS);
  const margins = <usize>load<u32>(control, MARGINS);
  const value = load<f64>(job, 32);
  const end = rows + (<usize>load<u32>(job, 4) << 2);
  for (let at = rows + (<usize>load<u32>(job) << 2); at < end; at += 4) {
    const cell = margins + (<usize>load<u32>(at) << 3);
    store<f64>(cell, load<f64>(cell) + value);
  }
}

// ---- binning. Job record: values, bytes a value, rows, cuts, number of cuts, place in the group's row 0, bytes a row, place in the column

function binColumn(control: usize, task: i32): void {
  const job = <usize>load<u32>(control, JOBS) + 64 * <usize>task;
  const values = <usize>load<u32>(job);
  const single = load<i32>(job, 4) == 4;
  const rows = load<i32>(job, 8);
  const cuts = <usize>load<u32>(job, 12);
  const count = load<i32>(job, 16);
  const stride = <usize>load<u32>(job, 24);
  let out = <usize>load<u32>(job, 20);
  const column = <usize>load<u32>(job, 28);
  for (let row = 0; row < rows; row++) {
    const value = single ? <f64>load<f32>(values + (<usize>row << 2)) : load<f64>(values + (<usize>row << 3));
    const bin = value != value ? count + 1 : binOf(cuts, count, value);
    store<u8>(out, bin);
    store<u8>(column + <usize>row, bin);
    out += stride;
  }
}

// @ts-ignore: decorator
@inline
function binOf(cuts: usize, count: i32, value: f64): i32 {
  let low = 0;
  let size = count;
  while (size > 0) {
    const half = size >> 1;
    const above = load<f64>(cuts + (<usize>(low + half) << 3)) <= value;
    low = select(low + half + 1, low, above);
    size = select(size - half - 1, half, above);
  }
  return low;
}


// ---- scoring. Job record (one, shared by all tasks): values, bytes a value, rows, features, nodes, trees, number of trees, leaf values, out,
// rows a tile, rows a task, round to 32 bits.
// Node: f64 threshold, feature × 16 + 1 if missing goes right, first child (the second follows it); a leaf has threshold NaN and itself for a child.
// Tree: first node, depth of its shallowest leaf, depth of its deepest.

function score(control: usize, task: i32, tile: usize): void {
  const job = <usize>load<u32>(control, JOBS);
  const rows = load<i32>(job, 8);
  const perTile = load<i32>(job, 36);
  const perTask = load<i32>(job, 40);
  const end = min(rows, (task + 1) * perTask);
  const features = <usize>load<u32>(job, 12);
  const trees = <usize>load<u32>(job, 20);
  const lastTree = trees + 12 * <usize>load<u32>(job, 24);
  const out = <usize>load<u32>(job, 32);
  for (let from = task * perTask; from < end; from += perTile) {
    const count = min(perTile, end - from);
    turn(job, from, count, tile);
    for (let tree = trees; tree < lastTree; tree += 12) {
      for (let row = 0; row < count; row += 8) {
        // Places of the last eight without a row are walked too, over what the tile held before, and not kept.
        score8(job, tree, tile + <usize>row * (features << 3), features << 3, out + (<usize>(from + row) << 3), min(8, count - row));
      }
    }
  }
}

/** Copies some rows of the columns into the tile, row after row, as doubles. */
function turn(job: usize, from: i32, count: i32, tile: usize): void {
  const values = <usize>load<u32>(job);
  const single = load<i32>(job, 4) == 4;
  const rows = <usize>load<u32>(job, 8);
  const features = <usize>load<u32>(job, 12);
  const round = load<i32>(job, 44) == 1;
  for (let f: usize = 0; f < features; f++) {
    let to = tile + (f << 3);
    for (let r = 0; r < count; r++) {
      const at = f * rows + <usize>(from + r);
      let value = single ? <f64>load<f32>(values + (at << 2)) : load<f64>(values + (at << 3));
      if (round) value = <f64>(<f32>value);
      store<f64>(to, value);
      to += features << 3;
    }
  }
}

// @ts-ignore: decorator
@inline
function step(nodes: usize, at: u32, row: usize): u32 {
  const node = nodes + (<usize>at << 4);
  const meta = load<u32>(node, 8);
  const value = load<f64>(row + <usize>(meta >> 1));
  return load<u32>(node, 12) + (<u32>(value >= load<f64>(node)) | (<u32>(value != value) & meta & 1));
}

function score8(job: usize, tree: usize, row: usize, stride: usize, out: usize, count: i32): void {
  const nodes = <usize>load<u32>(job, 16) + (<usize>load<u32>(tree) << 4);
  const values = <usize>load<u32>(job, 28) + (<usize>load<u32>(tree) << 3);
  const shallow = load<i32>(tree, 4);
  const deep = load<i32>(tree, 8);
  const r1 = row + stride;
  const r2 = r1 + stride;
  const r3 = r2 + stride;
  const r4 = r3 + stride;
  const r5 = r4 + stride;
  const r6 = r5 + stride;
  const r7 = r6 + stride;
  let a0: u32 = 0, a1: u32 = 0, a2: u32 = 0, a3: u32 = 0, a4: u32 = 0, a5: u32 = 0, a6: u32 = 0, a7: u32 = 0;
  for (let depth = 0; depth < deep; depth++) {
    const before = a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7;
    a0 = step(nodes, a0, row);
    a1 = step(nodes, a1, r1);
    a2 = step(nodes, a2, r2);
    a3 = step(nodes, a3, r3);
    a4 = step(nodes, a4, r4);
    a5 = step(nodes, a5, r5);
    a6 = step(nodes, a6, r6);
    a7 = step(nodes, a7, r7);
    // Children come after their parents: an unchanged sum means that no row moved.
    if (depth >= shallow && a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 == before) break;
  }
  add(out, values, a0);
  if (count == 8) {
    add(out + 8, values, a1);
    add(out + 16, values, a2);
    add(out + 24, values, a3);
    add(out + 32, values, a4);
    add(out + 40, values, a5);
    add(out + 48, values, a6);
    add(out + 56, values, a7);
    return;
  }
  if (count > 1) add(out + 8, values, a1);
  if (count > 2) add(out + 16, values, a2);
  if (count > 3) add(out + 24, values, a3);
  if (count > 4) add(out + 32, values, a4);
  if (count > 5) add(out + 40, values, a5);
  if (count > 6) add(out + 48, values, a6);
}

// @ts-ignore: decorator
@inline
function add(out: usize, values: usize, leaf: u32): void {
  store<f64>(out, load<f64>(out) + load<f64>(values + (<usize>leaf << 3)));
}
