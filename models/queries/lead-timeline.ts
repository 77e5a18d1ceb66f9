import type { Bilingual } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { ruleTitleOf } from './lead-signals.ts';
import { leadDetail } from './leads.ts';

/** Something with a date in the life of a lead's subject. `lane` groups them: an event's kind, `signal`, or `outcome`. */
export interface TimelineItem {
  readonly id: string;
  readonly lane: string;
  readonly at: string;
  readonly title: Bilingual;
  readonly value: number | null;
  readonly unit: string | null;
  readonly rowId: string;
}

export interface Timeline {
  readonly from: string | null;
  readonly to: string | null;
  /** Items by lane and time; of a lane with more than `perLane` the latest. */
  readonly items: readonly TimelineItem[];
  /** Items of each lane, and how many of them are not in `items`. */
  readonly lanes: readonly { readonly lane: string; readonly items: number; readonly notShown: number }[];
}

const PER_LANE = 400;

/** Events, signals and outcomes of a lead's subject and all that belongs to it, up to the list's own moment. @throws InputError `no-such-lead` */
export async function leadTimeline(db: Database, leadId: string): Promise<Timeline> {
  const lead = await leadDetail(db, leadId);
  return subjectTimeline(db, lead.subjectId, lead.asOf);
}

/** The same for any entity. @param asOf  ISO 8601; nothing known later is shown */
export async function subjectTimeline(db: Database, subjectId: string, asOf: string): Promise<Timeline> {
  const params = { subject: subjectId, asOf };
  const found = await db.rows<Omit<TimelineItem, 'title'> & { text: string; of: number; place: number }>(
    `with ${membersSql()},
     item as (
       select distinct e.event_id as id, e.kind as lane, e."at" as "at", coalesce(e.text, '') as text, e.value, e.unit, e.row_id as "rowId" from event e
         join event_participant p on p.event_id = e.event_id join member m on m.id = p.entity_id where e.known_at <= $asOf::timestamp and e."at" is not null
       union all select s.signal_id, 'signal', s."at", s.typology || '/' || s.rule, s.value, s.unit, s.row_ids[1] from signal s
         join member m on m.id = s.subject_id where s.known_at <= $asOf::timestamp
       union all select o.outcome_id, 'outcome', coalesce(o.found_at, o.known_at), o.verdict || coalesce('/' || o.act, ''), null, null, o.row_id from outcome o
         join member m on m.id = o.subject_id where o.known_at <= $asOf::timestamp)
     select *, count(*) over (partition by lane) as of, row_number() over (partition by lane order by "at" desc, id) as place from item
     qualify place <= ${PER_LANE} order by lane, "at", id`,
    params,
  );
  const lanes = new Map<string, { items: number; notShown: number }>();
  for (const f of found) lanes.set(f.lane, { items: f.of, notShown: Math.max(0, f.of - PER_LANE) });
  const moments = found.map((f) => f.at).toSorted();
  return {
    from: moments[0] ?? null,
    to: moments.at(-1) ?? null,
    items: found.map(({ text, of: _of, place: _place, ...f }) => ({ ...f, title: _title(f.lane, text) })),
    lanes: [...lanes].map(([lane, n]) => ({ lane, ...n })),
  };
}

/** `member(id)`: the subject `$subject` and everything that belongs to it. */
export function membersSql(): string {
  return `member as (select $subject as id union select member_id from subject where subject_id = $subject)`;
}

function _title(lane: string, text: string): Bilingual {
  if (lane !== 'signal') return { zh: text, en: text };
  const [typology = '', rule = ''] = text.split('/');
  const title = ruleTitleOf(typology, rule);
  return { zh: `${typology} ${title.zh}`, en: `${typology} ${title.en}` };
}
