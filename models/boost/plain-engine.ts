import type { Binned } from './binning.ts';
import type { Engine, EngineInput, EngineNode } from './engine.ts';
import { buildHistogram, histogramStarts, subtractHistogram, type Histogram } from './histogram.ts';
import { fillGradients } from './objective.ts';
import type { BoostOptions } from './options.ts';
import { partitionRows } from './partition.ts';
import { bestSplit, type Split } from './split.ts';

/** The engine in plain TypeScript, one thread: the twin that the fast one is held to, and what small data and old machines use. */
export function plainEngine(binned: Binned, input: EngineInput, options: BoostOptions): Engine {
  const starts = histogramStarts(binned.features);
  const rows = new Int32Array(binned.rows);
  const spare = new Int32Array(binned.rows);
  const margins = new Float64Array(binned.rows).fill(input.base);
  const gradients = new Float64Array(2 * binned.rows);
  const slots: Histogram[] = [];
  const free: number[] = [];

  const best = (node: EngineNode): Split | null => {
    let found: Split | null = null;
    for (const feature of node.columns ?? []) {
      const bins = binned.features[feature]!;
      const split = bestSplit(slots[node.slot]!, starts[feature]!, {
        feature,
        bins,
        monotone: input.monotone[feature]!,
        node,
        limits: options,
      });
      if (split !== null && (found === null || split.gain > found.gain)) found = split;
    }
    return found;
  };

  return {
    rows,
    margins,
    gradients,
    fillGradients: () =>
      fillGradients(gradients, { objective: options.objective, margins, labels: input.labels, weights: input.weights }),
    allRows() {
      for (let r = 0; r < rows.length; r++) rows[r] = r;
    },
    sumRows(count) {
      let g = 0;
      let h = 0;
      for (let at = 0; at < count; at++) {
        g += gradients[2 * rows[at]!]!;
        h += gradients[2 * rows[at]! + 1]!;
      }
      return [g, h];
    },
    takeSlot() {
      const slot = free.pop();
      if (slot !== undefined) return slot;
      return slots.push(new Float64Array(2 * starts[starts.length - 1]!)) - 1;
    },
    freeSlot: (slot) => void free.push(slot),
    search: (jobs, columns) =>
      jobs.map(({ small, large }) => {
        const of = { binned, starts, gradients, rows, features: columns };
        buildHistogram(slots[small.slot]!, of, [small.begin, small.end]);
        if (large !== null) subtractHistogram(slots[large.slot]!, slots[small.slot]!);
        return [best(small), large === null ? null : best(large)] as const;
      }),
    partition: (jobs) =>
      jobs.map(({ begin, end, split }) => partitionRows(rows, { binned, split, spare }, [begin, end])),
    addLeaves(leaves) {
      for (const { begin, end, value } of leaves) {
        for (let at = begin; at < end; at++) margins[rows[at]!] = margins[rows[at]!]! + value;
      }
    },
    close() {},
  };
}
