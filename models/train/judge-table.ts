import { DAY_MS, seeded } from '../../ingest/base/index.ts';
import type { Bilingual } from '../../ingest/schema/index.ts';
import {
  type Interval,
  auroc,
  averagePrecision,
  brier,
  brierSkill,
  daysEarlier,
  ece,
  gather,
  quantileOfSorted,
  rowsInShare,
  topK,
} from '../evaluate/index.ts';
import type { CapacityPoint, CardFigure, CardRival, ModelCard } from '../registry/index.ts';
import type { Baseline } from './baselines.ts';
import type { ExampleTable } from './examples.ts';
import { figure } from './figures.ts';

/** Judged rows of a table task. */
export interface TableHoldOut {
  readonly examples: ExampleTable;
  readonly rows: Int32Array;
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  readonly draws: number;
  readonly seed: number;
}

type Measure = (labels: ArrayLike<number>, scores: ArrayLike<number>, days: ArrayLike<number>) => number;

interface MeasureSpec {
  readonly id: string;
  readonly label: Bilingual;
  readonly unit: CardFigure['unit'];
  readonly of: Measure;
}

const DAYS_EARLIER: MeasureSpec = {
  id: 'days-earlier',
  label: { zh: '平均提前天数', en: 'days earlier, mean over findings' },
  unit: 'days',
  of: (y, s, d) => daysEarlier(y, s, d).meanDays,
};
const FIRST_HALF: MeasureSpec = {
  id: 'first-half',
  label: { zh: '前一半检查所含发现比例', en: 'share of findings in the first half of the visits' },
  unit: 'share',
  of: (y, s, d) => daysEarlier(y, s, d).firstHalfShare,
};
const PRECISION: readonly MeasureSpec[] = [0.05, 0.1].map((share) => ({
  id: `precision-${100 * share}pc`,
  label: { zh: `前${100 * share}%命中率`, en: `precision in the first ${100 * share} %` },
  unit: 'share',
  of: (y, s) => topK(y, s, rowsInShare(y.length, share)).precision,
}));
const RANKING: readonly MeasureSpec[] = [
  { id: 'auroc', label: { zh: 'AUROC', en: 'AUROC' }, unit: 'score', of: (y, s) => auroc(y, s) },
  {
    id: 'auprc',
    label: { zh: '平均精确率', en: 'average precision (PR-AUC)' },
    unit: 'score',
    of: (y, s) => averagePrecision(y, s),
  },
];

/** What a protocol prints, the deciding figure first. */
export function measuresOf(protocol: 'ranking' | 'days-earlier'): readonly MeasureSpec[] {
  return protocol === 'days-earlier'
    ? [DAYS_EARLIER, FIRST_HALF, ...PRECISION, ...RANKING]
    : [PRECISION[1]!, PRECISION[0]!, ...RANKING];
}

/** Every measure of the champion with its bootstrap interval; rows of one subject are drawn together. */
export function tableFigures(of: TableHoldOut, protocol: 'ranking' | 'days-earlier'): CardFigure[] {
  const parts = _parts(of);
  const draws = _draws(of, parts.groups);
  return measuresOf(protocol).map((m) => {
    const on = (rows: Int32Array): number =>
      m.of(gather(parts.labels, rows), gather(of.scores, rows), gather(parts.days, rows));
    return figure(m.id, m.label, { unit: m.unit, value: _interval(on(_all(of)), draws.map(on)) });
  });
}

/** Calibration figures of the judged rows. */
export function tableCalibration(of: TableHoldOut): CardFigure[] {
  const { labels } = _parts(of);
  return [
    figure(
      'base-rate',
      { zh: '查实率', en: 'share with a finding' },
      { value: labels.reduce((a, b) => a + b, 0) / labels.length, unit: 'share' },
    ),
    figure(
      'ece',
      { zh: '校准误差 ECE', en: 'expected calibration error' },
      { value: ece(labels, of.probabilities), unit: 'score' },
    ),
    figure('brier', { zh: 'Brier 分数', en: 'Brier score' }, { value: brier(labels, of.probabilities), unit: 'score' }),
    figure(
      'brier-skill',
      { zh: 'Brier 技巧', en: 'Brier skill' },
      { value: brierSkill(labels, of.probabilities), unit: 'score' },
    ),
  ];
}

/** The deciding measure beside each baseline, paired: the same draws for both. A baseline without an opinion on a row ranks it last. */
export function tableRivals(
  of: TableHoldOut,
  baselines: readonly Baseline[],
  protocol: 'ranking' | 'days-earlier',
): CardRival[] {
  const { labels, days, groups } = _parts(of);
  const measure = measuresOf(protocol)[0]!;
  const rows = [_all(of), ..._draws(of, groups)];
  const on = (scores: Float64Array): number[] =>
    rows.map((r) => measure.of(gather(labels, r), gather(scores, r), gather(days, r)));
  const own = on(of.scores);
  return baselines.map((b) => {
    const theirs = on(Float64Array.from(of.rows, (i) => (Number.isNaN(b.scores[i]!) ? -1e9 : b.scores[i]!)));
    const difference = _interval(
      own[0]! - theirs[0]!,
      own.slice(1).map((v, d) => v - theirs[d + 1]!),
    );
    return {
      id: b.id,
      label: b.label,
      figure: figure(measure.id, measure.label, { value: _interval(theirs[0]!, theirs.slice(1)), unit: measure.unit }),
      difference: figure(
        'difference',
        { zh: '模型减基线', en: 'champion minus rival' },
        { value: difference, unit: measure.unit },
      ),
      beaten: difference.low > 0,
    };
  });
}

/** One line a calendar week of the judged rows: the share of the week's visits that fits the capacity, best first. */
export function tableWeeks(of: TableHoldOut, capacity: number): ModelCard['weeks'] {
  const { labels, days } = _parts(of);
  const weeks = new Map<number, number[]>();
  days.forEach((d, i) => {
    const week = Math.floor((d + 3) / 7);
    const list = weeks.get(week);
    if (list === undefined) weeks.set(week, [i]);
    else list.push(i);
  });
  return [...weeks]
    .sort(([a], [b]) => a - b)
    .map(([week, rows]) => {
      const k = Math.min(rows.length, capacity);
      const y = Float64Array.from(rows, (i) => labels[i]!);
      const top = topK(
        y,
        Float64Array.from(rows, (i) => of.scores[i]!),
        k,
      );
      return {
        asOf: new Date((week * 7 - 3) * DAY_MS).toISOString().slice(0, 10),
        listed: k,
        found: top.found,
        base: y.reduce((a, b) => a + b, 0) / y.length,
      };
    });
}

/** Finds for each length of list out of the judged rows. */
export function tableCapacity(of: TableHoldOut, capacities: readonly number[]): CapacityPoint[] {
  const { labels, groups } = _parts(of);
  const draws = _draws({ ...of, draws: Math.min(200, of.draws) }, groups);
  return capacities
    .filter((c) => c <= of.rows.length)
    .map((capacity) => {
      const share = capacity / of.rows.length;
      const on = (rows: Int32Array): number =>
        capacity * topK(gather(labels, rows), gather(of.scores, rows), rowsInShare(rows.length, share)).precision;
      const finds = _interval(on(_all(of)), draws.map(on));
      return { capacity, expected: finds.value, low: finds.low, high: finds.high };
    });
}

function _parts(of: TableHoldOut): { labels: Float64Array; days: Float64Array; groups: Int32Array } {
  const { examples, rows } = of;
  return {
    labels: Float64Array.from(rows, (i) => examples.label[i]!),
    days: Float64Array.from(rows, (i) => Math.round(examples.matrix.asOf[i]! / DAY_MS)),
    groups: Int32Array.from(rows, (i) => examples.component[i]!),
  };
}

function _all(of: TableHoldOut): Int32Array {
  return Int32Array.from({ length: of.rows.length }, (_, i) => i);
}

/** Row numbers of each resample of whole subjects. */
function _draws(of: TableHoldOut, groups: Int32Array): Int32Array[] {
  const members = new Map<number, number[]>();
  groups.forEach((g, i) => {
    const list = members.get(g);
    if (list === undefined) members.set(g, [i]);
    else list.push(i);
  });
  const lists = [...members.values()];
  const random = seeded(`table:${of.seed}`);
  return Array.from({ length: of.draws }, () =>
    Int32Array.from(lists.flatMap(() => lists[Math.floor(random() * lists.length)]!)),
  );
}

function _interval(value: number, draws: readonly number[]): Interval {
  const sorted = Float64Array.from(draws.filter((v) => !Number.isNaN(v))).sort();
  if (sorted.length === 0) return { value, low: Number.NaN, high: Number.NaN };
  return { value, low: quantileOfSorted(sorted, 0.025), high: quantileOfSorted(sorted, 0.975) };
}
