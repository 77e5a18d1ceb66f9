import type { Database } from '../../../ingest/tables/index.ts';

export interface EventsRequest {
  readonly ids: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly limit: number;
}

/** Events of the entities. `text` is given only where no person or phone takes part. */
export function eventsSql(): string {
  return `select e.event_id as id, e.kind, e."at", e.lon, e.lat, e.value, e.unit,
      case when p.has_person then null else e.text end as text, e.row_id as "rowId", p.ids as "entityIds", count(*) over () as total
    from event e join (
      select a.event_id, list(distinct a.entity_id order by a.entity_id) filter (list_contains($ids::varchar[], a.entity_id)) as ids,
        bool_or(n.kind in ('person', 'phone')) as has_person
      from event_participant a join entity n on n.entity_id = a.entity_id
      where a.event_id in (select event_id from event_participant where list_contains($ids::varchar[], entity_id))
      group by a.event_id
    ) p on p.event_id = e.event_id
    where e."at" is not null and e."at" >= $from::timestamptz at time zone 'UTC' and e."at" <= $to::timestamptz at time zone 'UTC'
    order by e."at" desc, e.event_id limit $limit`;
}

function _monthsSql(): string {
  return `select strftime(e."at" + interval 8 hour, '%Y-%m') as month, e.kind, count(*) as count from event e
    where e."at" is not null and e.event_id in (select event_id from event_participant where list_contains($ids::varchar[], entity_id))
    group by all order by month, e.kind`;
}

/** The latest events of the window in order of time, how many there are, and all of them by month. */
export async function eventsAround(db: Database, request: EventsRequest): Promise<unknown> {
  const { ids, limit } = request;
  const from = request.from ?? '0001-01-01T00:00:00Z';
  const to = request.to ?? '9999-12-31T00:00:00Z';
  const rows = await db.rows<{ total: number }>(eventsSql(), { ids, from, to, limit });
  const total = rows[0]?.total ?? 0;
  const months = await db.rows(_monthsSql(), { ids });
  return { events: rows.reverse(), total, notShown: total - rows.length, months };
}
