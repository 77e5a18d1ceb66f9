import type { Database } from '../../ingest/tables/index.ts';
import { snapshotAsOf } from './cockpit/index.ts';
import { type EntityDetail, entityDetail } from './entities.ts';
import { type Timeline, membersSql, subjectTimeline } from './lead-timeline.ts';

/** A permit's limit for one factor at one outlet. */
export interface PermitLimit {
  readonly permitNo: string;
  readonly siteName: string | null;
  readonly class: string | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly outlet: string | null;
  readonly outletType: string | null;
  readonly factor: string | null;
  readonly limit: number | null;
  readonly unit: string | null;
  readonly rowId: string;
}

/** One month of one monitored factor at one outlet: valid hours only (flag N). */
export interface ReadingMonth {
  readonly permitNo: string;
  readonly outlet: string;
  readonly factor: string;
  readonly month: string;
  readonly mean: number | null;
  readonly hours: number;
  readonly validHours: number;
  readonly limit: number | null;
  readonly unit: string | null;
  /** Valid hours above the limit; null without a limit. */
  readonly overHours: number | null;
}

/** A facility on one page (f8): permits, readings, checks, penalties, and a strip of quarters. Nothing known after the run's moment. */
export interface Dossier {
  readonly asOf: string;
  readonly entity: EntityDetail;
  readonly members: readonly { readonly id: string; readonly kind: string; readonly label: string }[];
  readonly permits: readonly PermitLimit[];
  readonly readings: readonly ReadingMonth[];
  /** The last twenty quarters, oldest first, as `2026Q2`. */
  readonly quarters: readonly string[];
  readonly strip: readonly { readonly lane: string; readonly counts: readonly number[] }[];
  readonly timeline: Timeline;
  readonly leads: readonly { readonly leadId: string; readonly rank: number; readonly probability: number | null }[];
}

const QUARTERS = 20;

/** @throws InputError `no-such-entity` */
export async function dossier(db: Database, id: string): Promise<Dossier> {
  const entity = await entityDetail(db, id);
  const asOf = await snapshotAsOf(db);
  const subject = { subject: id };
  const quarters = _quarters(asOf);
  return {
    asOf,
    entity,
    members: await db.rows(
      `with ${membersSql()} select e.entity_id as id, e.kind, coalesce(e.pseudonym, e.label, e.entity_id) as label
       from member m join entity e on e.entity_id = m.id where e.entity_id <> $subject order by e.kind, label, id`,
      subject,
    ),
    permits: await _permits(db, id),
    readings: await _readings(db, id, asOf),
    quarters,
    strip: await _strip(db, { id, asOf, quarters }),
    timeline: await subjectTimeline(db, id, asOf),
    leads: await db.rows(
      `select lead_id as "leadId", rank, probability from lead where subject_id = $subject order by rank`,
      subject,
    ),
  };
}

/** `permit(permit_no)`: the permits of the subject and its sites. */
function _permitNosSql(): string {
  return `${membersSql()}, permit as (select distinct k.key as permit_no from entity_key k join member m on m.id = k.entity_id where k.key_kind = 'permit_no')`;
}

async function _permits(db: Database, id: string): Promise<PermitLimit[]> {
  if (!(await db.has('src_eco_permit'))) return [];
  return db.rows<PermitLimit>(
    `with ${_permitNosSql()}
     select p.permit_no as "permitNo", p.site_name as "siteName", p.class, p.valid_from as "validFrom", p.valid_to as "validTo", p.outlet_code as outlet,
       p.outlet_type as "outletType", p.factor, p.limit_value as "limit", p.limit_unit as unit, p.row_id as "rowId"
     from src_eco_permit p join permit on permit.permit_no = p.permit_no order by 1, outlet, factor, "rowId"`,
    { subject: id },
  );
}

/** Months of the last five years. The limit is the one of the same outlet and factor; where there are several, the strictest. */
async function _readings(db: Database, id: string, asOf: string): Promise<ReadingMonth[]> {
  for (const table of ['src_eco_permit', 'src_eco_monitor', 'src_eco_cems_hour']) if (!(await db.has(table))) return [];
  return db.rows<ReadingMonth>(
    `with ${_permitNosSql()},
     device as (select distinct d.mn, d.permit_no, d.outlet_code as outlet from src_eco_monitor d join permit on permit.permit_no = d.permit_no),
     bound as (select permit_no, outlet_code as outlet, factor, min(limit_value) as "limit", arg_min(limit_unit, limit_value) as unit
       from src_eco_permit where limit_value is not null group by all)
     select d.permit_no as "permitNo", coalesce(d.outlet, '') as outlet, c.factor, strftime(c.data_time + interval 8 hour, '%Y-%m') as month,
       round(avg(c.avg_value) filter (c.flag = 'N'), 6) as mean, count(*) as hours, count(*) filter (c.flag = 'N') as "validHours",
       any_value(b."limit") as "limit", any_value(b.unit) as unit,
       case when any_value(b."limit") is null then null else count(*) filter (c.flag = 'N' and c.avg_value > b."limit") end as "overHours"
     from src_eco_cems_hour c join device d on d.mn = c.mn left join bound b on b.permit_no = d.permit_no and b.outlet = d.outlet and b.factor = c.factor
     where c.cn = 2061 and c.avg_value is not null and c.known_at <= $asOf::timestamp and c.data_time > $asOf::timestamp - interval 5 year
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    { subject: id, asOf },
  );
}

async function _strip(
  db: Database,
  of: { readonly id: string; readonly asOf: string; readonly quarters: readonly string[] },
): Promise<Dossier['strip']> {
  const quarter = `strftime("at" + interval 8 hour, '%Y') || 'Q' || quarter("at" + interval 8 hour)`;
  const found = await db.rows<{ lane: string; quarter: string; n: number }>(
    `with ${membersSql()}, item as (
       select distinct e.event_id as id, e.kind as lane, e."at" as "at" from event e join event_participant p on p.event_id = e.event_id
         join member m on m.id = p.entity_id where e.known_at <= $asOf::timestamp and e."at" is not null
       union all select s.signal_id, 'signal', s."at" from signal s join member m on m.id = s.subject_id where s.known_at <= $asOf::timestamp
       union all select o.outcome_id, 'confirmed', coalesce(o.found_at, o.known_at) from outcome o join member m on m.id = o.subject_id
         where o.known_at <= $asOf::timestamp and o.verdict = 'confirmed')
     select lane, ${quarter} as quarter, count(*) as n from item group by 1, 2 order by 1, 2`,
    { subject: of.id, asOf: of.asOf },
  );
  const lanes = [...new Set(found.map((f) => f.lane))];
  return lanes.map((lane) => ({
    lane,
    counts: of.quarters.map((q) => found.find((f) => f.lane === lane && f.quarter === q)?.n ?? 0),
  }));
}

function _quarters(asOf: string): string[] {
  const at = new Date(Date.parse(asOf) + 8 * 3_600_000);
  const last = at.getUTCFullYear() * 4 + Math.floor(at.getUTCMonth() / 3);
  return Array.from({ length: QUARTERS }, (_, i) => {
    const n = last - QUARTERS + 1 + i;
    return `${Math.floor(n / 4)}Q${(n % 4) + 1}`;
  });
}
