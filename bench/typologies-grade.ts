import { join } from 'node:path';
import { type SourceDescription } from '../ingest/schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../ingest/tables/index.ts';
import { TYPOLOGIES } from '../models/typologies/index.ts';

/** How one typology did on planted truth. */
export interface TypologyGrade {
  readonly typology: string;
  readonly schemes: number;
  readonly found: number;
  readonly recall: number;
  /** Schemes of which a signal cites a planted row. */
  readonly foundByRow: number;
  readonly decoys: number;
  /** Look-alikes without a signal of this typology. */
  readonly quiet: number;
  readonly subjects: number;
  /** Subjects with a signal that neither names a party of a true scheme of this typology at that time nor cites one of its rows. */
  readonly falseSubjects: number;
  readonly falsePer1000: number;
  /** Of these, subjects in a true scheme of another typology at that time. */
  readonly falseInOtherScheme: number;
  readonly variants: readonly {
    readonly variant: string;
    readonly decoy: boolean;
    readonly schemes: number;
    readonly signalled: number;
  }[];
}

/** Days before a scheme's start and after its end in which a signal is still about it: months and fortnights are the coarsest windows. */
const SLACK_DAYS = 31;

/** Reads truth beside the warehouse; only graders do. Makes temp tables `scheme`, `scheme_subject`, `scheme_row`. */
export async function loadTruth(
  db: Database,
  truth: string,
  descriptions: readonly SourceDescription[],
): Promise<void> {
  const file = (t: string) => quoteText(join(truth, `${t}.parquet`));
  await db.run(
    `create or replace temp table scheme as select id, typology, decoy, coalesce(variant, '') as variant, started, ended from ${file('gt_scheme')}`,
  );
  await db.run(`create or replace temp table truth_key as
    select distinct e.entity as truth_id, k.entity_id from ${file('gt_scheme_entity')} e join entity_key k on k.key = case
        when e.entity like 'meter:%' then substr(e.entity, 7) when e.entity like 'element:%' then substr(e.entity, 9) when e.entity like '%/__' then replace(e.entity, '/', '|') else e.entity end
      and k.key_kind in ('uscc', 'permit_no', 'meter_no', 'element_id', 'plate_class', 'mmsi', 'farm_no') and k.kind in ('company', 'site', 'vehicle', 'ship')`);
  await db.run(`create or replace temp table scheme_subject as
    select distinct e.scheme, e.role, k.entity_id, s.subject_id, s.kind from ${file('gt_scheme_entity')} e join truth_key k on k.truth_id = e.entity join subject s on s.member_id = k.entity_id`);
  await db.run(`create or replace temp table scheme_row (scheme VARCHAR, row_id VARCHAR)`);
  for (const d of descriptions) {
    const table = `src_${d.id}`;
    if (!(await db.has(table))) continue;
    const key = d.key.map(
      (c) =>
        `coalesce(strftime(try_cast(${quoteIdent(c)} as timestamp), '%Y-%m-%d %H:%M:%S'), ${quoteIdent(c)}::varchar)`,
    );
    const plain = d.key.map((c) => `${quoteIdent(c)}::varchar`);
    const months = d.key.map((c) =>
      c === 'month' ? `strftime(month::timestamp, '%Y-%m')` : `${quoteIdent(c)}::varchar`,
    );
    for (const parts of d.key.includes('month') ? [months] : [plain, key])
      await db.run(`insert into scheme_row select distinct g.scheme, s.row_id from ${file('gt_scheme_row')} g join (select row_id, concat_ws('|', ${parts.join(', ')}) as k from ${table}) s
        on g.row_key = s.k where g.source = ${quoteText(d.id)}`);
  }
}

/** Grades the `signal` table. */
export async function gradeTypologies(db: Database): Promise<TypologyGrade[]> {
  await db.run(`create or replace temp table told as
    select g.signal_id, g.typology, g.rule, g.subject_id, g."at", s.id as scheme, s.decoy, s.typology as of_typology
    from signal g join scheme_subject e on e.subject_id = g.subject_id join scheme s on s.id = e.scheme
    where g."at" between s.started - interval ${SLACK_DAYS} day and s.ended + interval ${SLACK_DAYS} day`);
  await db.run(`create or replace temp table just as
    select signal_id from told where typology = of_typology and not decoy
    union select g.signal_id from (select signal_id, typology, unnest(row_ids) as row_id from signal) g join scheme_row r using (row_id) join scheme s on s.id = r.scheme
    where s.typology = g.typology and not s.decoy`);
  await db.run(
    `create or replace temp table cited as select distinct g.typology, r.scheme from (select typology, unnest(row_ids) as row_id from signal) g join scheme_row r using (row_id)`,
  );
  const out: TypologyGrade[] = [];
  for (const t of TYPOLOGIES) out.push(await _one(db, t.id, t.subjectKinds));
  return out;
}

async function _one(db: Database, id: string, kinds: readonly string[]): Promise<TypologyGrade> {
  const one = async (sql: string): Promise<number> => (await db.rows<{ n: number }>(sql, { id }))[0]!.n;
  const schemes = await one(`select count(*) as n from scheme where typology = $id and not decoy`);
  const decoys = await one(`select count(*) as n from scheme where typology = $id and decoy`);
  const found = await one(
    `select count(distinct scheme) as n from told where typology = $id and of_typology = $id and not decoy`,
  );
  const foundByRow = await one(
    `select count(distinct scheme) as n from cited join scheme on scheme.id = scheme where cited.typology = $id and scheme.typology = $id and not decoy`,
  );
  const noisy =
    await one(`select count(distinct t.scheme) as n from told t where typology = $id and of_typology = $id and decoy
    and t.signal_id not in (select signal_id from just)`);
  const subjects = await one(
    `select count(distinct subject_id) as n from subject where $id is not null and kind in (${kinds.map(quoteText).join(', ')})`,
  );
  const wrong = `select distinct g.subject_id from signal g where g.typology = $id and g.signal_id not in (select signal_id from just)`;
  const falseSubjects = await one(`select count(*) as n from (${wrong})`);
  const falseInOtherScheme = await one(
    `select count(distinct w.subject_id) as n from (${wrong}) w join told t on t.subject_id = w.subject_id and t.typology = $id and not t.decoy`,
  );
  const variants = await db.rows<TypologyGrade['variants'][number]>(
    `select s.variant, s.decoy, count(distinct s.id) as schemes, count(distinct t.scheme) as signalled from scheme s
     left join told t on t.scheme = s.id and t.typology = $id where s.typology = $id group by all order by s.decoy, s.variant`,
    { id },
  );
  const recall = schemes === 0 ? 0 : found / schemes;
  const falsePer1000 = (1000 * falseSubjects) / Math.max(1, subjects);
  return {
    typology: id,
    schemes,
    found,
    recall,
    foundByRow,
    decoys,
    quiet: decoys - noisy,
    subjects,
    falseSubjects,
    falsePer1000,
    falseInOtherScheme,
    variants,
  };
}

/** e9: false alarms of T04 for a device and month; e11: what the trip verdicts say of planted and of other manifests. */
export async function gradeExtras(db: Database): Promise<Record<string, number>> {
  const [cems] = await db.rows<{ months: number; alarms: number }>(`select
    (select count(*) from (select distinct mn, date_trunc('month', data_time) from src_eco_cems_hour)) as months,
    (select count(*) from signal where typology = 'T04' and signal_id not in (select signal_id from just)) as alarms`);
  const [trips] = await db.rows<{
    planted: number;
    flagged: number;
    honest: number;
    wrong: number;
    checkable: number;
  }>(`
    with planted as (select distinct r.row_id from scheme_row r join scheme s on s.id = r.scheme where s.typology = 'T02' and not s.decoy)
    select count(*) filter (where p.row_id is not null) as planted, count(*) filter (where p.row_id is not null and v.verdicts[1] not in ('consistent', 'not-checkable')) as flagged,
      count(*) filter (where p.row_id is null) as honest, count(*) filter (where p.row_id is null and v.verdicts[1] not in ('consistent', 'not-checkable')) as wrong,
      count(*) filter (where v.verdicts[1] <> 'not-checkable') as checkable
    from trip_verdict v left join planted p using (row_id)`);
  return {
    monitorMonths: cems!.months,
    falseAlarmsT04: cems!.alarms,
    falseAlarmsPerMonitorMonth: cems!.alarms / Math.max(1, cems!.months),
    plantedTrips: trips!.planted,
    plantedTripsFlagged: trips!.flagged,
    honestTrips: trips!.honest,
    honestTripsFlagged: trips!.wrong,
    checkableTrips: trips!.checkable,
  };
}

/** Signals that claim to be known before one of the rows they cite, and cited rows that no source table has: both must be none. */
export async function leaks(db: Database, descriptions: readonly SourceDescription[]): Promise<Record<string, number>> {
  const tables: string[] = [];
  for (const d of descriptions)
    if (await db.has(`src_${d.id}`)) tables.push(`select row_id, known_at from src_${d.id}`);
  const [found] = await db.rows<{ early: number; unknown: number }>(
    `with cited as (select signal_id, known_at as said_at, unnest(row_ids) as row_id from signal), sent as (${tables.join(' union all ')})
     select count(distinct signal_id) filter (where sent.known_at > said_at) as early, count(*) filter (where sent.row_id is null) as unknown from cited left join sent using (row_id)`,
  );
  return { signalsBeforeTheirRows: found!.early, citedRowsNotFound: found!.unknown };
}
