import { slicesTable } from '../evaluate/index.ts';
import type { CardSlice } from '../registry/index.ts';
import type { ExampleTable } from './examples.ts';

/** A slice whose mean probability and share found differ by more than this, on at least {@link FLAG_ROWS} rows, is flagged. */
const FLAG_GAP = 0.05;
const FLAG_ROWS = 200;

/** Values of a cut with more levels than this keep the commonest; the rest are one line. */
const MAX_LEVELS = 30;

/** Figures of the hold-out cut by each of the table's slices. `budget`: rows that could be looked at, over the whole hold-out. */
export function sliceLines(of: {
  readonly examples: ExampleTable;
  readonly rows: Int32Array;
  readonly probabilities: Float64Array;
  readonly budget: number;
}): CardSlice[] {
  const labels = Float64Array.from(of.rows, (i) => of.examples.label[i]!);
  return Object.entries(of.examples.slices).flatMap(([by, values]) =>
    slicesTable(labels, of.probabilities, {
      slices: _commonest(Array.from(of.rows, (i) => values[i] ?? null)),
      budget: of.budget,
    }).map((s) => ({
      by,
      slice: s.slice,
      rows: s.rows,
      findings: s.positives,
      meanProbability: s.meanProbability,
      shareFound: s.base,
      selectedShare: s.selectedShare,
      recall: s.recallAtBudget,
      auroc: s.auroc,
      flagged: s.rows >= FLAG_ROWS && Math.abs(s.gap) > FLAG_GAP,
    })),
  );
}

function _commonest(values: readonly (string | null)[]): (string | null)[] {
  const counts = new Map<string, number>();
  for (const v of values) if (v !== null) counts.set(v, (counts.get(v) ?? 0) + 1);
  if (counts.size <= MAX_LEVELS) return [...values];
  const kept = new Set(
    [...counts]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .slice(0, MAX_LEVELS)
      .map(([v]) => v),
  );
  return values.map((v) => (v === null || kept.has(v) ? v : '(others)'));
}
