import type { FileReport, IngestReport } from '../../ingest/lake/index.ts';
import type { PairExplanation } from '../../ingest/resolve/index.ts';
import type { Against, Reason } from '../../models/leads/index.ts';
import type { RunReport } from '../../models/index.ts';
import type { LeadDetail, LeadSummary } from '../../models/queries/index.ts';
import { textTable } from './terminal.ts';

const n = (value: number): string => value.toLocaleString('en');

/** What a load did: counts that add up, and why rows were refused. */
export function ingestText(report: IngestReport): string {
  const rows = report.files.map((f) => [
    f.source,
    f.fileName,
    f.state,
    n(f.readRows),
    n(f.acceptedRows),
    n(f.refusedRows),
    [...f.refusedByRule, ...f.valueRejects]
      .map((r) => `${r.column} ${r.rule} ${n(r.count)}`)
      .slice(0, 4)
      .join(', '),
  ]);
  const lines = [textTable(['source', 'file', 'state', 'read', 'accepted', 'refused', 'why'], rows)];
  const compared = report.files.filter((f) => f.changes !== null && f.outcome === 'ingested');
  if (compared.length > 0) lines.push(`\n${textTable(CHANGE_COLUMNS, compared.map(changesRow))}`);
  if (report.unrecognised.length > 0)
    lines.push(
      `\nNobody recognised: ${report.unrecognised.join(', ')}; describe them in a YAML source, or leave them.`,
    );
  return lines.join('\n');
}

const CHANGE_COLUMNS = ['file', 'against', 'new', 'changed', 'unchanged', 'gone', 'for example'];

/** One file beside the one that it stands in for. */
function changesRow({ fileName, changes }: FileReport): string[] {
  const c = changes!;
  const shown = c.rows
    .slice(0, 3)
    .map((r) => `${r.what} ${r.rowId ?? r.wasRowId}${r.columns.length > 0 ? ` (${r.columns.join(', ')})` : ''}`);
  const gone = c.gone === null ? 'a further part' : n(c.gone);
  return [fileName, c.against, n(c.new), n(c.changed), n(c.unchanged), gone, shown.join('; ')];
}

/** Steps of a run with their times. */
export function runText(report: RunReport): string {
  const rows = report.steps.map((s) => [
    s.name,
    s.seconds.toFixed(1),
    s.rows === null ? '' : n(s.rows),
    `${s.rssMb} MB`,
    s.note,
  ]);
  return `${textTable(['step', 'seconds', 'rows', 'memory', 'note'], rows)}\n\n${report.models.map(modelText).join('\n\n')}\n\nRun ${report.runId} (as of ${report.asOf}) took ${report.seconds.toFixed(1)} s: ${n(report.leads)} leads, ${n(report.reports.length)} report files.`;
}

/** The ranked list. */
export function leadsText(runId: string, leads: readonly LeadSummary[]): string {
  if (leads.length === 0) return `Run ${runId} has no leads.`;
  const rows = leads.map((l) => [
    String(l.rank),
    l.leadId,
    l.label,
    l.kind,
    l.probability === null ? '—' : `${(l.probability * 100).toFixed(0)}%`,
    l.typologies.join(' '),
    l.pick === 'exploration' ? 'exploration' : '',
  ]);
  return `${textTable(['#', 'lead', 'subject', 'kind', 'chance', 'typologies', 'pick'], rows)}\n\nRun ${runId}. 线索不作为处罚或定罪依据。`;
}

/** One lead with reasons both ways. */
export function leadText(lead: LeadDetail, language: 'zh' | 'en'): string {
  const reasons = (lead.reasons as Reason[]).map(
    (r) =>
      `  ${r.direction === 'for' ? '＋' : '－'} ${r.text[language]}  (${r.contribution > 0 ? '+' : ''}${r.contribution.toFixed(2)})`,
  );
  const against = (lead.against as Against[]).map((a) => `  · ${a.text[language]}`);
  const chance =
    lead.probability === null
      ? '—'
      : `${(lead.probability * 100).toFixed(0)}%${lead.low === null || lead.high === null ? '' : ` (${(lead.low * 100).toFixed(0)}–${(lead.high * 100).toFixed(0)}%)`}`;
  const words =
    language === 'zh'
      ? { chance: '查实概率', reasons: '理由', against: '不利于本线索的情况', rows: '依据行' }
      : { chance: 'Chance of being confirmed', reasons: 'Reasons', against: 'What speaks against it', rows: 'Rows' };
  return [
    `${lead.leadId}  #${lead.rank}  ${lead.label}  (${lead.kind})`,
    `${words.chance}: ${chance}${lead.confidence === null ? '' : `  ${lead.confidence}`}`,
    `${words.reasons}:`,
    ...reasons,
    `${words.against}:`,
    ...against,
    `${words.rows}: ${lead.rowIds.slice(0, 12).join(' ')}${lead.rowIds.length > 12 ? ` … (${lead.rowIds.length})` : ''}`,
  ].join('\n');
}

/** Every level, weight and reason of a pair. */
export function whyText(pair: PairExplanation): string {
  const show = (values: Readonly<Record<string, string | null>>): string =>
    Object.entries(values)
      .map(([k, v]) => `${k}=${v ?? '∅'}`)
      .join(' ');
  const rows = pair.levels.map((l) => [l.comparison, l.level, l.weight.toFixed(2), show(l.left), show(l.right)]);
  return [
    `${pair.left}  →  ${pair.leftEntity ?? '—'}`,
    `${pair.right}  →  ${pair.rightEntity ?? '—'}`,
    pair.together ? 'Together: yes.' : 'Together: no.',
    '',
    textTable(['comparison', 'level', 'bits', 'left', 'right'], rows),
    '',
    `Prior ${pair.priorBits.toFixed(2)} bits, sum ${pair.weight.toFixed(2)} bits, probability ${pair.probability.toFixed(4)}; ${pair.threshold.toFixed(2)} bits are needed.`,
    `Blocking rules that propose the pair: ${pair.rulesMet.join(', ') || 'none'}.`,
    ...pair.reasons.map((r) => `· ${r}`),
  ].join('\n');
}

/** The figures that a model is judged by, with its rivals on the same hold-out rows. */
function modelText(model: RunReport['models'][number]): string {
  const head =
    model.variant === null
      ? `Model ${model.modelId} (served)`
      : `Model ${model.modelId} (variant ${model.variant}, for comparison only)`;
  return [head, ...model.headline.map((t) => `  ${t}`), ...model.rivals.map((t) => `  vs ${t}`)].join('\n');
}
