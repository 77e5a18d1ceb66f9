import type { Neighbours } from './network.ts';
import type { KnownLabels } from './outcome-rates.ts';
import type { NodeValues } from './spread.ts';

/** What had happened at the same owner, place or payee before a row's own time. */
export interface PastAtShared {
  /** Earlier rows at the shared neighbours, and the time since the last of them. */
  readonly earlier: NodeValues;
  readonly sinceLast: NodeValues;
  /** Share of positives among the earlier rows with a known label, drawn to the base by `prior`; how many; label of the last one. */
  readonly rate: NodeValues;
  readonly known: NodeValues;
  readonly last: NodeValues;
  /** Positives per known row, newer ones weighing more: halved each `halfLife`. */
  readonly fading: NodeValues;
}

/** Histories over shared neighbours, strictly before a row's time (rows of the same time do not see each other). A row without a
 *  time gets NaN.
 *  @param times  a number a node, in any unit; NaN for nodes that are not rows
 *  O(sum over shared neighbours of rows × log rows) */
export function pastAtShared(
  neighbours: Neighbours,
  of: { times: NodeValues; labels: KnownLabels; prior: number; halfLife: number },
): PastAtShared {
  const { times, labels } = of;
  const n = times.length;
  const blank = (): NodeValues => new Float64Array(n).fill(NaN);
  const out = { earlier: blank(), sinceLast: blank(), rate: blank(), known: blank(), last: blank(), fading: blank() };
  const base = meanKnown(labels);
  const sums = new Float64Array(n);
  const fadingSums = new Float64Array(n);
  const fadingCounts = new Float64Array(n);
  for (let node = 0; node < n; node++) {
    if (times[node] === times[node]) out.earlier[node] = out.known[node] = 0;
  }
  const lastTime = blank();
  for (let shared = 0; shared < n; shared++) {
    const rows = rowsAt(neighbours, shared, times);
    if (rows.length === 0) continue;
    let [count, known, sum, fadeSum, fadeCount, label] = [0, 0, 0, 0, 0, NaN];
    let clock = times[rows[0]!]!;
    let before = NaN;
    let from = 0;
    while (from < rows.length) {
      const time = times[rows[from]!]!;
      const fade = 0.5 ** ((time - clock) / of.halfLife);
      fadeSum *= fade;
      fadeCount *= fade;
      clock = time;
      let to = from;
      while (to < rows.length && times[rows[to]!] === time) to++;
      for (let i = from; i < to; i++) {
        const row = rows[i]!;
        out.earlier[row]! += count;
        out.known[row]! += known;
        sums[row]! += sum;
        fadingSums[row]! += fadeSum;
        fadingCounts[row]! += fadeCount;
        if (before === before && !(before <= lastTime[row]!)) {
          lastTime[row] = before;
          out.sinceLast[row] = time - before;
          out.last[row] = label;
        }
      }
      for (let i = from; i < to; i++) {
        const own = labels[rows[i]!]!;
        count++;
        if (own !== own) continue;
        known++;
        sum += own;
        fadeSum += own;
        fadeCount++;
        label = own;
      }
      before = time;
      from = to;
    }
  }
  for (let node = 0; node < n; node++) {
    if (times[node] !== times[node]) continue;
    out.rate[node] = (sums[node]! + of.prior * base) / (out.known[node]! + of.prior);
    out.fading[node] = (fadingSums[node]! + of.prior * base) / (fadingCounts[node]! + of.prior);
  }
  return out;
}

/** Rows with a time at a shared neighbour, by time, then row number; each once. */
function rowsAt(neighbours: Neighbours, shared: number, times: NodeValues): number[] {
  const rows = new Set<number>();
  for (let at = neighbours.starts[shared]!; at < neighbours.starts[shared + 1]!; at++) {
    const row = neighbours.targets[at]!;
    if (times[row] === times[row]) rows.add(row);
  }
  return [...rows].sort((a, b) => times[a]! - times[b]! || a - b);
}

function meanKnown(labels: KnownLabels): number {
  let sum = 0;
  let count = 0;
  for (const label of labels) {
    if (label !== label) continue;
    sum += label;
    count++;
  }
  return sum / count;
}
