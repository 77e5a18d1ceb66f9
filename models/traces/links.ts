import { createTableSql } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

/** Adds the derived links `seen_at`, `stopped_at`, `travels_with`, `met` to `link`, one a pair and quarter of a year, so that a link is known when its quarter's last row
 *  is and an as-of graph does not see counts of the future. `weight` counts; `row_ids` are at most six at each end. Replaces those of an earlier call.
 *  `probability`: seen_at mean plate reliability; stopped_at 0.95 within 100 m, less with distance; travels_with and met 1 − 0.5^times, a rule of thumb. */
export async function buildTraceLinks(db: Database): Promise<Readonly<Record<string, number>>> {
  if (!(await db.has('link'))) await db.run(createTableSql('link'));
  await db.run(`delete from link where starts_with(link_id, 'trace:')`);
  for (const part of [SEEN_AT, STOPPED_AT, TRAVELS_WITH, MET])
    await db.run(`insert into link
      select 'trace:' || md5(concat_ws('|', kind, from_id, to_id, quarter::varchar)), kind, from_id, to_id, valid_from, valid_to, known_at, 'derived', round(probability, 4), weight, row_ids
      from (${part}) order by from_id, to_id, quarter`);
  const rows = await db.rows<{ kind: string; n: number }>(
    `select kind, count(*) as n from link where starts_with(link_id, 'trace:') group by kind order by kind`,
  );
  return Object.fromEntries(rows.map((r) => [r.kind, r.n]));
}

const ENDS = (row: string, at: string) =>
  `list_sort(list_distinct(arg_min(${row}, ${at}, 6) || arg_max(${row}, ${at}, 6)))`;

const SEEN_AT = `
  select 'seen_at' as kind, vehicle_id as from_id, gate_id as to_id, date_trunc('quarter', "at") as quarter, min("at") as valid_from, max("at") as valid_to, max(known_at) as known_at,
    avg(coalesce(reliability, 80)) / 100 as probability, count(*)::double as weight, ${ENDS('row_id', '"at"')} as row_ids
  from trace_sighting where vehicle_id is not null and gate_id is not null group by all`;

const STOPPED_AT = `
  with placed as (
    select s.*, case when s.site_m <= 300 then s.site_id when s.element_m <= 150 then e.entity_id end as place_id,
      least(case when s.site_m <= 300 then s.site_m end, case when s.element_m <= 150 then s.element_m end) as metres
    from trace_stop s left join (select key, min(entity_id) as entity_id from entity_key where key_kind = 'element_id' group by key) e on e.key = s.element_id)
  select 'stopped_at' as kind, vehicle_id as from_id, place_id as to_id, date_trunc('quarter', start_at) as quarter, min(start_at) as valid_from, max(end_at) as valid_to,
    max(known_at) as known_at, avg(greatest(0.5, 0.95 - greatest(0, metres - 100) / 500)) as probability, count(*)::double as weight, ${ENDS('row_ids[1]', 'start_at')} as row_ids
  from placed where vehicle_id is not null and place_id is not null group by all`;

const TRAVELS_WITH = `
  select 'travels_with' as kind, a_id as from_id, b_id as to_id, date_trunc('quarter', first_at) as quarter, min(first_at) as valid_from, max(last_at) as valid_to,
    max(known_at) as known_at, 1 - pow(0.5, count(*)) as probability, count(*)::double as weight, list_sort(list_distinct(flatten(arg_min(row_ids, first_at, 3)))) as row_ids
  from trace_convoy group by all`;

const MET = `
  select 'met' as kind, a_id as from_id, b_id as to_id, date_trunc('quarter', from_at) as quarter, min(from_at) as valid_from, max(to_at) as valid_to,
    max(known_at) as known_at, 1 - pow(0.5, count(*)) as probability, count(*)::double as weight, list_sort(list_distinct(flatten(arg_min(row_ids, from_at, 3)))) as row_ids
  from trace_meeting where a_id is not null and b_id is not null and a_id <> b_id group by all`;
