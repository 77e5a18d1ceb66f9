import { DAY_MS, seeded } from '../../ingest/base/index.ts';
import { auroc, averagePrecision, brier, brierSkill, ece } from '../evaluate/index.ts';
import type { CapacityPoint, CardFigure, CardRival, ModelCard } from '../registry/index.ts';
import type { Baseline } from './baselines.ts';
import type { ExampleTable } from './examples.ts';
import { figure, orNull } from './figures.ts';
import { compareWeekly, weeklyFinds, weeklyOrder, type WeeklyRows } from './weekly.ts';

/** The hold-out of a district: rows after the origin, each scored by a model that saw neither its component nor its time. */
export interface HoldOut {
  readonly examples: ExampleTable;
  readonly rows: Int32Array;
  readonly margins: Float64Array;
  /** By the calibration fitted before the origin. */
  readonly probabilities: Float64Array;
  readonly capacity: number;
  readonly draws: number;
  readonly seed: number;
  readonly horizonDays: number;
}

export function weeklyRows({ examples, rows }: Pick<HoldOut, 'examples' | 'rows'>): WeeklyRows {
  return {
    asOf: Float64Array.from(rows, (i) => examples.matrix.asOf[i]!),
    label: Float64Array.from(rows, (i) => examples.label[i]!),
    weight: Float64Array.from(rows, (i) => examples.weight[i]!),
    component: Int32Array.from(rows, (i) => examples.component[i]!),
  };
}

/** Precision at the weekly capacity beside every baseline, paired by resampled components. */
export function rivals(
  of: HoldOut,
  baselines: readonly Baseline[],
): { readonly headline: CardFigure; readonly rivals: readonly CardRival[] } {
  const week = weeklyRows(of);
  const orders = {
    champion: weeklyOrder(week.asOf, of.margins),
    ...Object.fromEntries(
      baselines.map((b) => [
        b.id,
        weeklyOrder(
          week.asOf,
          Float64Array.from(of.rows, (i) => b.scores[i]!),
        ),
      ]),
    ),
  };
  const compared = compareWeekly(week, orders, {
    capacity: of.capacity,
    draws: of.draws,
    random: seeded(`weekly:${of.seed}`),
  });
  const label = { zh: `每周${of.capacity}条的命中率`, en: `precision at ${of.capacity} leads a week` };
  return {
    headline: figure('weekly-precision', label, { value: compared.precision['champion']!, unit: 'share' }),
    rivals: baselines.map((b) => {
      const difference = compared.aboveFirst[b.id]!;
      return {
        id: b.id,
        label: b.label,
        figure: figure('weekly-precision', label, { value: compared.precision[b.id]!, unit: 'share' }),
        difference: figure(
          'difference',
          { zh: '模型减基线', en: 'champion minus rival' },
          { value: difference, unit: 'share' },
        ),
        beaten: difference.low > 0,
      };
    }),
  };
}

/** Ranking and calibration figures of the whole hold-out. */
export function rankingFigures(of: HoldOut): CardFigure[] {
  const label = Float64Array.from(of.rows, (i) => of.examples.label[i]!);
  const weight = Float64Array.from(of.rows, (i) => of.examples.weight[i]!);
  const base = label.reduce((a, b, i) => a + b * weight[i]!, 0) / weight.reduce((a, b) => a + b, 0);
  const figures: [id: string, zh: string, en: string, value: number, unit: CardFigure['unit']][] = [
    ['base-rate', '留出集查实率', 'share of hold-out rows with a finding', base, 'share'],
    ['auprc', '平均精确率', 'average precision (PR-AUC)', averagePrecision(label, of.margins, weight), 'score'],
    ['auroc', 'AUROC', 'AUROC', auroc(label, of.margins, weight), 'score'],
    ['ece', '校准误差 ECE', 'expected calibration error', ece(label, of.probabilities), 'score'],
    ['brier', 'Brier 分数', 'Brier score', brier(label, of.probabilities), 'score'],
    ['brier-skill', 'Brier 技巧', 'Brier skill', brierSkill(label, of.probabilities), 'score'],
  ];
  return figures.map(([id, zh, en, value, unit]) => figure(id, { zh, en }, { value, unit }));
}

/** One line a week. */
export function weekLines(of: HoldOut): ModelCard['weeks'] {
  const week = weeklyRows(of);
  const order = weeklyOrder(week.asOf, of.margins);
  return order.rows.map((rows) => {
    const { found, listed } = weeklyFinds(
      week,
      { rows: [rows], scores: order.scores },
      { capacity: of.capacity, times: null },
    );
    const total = rows.reduce((sum, i) => sum + week.weight[i]!, 0);
    const hits = rows.reduce((sum, i) => sum + week.weight[i]! * week.label[i]!, 0);
    return { asOf: new Date(week.asOf[rows[0]!]!).toISOString().slice(0, 10), listed, found, base: hits / total };
  });
}

/** Lists as people work them: who was on a list is not listed again within the horizon. Distinct subjects, their precision, and the days between
 *  the first listing and the finding. */
export function distinctFigures(of: HoldOut): CardFigure[] {
  const week = weeklyRows(of);
  const listedAt = new Map<string, number>();
  const gained: number[] = [];
  let listed = 0;
  for (const rows of weeklyOrder(week.asOf, of.margins).rows) {
    let left = of.capacity;
    for (const i of rows) {
      if (left === 0) break;
      const subject = of.examples.matrix.subjects[of.rows[i]!]!;
      const before = listedAt.get(subject);
      if (before !== undefined && week.asOf[i]! - before < of.horizonDays * DAY_MS) continue;
      listedAt.set(subject, week.asOf[i]!);
      left--;
      listed++;
      if (week.label[i] === 1) gained.push((of.examples.foundAt[of.rows[i]!]! - week.asOf[i]!) / DAY_MS);
    }
  }
  const mean = gained.reduce((a, b) => a + b, 0) / gained.length;
  return [
    figure(
      'distinct-leads',
      { zh: '不重复线索数', en: 'distinct leads (none twice within the horizon)' },
      { value: listed, unit: 'count' },
    ),
    figure(
      'distinct-precision',
      { zh: '不重复线索命中率', en: 'precision of distinct leads' },
      { value: gained.length / listed, unit: 'share' },
    ),
    figure(
      'days-gained',
      { zh: '比实际发现提前天数（命中线索均值）', en: 'days before the real finding (mean over hits)' },
      { value: mean, unit: 'days' },
    ),
  ];
}

/** The unbiased sample: rows at which a random check looked. Prevalence, and the share of its findings that stood in the top tenth of their week. */
export function randomCheckFigures(of: HoldOut): CardFigure[] {
  const week = weeklyRows(of);
  const top = new Set<number>();
  for (const rows of weeklyOrder(week.asOf, of.margins).rows)
    for (const i of rows.subarray(0, Math.ceil(rows.length / 10))) top.add(i);
  let rows = 0;
  let found = 0;
  let caught = 0;
  of.rows.forEach((row, i) => {
    if (of.examples.randomCheck[row] !== 1) return;
    rows++;
    if (week.label[i] !== 1) return;
    found++;
    if (top.has(i)) caught++;
  });
  return [
    figure('random-checks', { zh: '双随机检查行数', en: 'rows with a random check' }, { value: rows, unit: 'count' }),
    figure(
      'random-prevalence',
      { zh: '双随机查实率', en: 'share found by random checks' },
      { value: found / rows, unit: 'share' },
    ),
    figure(
      'random-recall',
      { zh: '双随机查实者位于前10%的比例', en: 'recall of random-check findings in the top tenth' },
      { value: caught / found, unit: 'share' },
    ),
  ];
}

/** Subjects that nobody had complained about and nobody had punished: a model that only finds the known again fails here. */
export function unknownFigures(
  of: HoldOut,
  baselines: readonly Baseline[],
): { readonly figures: CardFigure[]; readonly rivals: readonly CardRival[] } {
  const { matrix } = of.examples;
  const zero = (id: RegExp): Float64Array[] =>
    matrix.features.flatMap((f, j) => (id.test(f.id) ? [matrix.values[j]!] : []));
  const counts = [...zero(/^event_(complaint|ticket)[a-z_]*_n_365d$/), ...zero(/^history_confirmed_1095d$/)];
  const kept = Array.from(of.rows.keys()).filter((i) => counts.every((c) => c[of.rows[i]!] === 0));
  const rows = Int32Array.from(kept, (i) => of.rows[i]!);
  const part: HoldOut = {
    ...of,
    rows,
    margins: Float64Array.from(kept, (i) => of.margins[i]!),
    probabilities: Float64Array.from(kept, (i) => of.probabilities[i]!),
  };
  const label = {
    zh: '从未被投诉、从未被处罚主体的每周命中率',
    en: 'weekly precision on subjects never complained about and never punished',
  };
  if (kept.length === 0)
    return { figures: [figure('unknown-precision', label, { value: Number.NaN, unit: 'share' })], rivals: [] };
  const own = rivals(part, baselines);
  const week = weeklyRows(part);
  const sum = (of: (i: number) => number): number => kept.reduce((s, _i, k) => s + of(k), 0);
  const base = sum((k) => week.weight[k]! * week.label[k]!) / sum((k) => week.weight[k]!);
  const baseLabel = { zh: '其中查实率', en: 'share of these with a finding' };
  return {
    figures: [
      { ...own.headline, id: 'unknown-precision', label },
      figure('unknown-base-rate', baseLabel, { value: base, unit: 'share' }),
    ],
    rivals: own.rivals,
  };
}

/** Finds a week for each capacity, with the interval over resampled components. */
export function capacityCurve(of: HoldOut, capacities: readonly number[]): CapacityPoint[] {
  const week = weeklyRows(of);
  const order = weeklyOrder(week.asOf, of.margins);
  const weeks = Math.max(1, order.rows.length);
  return capacities.map((capacity) => {
    const { precision } = compareWeekly(
      week,
      { champion: order },
      { capacity, draws: of.draws, random: seeded(`curve:${of.seed}:${capacity}`) },
    );
    const { listed } = weeklyFinds(week, order, { capacity, times: null });
    const scale = listed / weeks;
    const p = precision['champion']!;
    return {
      capacity,
      expected: (orNull(p.value) ?? 0) * scale,
      low: (orNull(p.low) ?? 0) * scale,
      high: (orNull(p.high) ?? 0) * scale,
    };
  });
}
