import type { EventDescription, SourceDescription } from '../schema/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import { mentionIdSql, roleSql, rowsSql } from './role-sql.ts';

export interface EventCount {
  readonly events: number;
  readonly participants: number;
  /** Rows of which the event is not known yet, or without a moment when it was. */
  readonly unknown: number;
}

/** Events of every description, `<row_id>#<kind>` (and its number where a source describes one kind twice), with their participants by role.
 *  Only what is known by `asOf`. Reads `src_*`, `entity_mention`; adds to `event`, `event_participant`. */
export async function addEvents(
  db: Database,
  descriptions: readonly SourceDescription[],
  asOf: string,
): Promise<EventCount> {
  let unknown = 0;
  for (const d of descriptions)
    for (const [i, e] of d.events.entries()) {
      const rows = _rowsSql(d, e, i);
      const [n] = await db.rows<{ n: number }>(
        `select count(*) as n from (${rows}) where known is null or known > ${asOf}`,
      );
      unknown += n!.n;
      await db.run(`insert into event
        select event_id, ${quoteText(e.kind)}, happened, known, ${_number(e.lon)}, ${_number(e.lat)}, ${_number(e.value)},
          ${e.unit === undefined ? 'null' : quoteText(e.unit)}, ${e.text === undefined ? 'null' : `cast((${e.text}) as varchar)`}, row_id
        from (${rows}) where known <= ${asOf} order by event_id`);
      for (const role of e.participants) await db.run(_participantsSql(d, e, i, role, asOf));
    }
  const [n] = await db.rows<{ events: number; participants: number }>(
    `select (select count(*) from event) as events, (select count(*) from event_participant) as participants`,
  );
  return { ...n!, unknown };
}

/** All columns of the source with the event's id and moments. */
function _rowsSql(d: SourceDescription, e: EventDescription, index: number): string {
  const when = e.when === undefined ? '' : ` where (${e.when})`;
  return `select *, ${_eventIdSql(d, e, index)} as event_id, cast((${e.at ?? 'event_at'}) as timestamp) as happened,
    cast((${e.knownAt ?? 'known_at'}) as timestamp) as known from ${rowsSql(d, [])}${when}`;
}

function _eventIdSql(d: SourceDescription, e: EventDescription, index: number): string {
  const first = d.events.findIndex((x) => x.kind === e.kind);
  const number = d.events.slice(first, index).filter((x) => x.kind === e.kind).length;
  return `row_id || ${quoteText(`#${e.kind}${number === 0 ? '' : `#${number}`}`)}`;
}

function _participantsSql(
  d: SourceDescription,
  e: EventDescription,
  index: number,
  role: string,
  asOf: string,
): string {
  const r = roleSql(d.mentions.find((m) => m.role === role)!);
  const when = e.when === undefined ? '' : ` and (${e.when})`;
  const fields = r.fields.map((f) => `${f.sql} as "${f.field}"`).join(', ');
  const item = r.mention.each === undefined ? '' : ', item_no';
  const rows = `select row_id${item}, ${_eventIdSql(d, e, index)} as event_id, ${fields} from ${rowsSql(d, [r.mention])}
    where ${r.condition}${when} and cast((${e.knownAt ?? 'known_at'}) as timestamp) <= ${asOf}`;
  return `insert into event_participant
    select distinct event_id, ${quoteText(role)}, m.entity_id from (select event_id, ${mentionIdSql(d, r)} as mention_id from (${rows}))
    join entity_mention m using (mention_id) order by event_id, m.entity_id`;
}

function _number(sql: string | undefined): string {
  return sql === undefined ? 'null' : `cast((${sql}) as double)`;
}
