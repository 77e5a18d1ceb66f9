import { DAY_MS } from '../base/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import type { Batch, OpenFile } from './batch.ts';
import type { CleanedTable } from './cleaned-sql.ts';
import type { FoundColumns } from './find-header.ts';
import { quality } from './quality.ts';
import type { ColumnReport, FileReport, RuleCount } from './report.ts';
import { PLACEHOLDER } from './slow-value.ts';
import { fileOfSql } from './stride.ts';

/** Known more than this before the load = stale. */
export const STALE_DAYS = 365;

interface _Input {
  readonly batch: Batch;
  readonly found: FoundColumns;
  /** SQL of the accepted rows with their `file`. */
  readonly counted: string;
  readonly startedMs: number;
  readonly endedMs: number;
}

type _Facts = Record<string, number | string | null>;
type _FileRule = RuleCount & { readonly file: number };

/** A report for each file of a batch, in order, counted from the tables that the load left and from the rows that went into the lake. */
export async function batchReports(db: Database, table: CleanedTable, input: _Input): Promise<FileReport[]> {
  const facts = await db.rows<_Facts>(_factsSql(table, input));
  const rejects = await db.rows<_FileRule & { refused_row: boolean }>(
    `select ${fileOfSql('line')} as file, refused_row, case when refused_row then '' else column_name end as "column", rule, count(*) as count from rejects group by all order by all`,
  );
  const remarks = await db.rows<_FileRule>(
    'select file, column_name as "column", rule, count from remarks order by all',
  );
  return input.batch.files.map((file, i) => {
    const own = <T extends { readonly file: number }>(list: readonly T[]): T[] =>
      list.filter((item) => item.file === i);
    return _report(table, input, {
      file,
      facts: facts.find((f) => f['file'] === i) ?? {},
      refused: own(rejects).filter((r) => r.refused_row),
      values: own(rejects).filter((r) => !r.refused_row),
      remarks: own(remarks),
    });
  });
}

interface _Own {
  readonly file: OpenFile;
  readonly facts: _Facts;
  readonly refused: readonly _FileRule[];
  readonly values: readonly _FileRule[];
  readonly remarks: readonly _FileRule[];
}

function _report(table: CleanedTable, input: _Input, own: _Own): FileReport {
  const acceptedRows = Number(own.facts['n'] ?? 0);
  const refusedRows = _sum(own.refused);
  const columns = table.plans.map((plan, i): ColumnReport => {
    const present = Number(own.facts[`p${i}`] ?? 0);
    const placeholders = _sum(own.remarks.filter((r) => r.rule === PLACEHOLDER && r.column === plan.column.name));
    return {
      name: plan.column.name,
      present,
      completeness: acceptedRows === 0 ? 1 : present / acceptedRows,
      placeholders,
      isAbsent: !plan.isPresent,
    };
  });
  const outOfRange = _sum(own.values.filter((r) => /range|swapped/.test(r.rule)));
  const sent = columns.reduce((sum, c) => sum + c.present, 0) + _sum(own.values);
  const text = (name: string): string | null => (own.facts[name] ?? null) as string | null;
  const report: Omit<FileReport, 'state' | 'reasons'> = {
    source: table.description.id,
    fileName: own.file.found.fileName,
    sha256: own.file.facts.sha256,
    bytes: own.file.facts.bytes,
    outcome: 'ingested',
    readRows: acceptedRows + refusedRows,
    acceptedRows,
    refusedRows,
    refusedByRule: own.refused.map(_bare),
    valueRejects: own.values.map(_bare),
    remarks: own.remarks.filter((r) => r.rule !== PLACEHOLDER).map(_bare),
    columns,
    duplicates: _sum(own.refused.filter((r) => r.rule === 'duplicate')),
    outOfRangeShare: sent === 0 ? 0 : outOfRange / sent,
    staleShare: acceptedRows === 0 ? 0 : Number(own.facts['stale']) / acceptedRows,
    firstEventAt: text('event_low'),
    lastEventAt: text('event_high'),
    firstKnownAt: text('known_low'),
    lastKnownAt: text('known_high'),
    extraHeaders: input.found.extra,
    notes: own.file.notes,
    changes: null,
    error: null,
    seconds: (input.endedMs - input.startedMs) / 1000 / input.batch.files.length,
  };
  return { ...report, ...quality(report) };
}

function _bare(count: _FileRule): RuleCount {
  return { column: count.column, rule: count.rule, count: count.count };
}

function _sum(counts: readonly RuleCount[]): number {
  return counts.reduce((sum, r) => sum + r.count, 0);
}

function _factsSql(table: CleanedTable, input: _Input): string {
  const old = new Date(input.startedMs - STALE_DAYS * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');
  const counts = table.plans.map((p, i) => `count(${quoteIdent(p.column.name)}) as p${i}`);
  const moments = [
    'min(event_at) as event_low',
    'max(event_at) as event_high',
    'min(known_at) as known_low',
    'max(known_at) as known_high',
  ];
  return `select file, count(*) as n, ${[...counts, ...moments].join(', ')}, count(*) filter (known_at < timestamp '${old}') as stale from ${input.counted} group by file order by file`;
}
