import { type Clock, InputError } from '../base/index.ts';
import type { FileFacts, RawTable } from '../formats/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { buildDatum } from './build-datum.ts';
import { buildMaps, buildUnits } from './build-maps.ts';
import { type CleanedTable, coordinatePair, unitColumnOf } from './cleaned-sql.ts';
import { type ValueCounts, collectRejects } from './collect-rejects.ts';
import { columnPlans } from './column-plan.ts';
import { type FoundColumns, findColumns } from './find-header.ts';
import { flagRows } from './flag-rows.ts';
import { quality } from './quality.ts';
import type { ColumnReport, FileReport, RuleCount } from './report.ts';
import { type EntryName, writeParquet } from './write-entry.ts';

/** Known more than this before the load = stale. */
const STALE_DAYS = 365;

/** Cleans `raw` under one description and writes the two Parquet files to the scratch folder. Several descriptions of one file run on one `raw`.
 *  @param options.withBad  counts the unreadable records here; true for one description of a file only */
export async function loadUnder(
  db: Database,
  description: SourceDescription,
  options: {
    readonly raw: RawTable;
    readonly facts: FileFacts;
    readonly fileName: string;
    readonly name: EntryName;
    readonly clock: Clock;
    readonly withBad: boolean;
  },
): Promise<FileReport> {
  const started = options.clock();
  const found = findColumns(description, options.raw.columns, options.fileName);
  const plans = columnPlans(found.columns, options.raw);
  const mapped = await buildMaps(db, plans);
  const table: CleanedTable = { description, plans, mapped, pair: coordinatePair(plans) };
  for (const plan of plans) {
    const unit = unitColumnOf(table, plan);
    if (unit !== null) await buildUnits(db, plan, unit);
    else if (plan.column.unit?.fromColumn !== undefined)
      throw new InputError(
        'bad-description',
        `ingestFiles: column "${plan.column.name}" of "${description.id}" takes its unit from "${plan.column.unit.fromColumn}", which is not described`,
        {},
      );
  }
  await buildDatum(db, table);
  await flagRows(db, table, { nowMs: started, file: options.fileName });
  const values = await collectRejects(db, table, options);
  await writeParquet(db, table, options);
  return _report(db, table, { ...options, found, values, started });
}

interface _ReportInput {
  readonly raw: RawTable;
  readonly facts: FileFacts;
  readonly fileName: string;
  readonly name: EntryName;
  readonly clock: Clock;
  readonly found: FoundColumns;
  readonly values: ValueCounts;
  readonly started: number;
}

async function _report(db: Database, table: CleanedTable, input: _ReportInput): Promise<FileReport> {
  const refusedByRule = await db.rows<RuleCount>(
    `select '' as "column", rule, count(*) as count from rejects where refused_row group by all order by all`,
  );
  const refusedRows = refusedByRule.reduce((sum, r) => sum + r.count, 0);
  const [accepted] = await db.rows<{ n: number }>('select count(*) as n from flags where rule is null');
  const [facts] = await db.rows<Record<string, number | string | null>>(_factsSql(table, input));
  const acceptedRows = accepted!.n;
  const present = (i: number): number => Number(facts![`p${i}`]);
  const columns = table.plans.map((plan, i): ColumnReport => ({
    name: plan.column.name,
    present: present(i),
    completeness: acceptedRows === 0 ? 1 : present(i) / acceptedRows,
    placeholders: input.values.placeholders.get(plan.column.name) ?? 0,
    isAbsent: !plan.isPresent,
  }));
  const outOfRange = _sum(input.values.rejects.filter((r) => /range|swapped/.test(r.rule)));
  const sent = columns.reduce((sum, c) => sum + c.present, 0) + _sum(input.values.rejects);
  const report: Omit<FileReport, 'state' | 'reasons'> = {
    source: table.description.id,
    fileName: input.fileName,
    sha256: input.facts.sha256,
    bytes: input.facts.bytes,
    outcome: 'ingested',
    readRows: acceptedRows + refusedRows,
    acceptedRows,
    refusedRows,
    refusedByRule,
    valueRejects: input.values.rejects,
    remarks: input.values.remarks,
    columns,
    duplicates: _sum(refusedByRule.filter((r) => r.rule === 'duplicate')),
    outOfRangeShare: sent === 0 ? 0 : outOfRange / sent,
    staleShare: acceptedRows === 0 ? 0 : Number(facts!['stale']) / acceptedRows,
    firstEventAt: facts!['event_low'] as string | null,
    lastEventAt: facts!['event_high'] as string | null,
    firstKnownAt: facts!['known_low'] as string | null,
    lastKnownAt: facts!['known_high'] as string | null,
    extraHeaders: input.found.extra,
    notes: input.raw.notes,
    error: null,
    seconds: (input.clock() - input.started) / 1000,
  };
  return { ...report, ...quality(report) };
}

function _sum(counts: readonly RuleCount[]): number {
  return counts.reduce((sum, r) => sum + r.count, 0);
}

/** Counts over the Parquet file just written: what it says is what the lake holds. */
function _factsSql(table: CleanedTable, input: _ReportInput): string {
  const old = new Date(input.started - STALE_DAYS * 86_400_000).toISOString();
  const present = table.plans.map((p, i) => `count(${quoteIdent(p.column.name)}) as p${i}`);
  const path = quoteText(`${input.name.scratch}/out.parquet`);
  return `select ${[...present, `count(*) filter (known_at < timestamp '${old.slice(0, 19)}') as stale`, 'min(event_at) as event_low', 'max(event_at) as event_high', 'min(known_at) as known_low', 'max(known_at) as known_high'].join(', ')} from read_parquet(${path})`;
}
