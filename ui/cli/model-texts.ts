import type { LeadModel, ModelComparison, ModelDecision } from '../../models/index.ts';
import type { ClosedSince } from '../../models/queries/index.ts';
import type { driftOfRun } from '../../models/index.ts';
import { textTable } from './terminal.ts';

type Figure = ModelComparison['difference'];

const percent = (v: number | null): string => (v === null ? '—' : `${(100 * v).toFixed(1)} %`);
const withInterval = (f: Figure): string =>
  f.low === null || f.high === null ? percent(f.value) : `${percent(f.value)} [${percent(f.low)}, ${percent(f.high)}]`;

const VERDICTS: Readonly<Record<ComparisonVerdict, string>> = {
  'may-promote': 'may be promoted: the interval excludes a loss, calibration and slices are no worse',
  'too-early': 'too early: no result has become known since the champion was trained; let it run in shadow, or wait',
  'loss-not-excluded': 'not to be promoted: the interval does not exclude a loss',
  'calibration-worse': 'not to be promoted: its probabilities are worse calibrated',
  'slice-worse': 'not to be promoted: a slice became worse calibrated',
};
type ComparisonVerdict = ModelComparison['verdict'];

/** One model in a line. */
export function modelLine(model: LeadModel): string {
  const first = model.card.headline[0];
  return `Model ${model.model_id} (${model.setting}, trained on what was known by ${model.asOf.slice(0, 10)})${first === undefined ? '' : `; ${first.label.en} ${withInterval(first)}`}`;
}

/** Two models on the same rows, and what the rule says. */
export function comparisonText(c: ModelComparison): string {
  const lines = [
    `Challenger ${c.challenger} beside champion ${c.champion}: ${c.weeks} weekly lists${c.from === null ? '' : ` from ${c.from} to ${c.to}`}, ${c.findings} findings in ${c.rows} rows whose results became known after the champion's training.`,
    `  precision ${withInterval(c.precision.challenger)} against ${withInterval(c.precision.champion)}, difference ${withInterval(c.difference)}`,
    `  calibration error ${c.ece.challenger?.toFixed(4) ?? '—'} against ${c.ece.champion?.toFixed(4) ?? '—'}`,
    ...c.worseSlices.map(
      (s) =>
        `  worse: ${s.by} ${s.slice}: ${percent(s.meanProbability)} said, ${percent(s.shareFound)} found (${s.rows} rows)`,
    ),
    `Verdict: ${VERDICTS[c.verdict]}.`,
  ];
  return lines.join('\n');
}

/** What became known since a day. */
export function closedText(since: string, closed: readonly ClosedSince[]): string {
  const total = closed.reduce((n, c) => n + c.outcomes, 0);
  if (total === 0) return `Nothing was closed since ${since}.`;
  return `${total} outcomes became known since ${since}:\n${textTable(
    ['channel', 'verdict', 'outcomes', 'subjects'],
    closed.map((c) => [c.channel, c.verdict, String(c.outcomes), String(c.subjects)]),
  )}`;
}

/** The kept models, the champion marked. */
export function modelsText(
  models: readonly { readonly model: LeadModel; readonly role: string }[],
  decisions: readonly ModelDecision[],
): string {
  if (models.length === 0) return 'No model yet; "tributary run" trains one.';
  const rows = models.map(({ model, role }) => {
    const first = model.card.headline[0];
    return [
      model.model_id,
      role,
      model.setting,
      model.asOf.slice(0, 10),
      first === undefined ? '' : withInterval(first),
      model.servable ? '' : 'comparison only',
    ];
  });
  return `${textTable(['model', 'role', 'setting', 'known by', 'headline on its own hold-out', ''], rows)}\n\n${decisionsText(decisions)}`;
}

/** Who decided what, newest last. */
export function decisionsText(decisions: readonly ModelDecision[]): string {
  if (decisions.length === 0) return 'Nobody has promoted a model: every run trains its own.';
  return textTable(
    ['when', 'what', 'model', 'by', 'why'],
    decisions.map((d) => [d.at.slice(0, 16), d.action, d.modelId, d.by, d.why]),
  );
}

/** A model's card for the terminal. */
export function cardText(model: LeadModel): string {
  const { card } = model;
  return [
    modelLine(model),
    card.protocol.en,
    '',
    ...card.headline.map(
      (f) => `  ${f.label.en}: ${f.unit === 'share' ? withInterval(f) : (f.value?.toFixed(3) ?? '—')}`,
    ),
    ...card.rivals.map(
      (r) =>
        `  beside ${r.label.en}: ${withInterval(r.figure)}, difference ${withInterval(r.difference)}${r.beaten ? '' : ' (not shown to be beaten)'}`,
    ),
    '',
    'Limits:',
    ...card.limits.map((l) => `  · ${l.en}`),
  ].join('\n');
}

/** What moved, the alarms by name; then the largest shifts below the line. */
export function driftText(report: Awaited<ReturnType<typeof driftOfRun>>): string {
  const shown = report.lines.filter((l) => l.alarm || l.shift === null || l.shift.psi >= 0.05).slice(0, 40);
  const rows = shown.map((l) => [
    l.alarm ? '!' : '',
    l.what,
    l.shift === null ? '' : l.shift.psi.toFixed(3),
    l.adjustedP < 1e-4 ? '< 0.0001' : l.adjustedP.toFixed(4),
    l.share === null ? _median(l.shift?.medianBefore) : percent(l.share.before),
    l.share === null ? _median(l.shift?.medianNow) : percent(l.share.now),
  ]);
  const head = `Model ${report.modelId}: ${report.referenceRows} candidates as of ${report.from.slice(0, 10)} beside ${report.batchRows} as of ${report.to.slice(0, 10)}; ${report.lines.length} things watched.`;
  const alarm =
    report.alarms.length === 0
      ? 'No alarm.'
      : `ALARM: ${report.alarms.join(', ')}. Retrain, or find out what changed in the source.`;
  return `${head}\n${rows.length === 0 ? '' : `${textTable(['', 'what', 'PSI', 'p (Holm)', 'median or share then', 'now'], rows)}\n`}${alarm}`;
}

function _median(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : String(Math.round(value * 1000) / 1000);
}
