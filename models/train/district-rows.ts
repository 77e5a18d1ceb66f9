import { DAY_MS } from '../../ingest/base/index.ts';
import { quoteText, type Sql } from '../../ingest/tables/index.ts';
import type { DistrictTask } from './task.ts';

/** Subjects of the kinds that are ranked, with whether anything but a registration was known of them by then (`active`). */
export function subjectsSql(kinds: readonly string[], asOfMs: number): string {
  const known = (column: string): string => `${column} <= epoch_ms(${Math.trunc(asOfMs)}::bigint)`;
  return `create or replace temp table ranked_subject as
    with own as (select distinct subject_id, subject_id as member_id from subject union select distinct subject_id, member_id from subject),
    busy as (
      select own.subject_id from own join signal s on s.subject_id = own.member_id where ${known('s.known_at')} union
      select own.subject_id from own join outcome o on o.subject_id = own.member_id where ${known('o.known_at')} union
      select own.subject_id from own join event_participant p on p.entity_id = own.member_id join event e using (event_id)
        where ${known('e.known_at')})
    select e.entity_id as subject_id, e.kind, e.first_known_at, b.subject_id is not null as active
    from (select distinct subject_id from subject) s join entity e on e.entity_id = s.subject_id
    left join (select distinct subject_id from busy) b on b.subject_id = s.subject_id
    where e.kind in (${kinds.map(quoteText).join(', ')}) order by e.entity_id`;
}

/** The day the record begins: the first percentile of what was found or signalled, so that one misdated row does not move it. Null without facts. */
export function firstFactSql(asOfMs: number): string {
  const known = `known_at <= epoch_ms(${Math.trunc(asOfMs)}::bigint)`;
  return `select epoch_ms(quantile_disc("at", 0.01)) as first_ms from (
    select found_at as "at" from outcome where found_at is not null and ${known}
    union all select "at" from signal where "at" is not null and ${known})`;
}

/** Fills `feature_row`: every ranked subject at every date from when it was first known; quiet subjects by a seeded hash, `share` of them. */
export function rowsSql(
  dates: readonly { readonly ms: number; readonly grid: number }[],
  of: { share: number; seed: number },
): Sql {
  const list = dates.map((d) => `(${Math.trunc(d.ms)}, ${d.grid})`).join(', ');
  return {
    sql: `create or replace temp table feature_row as
      select (row_number() over (order by d.ms, s.subject_id) - 1)::integer as "row", s.subject_id, epoch_ms(d.ms::bigint) as as_of,
        d.grid::integer as grid, case when s.active then 1.0 else 1.0 / $share end as weight, s.kind
      from ranked_subject s join (values ${list}) d(ms, grid) on s.first_known_at is null or s.first_known_at <= epoch_ms(d.ms::bigint)
      where s.active or ('0x' || left(md5($seed || s.subject_id), 7))::bigint < $share * 268435456
      order by "row"`,
    params: { share: of.share, seed: `quiet:${of.seed}:` },
  };
}

/** Labels of `feature_row`: outcomes found in (as_of, as_of + horizon] and known by the day of training. */
export function labelsSql(task: DistrictTask, asOfMs: number): string {
  const inList = (verdicts: readonly string[]): string => `(${verdicts.map(quoteText).join(', ') || "''"})`;
  const positive = inList(task.positive);
  return `with facts as (
      select m.subject_id, o.verdict, o.found_at, o.channel, greatest(o.found_at, o.known_at) as known_at
      from outcome o join feature_member m on m.member_id = o.subject_id
      where o.found_at is not null and o.known_at <= epoch_ms(${Math.trunc(asOfMs)}::bigint))
    select r."row", coalesce(bool_or(f.verdict in ${positive}), false)::int as found,
      coalesce(bool_or(f.verdict in ${positive} or f.verdict in ${inList(task.negative)}), false)::int as checked,
      coalesce(bool_or(f.channel in ('随机抽查', '双随机', 'random')), false)::int as random_check,
      min(f.known_at) filter (where f.verdict in ${positive}) as found_known_at,
      min(f.found_at) filter (where f.verdict in ${positive}) as found_at
    from feature_row r left join facts f on f.subject_id = r.subject_id
      and f.found_at > r.as_of and f.found_at <= r.as_of + interval ${Math.trunc(task.horizonDays)} day
    group by r."row" order by r."row"`;
}

/** Values that figures are cut by. Town and plate province are here and nowhere else. */
export const SLICES_SQL = `with size as (select subject_id, count(distinct member_id) as members from feature_member group by subject_id)
    select r."row", r.kind, e.town, case when e.kind = 'vehicle' and regexp_matches(e.label, '^\\p{Han}') then left(e.label, 1) end as plate_province,
      case when z.members > 1 then 'several sites' else 'single' end as size
    from feature_row r left join entity e on e.entity_id = r.subject_id left join size z on z.subject_id = r.subject_id order by r."row"`;

/** Whether a subject's sites were watched by a device by then. */
export const MONITORED_SQL = `with facts as (
      select m.subject_id, min(l.known_at) as known_at from link l join feature_member m on m.member_id = l.from_id
      where l.kind = 'monitored_by' group by m.subject_id)
    select r."row", (f.subject_id is not null)::int as monitored from feature_row r
    left join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of order by r."row"`;

/** Moment a row's label is ripe: window and reporting delay over. */
export function ripeAt(task: DistrictTask, asOf: number): number {
  return asOf + (task.horizonDays + task.reportingDelayDays) * DAY_MS;
}
