import { DAY_MS, InputError } from '../../ingest/base/index.ts';
import { type FileReport, lakeFiles } from '../../ingest/lake/index.ts';
import type { Bilingual, SourceDescription } from '../../ingest/schema/index.ts';
import { type Database, quoteIdent } from '../../ingest/tables/index.ts';
import type { WorkspacePaths } from '../workspace/index.ts';
import { type IngestFault, readIngestFaults } from '../workspace/index.ts';
import { isPersonal } from './source-row.ts';

export type HealthState = 'red' | 'yellow' | 'green' | 'absent';

/** How one source stands in the served run, and what the lake says of its files. */
export interface SourceHealth {
  readonly source: string;
  readonly title: Bilingual;
  readonly department: string;
  readonly level: number;
  readonly share: string;
  readonly state: HealthState;
  readonly reasons: readonly string[];
  readonly files: number;
  /** `read` = `accepted` + `refused`; of the refused, `duplicates` are rows that were there already. */
  readonly read: number;
  readonly accepted: number;
  readonly refused: number;
  readonly duplicates: number;
  readonly latestEventAt: string | null;
  /** Days from the latest event to the run's moment. */
  readonly lagDays: number | null;
  /** Mean share of accepted rows with a value, over the columns and files; null without rows. */
  readonly completeness: number | null;
  readonly outOfRange: number | null;
  readonly stale: number | null;
  readonly datums: readonly { readonly datum: string; readonly rows: number; readonly confidence: number | null }[];
  readonly faults: readonly IngestFault[];
}

/** One file of a source with its report, and its columns. */
export interface SourceFiles {
  readonly files: readonly (Pick<
    FileReport,
    | 'fileName'
    | 'sha256'
    | 'bytes'
    | 'state'
    | 'reasons'
    | 'readRows'
    | 'acceptedRows'
    | 'refusedRows'
    | 'duplicates'
    | 'firstEventAt'
    | 'lastEventAt'
  > & { readonly ingestedAtMs: number })[];
  readonly columns: readonly {
    readonly name: string;
    readonly header: string;
    readonly personal: boolean;
    readonly completeness: number | null;
    readonly placeholders: number;
    readonly refusedValues: number;
  }[];
  readonly rules: readonly {
    readonly rule: string;
    readonly column: string | null;
    readonly refusedRow: boolean;
    readonly count: number;
  }[];
}

const WORST: readonly HealthState[] = ['red', 'yellow', 'green', 'absent'];

/** Every described source, worst first. Cost: the lake's small JSON files, and one count a source table. */
export async function sourceHealth(
  db: Database,
  of: { readonly paths: WorkspacePaths; readonly descriptions: readonly SourceDescription[]; readonly asOf: string },
): Promise<SourceHealth[]> {
  const counts = await db.rows<{
    source: string;
    files: number;
    read: number;
    accepted: number;
    refused: number;
    duplicates: number;
  }>(
    `select f.source, count(*) as files, sum(read_rows)::bigint as read, sum(accepted_rows)::bigint as accepted, sum(rejected_rows)::bigint as refused,
     coalesce((select count(*) from reject r where r.source = f.source and r.rule = 'duplicate' and r.refused_row), 0) as duplicates
     from source_file f group by f.source`,
  );
  const faults = readIngestFaults(of.paths);
  const out: SourceHealth[] = [];
  for (const d of of.descriptions) {
    const own = counts.find((c) => c.source === d.id);
    const reports = lakeFiles(of.paths.root, d.id).map((f) => f.report);
    const broken = faults.filter((f) => f.source === d.id);
    const latestEventAt = await _latest(db, d.id);
    out.push({
      source: d.id,
      title: d.title,
      department: d.department,
      level: d.level,
      share: d.share,
      ..._state(reports, broken, own !== undefined),
      files: own?.files ?? 0,
      read: own?.read ?? 0,
      accepted: own?.accepted ?? 0,
      refused: own?.refused ?? 0,
      duplicates: own?.duplicates ?? 0,
      latestEventAt,
      lagDays: latestEventAt === null ? null : Math.max(0, (Date.parse(of.asOf) - Date.parse(latestEventAt)) / DAY_MS),
      completeness: _mean(reports, (r) => _share(r.columns.map((c) => c.completeness))),
      outOfRange: _mean(reports, (r) => r.outOfRangeShare),
      stale: _mean(reports, (r) => r.staleShare),
      datums: await _datums(db, d),
      faults: broken,
    });
  }
  return out.sort((a, b) => WORST.indexOf(a.state) - WORST.indexOf(b.state) || (a.source < b.source ? -1 : 1));
}

/** Files, columns and rules of one source. @throws InputError `no-such-source` */
export async function sourceFilesOf(
  db: Database,
  source: string,
  of: { readonly paths: WorkspacePaths; readonly descriptions: readonly SourceDescription[] },
): Promise<SourceFiles> {
  const description = _described(source, of.descriptions);
  const entries = lakeFiles(of.paths.root, source);
  const reports = entries.map((e) => e.report);
  return {
    files: entries.map(({ report: r, ingestedAtMs }) => ({
      fileName: r.fileName,
      sha256: r.sha256,
      bytes: r.bytes,
      state: r.state,
      reasons: r.reasons,
      readRows: r.readRows,
      acceptedRows: r.acceptedRows,
      refusedRows: r.refusedRows,
      duplicates: r.duplicates,
      firstEventAt: r.firstEventAt,
      lastEventAt: r.lastEventAt,
      ingestedAtMs,
    })),
    columns: description.columns
      .filter((c) => c.kind !== 'drop')
      .map((c) => ({
        name: c.name,
        header: typeof c.header === 'string' ? c.header : (c.header?.[0] ?? c.name),
        personal: isPersonal(c),
        completeness: _mean(reports, (r) => r.columns.find((x) => x.name === c.name)?.completeness ?? null),
        placeholders: reports.reduce((n, r) => n + (r.columns.find((x) => x.name === c.name)?.placeholders ?? 0), 0),
        refusedValues: reports.reduce(
          (n, r) => n + r.valueRejects.filter((v) => v.column === c.name).reduce((m, v) => m + v.count, 0),
          0,
        ),
      })),
    rules: await db.rows<SourceFiles['rules'][number]>(
      `select rule, column_name as "column", refused_row as "refusedRow", count(*) as count from reject where source = $source
       group by all order by count desc, rule, "column"`,
      { source },
    ),
  };
}

/** A window of a source's rejects in order of row; values of personal columns are hidden. @throws InputError `no-such-source` */
export async function sourceRejects(
  db: Database,
  source: string,
  of: {
    readonly descriptions: readonly SourceDescription[];
    readonly rule: string | null;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{
  readonly total: number;
  readonly rejects: readonly {
    readonly rowId: string;
    readonly column: string | null;
    readonly value: string | null;
    readonly rule: string;
    readonly message: string;
    readonly refusedRow: boolean;
  }[];
}> {
  const personal = new Set(
    _described(source, of.descriptions)
      .columns.filter(isPersonal)
      .map((c) => c.name),
  );
  const where = `source = $source${of.rule === null ? '' : ' and rule = $rule'}`;
  const params = { source, ...(of.rule === null ? {} : { rule: of.rule }) };
  const total = (await db.rows<{ n: number }>(`select count(*) as n from reject where ${where}`, params))[0]!.n;
  const rejects = await db.rows<{
    rowId: string;
    column: string | null;
    value: string | null;
    rule: string;
    message: string;
    refusedRow: boolean;
  }>(
    `select row_id as "rowId", column_name as "column", value, rule, message, refused_row as "refusedRow" from reject where ${where}
     order by row_id, "column", rule limit $limit offset $offset`,
    { ...params, limit: of.limit, offset: of.offset },
  );
  return {
    total,
    rejects: rejects.map((r) => (r.column !== null && personal.has(r.column) ? { ...r, value: null, message: '' } : r)),
  };
}

function _described(source: string, descriptions: readonly SourceDescription[]): SourceDescription {
  const found = descriptions.find((d) => d.id === source);
  if (found === undefined)
    throw new InputError(
      'no-such-source',
      `source "${source}" is not described in this workspace; there are ${descriptions.map((d) => d.id).join(', ')}`,
      { source },
    );
  return found;
}

/** The worst state of a source's files; a file that could not be read makes it red until it is read. */
function _state(
  reports: readonly FileReport[],
  faults: readonly IngestFault[],
  isServed: boolean,
): { readonly state: HealthState; readonly reasons: readonly string[] } {
  const reasons = [
    ...faults.map((f) => `${f.fileName}: ${f.message}`),
    ...reports.filter((r) => r.state !== 'green').flatMap((r) => r.reasons.map((reason) => `${r.fileName}: ${reason}`)),
  ];
  if (faults.length > 0 || reports.some((r) => r.state === 'red')) return { state: 'red', reasons };
  if (reports.some((r) => r.state === 'yellow')) return { state: 'yellow', reasons };
  return { state: reports.length === 0 && !isServed ? 'absent' : 'green', reasons };
}

function _mean(reports: readonly FileReport[], of: (report: FileReport) => number | null): number | null {
  let sum = 0;
  let rows = 0;
  for (const r of reports) {
    const value = of(r);
    if (value === null || r.acceptedRows === 0) continue;
    sum += value * r.acceptedRows;
    rows += r.acceptedRows;
  }
  return rows === 0 ? null : sum / rows;
}

function _share(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

async function _latest(db: Database, source: string): Promise<string | null> {
  const table = `src_${source}`;
  if (!(await db.has(table))) return null;
  return (
    (await db.rows<{ at: string | null }>(`select max(event_at) as "at" from ${quoteIdent(table)}`))[0]?.at ?? null
  );
}

async function _datums(db: Database, d: SourceDescription): Promise<SourceHealth['datums']> {
  const table = `src_${d.id}`;
  if (!d.columns.some((c) => c.kind === 'lon') || !(await db.has(table))) return [];
  const names = (
    await db.rows<{ name: string }>(
      `select column_name as name from duckdb_columns() where table_name = $table order by 1`,
      { table },
    )
  ).map((r) => r.name);
  if (!names.includes('datum')) return [];
  return db.rows<SourceHealth['datums'][number]>(
    `select datum, count(*) as rows, round(avg(datum_confidence), 3) as confidence from ${quoteIdent(table)} where datum is not null group by datum order by rows desc, datum`,
  );
}
