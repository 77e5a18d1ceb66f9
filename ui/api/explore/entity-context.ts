import { InputError } from '../../../ingest/base/index.ts';
import type { Bilingual } from '../../../ingest/schema/index.ts';
import type { Database } from '../../../ingest/tables/index.ts';

/** What stands around one entity. Numbers and keys of persons and phones stay closed.
 *  @throws InputError `no-such-entity` */
export async function entityContext(
  db: Database,
  id: string,
  titles: ReadonlyMap<string, Bilingual>,
): Promise<unknown> {
  const params = { id };
  const entity = (await db.rows<{ kind: string }>('select kind from entity where entity_id = $id', params))[0];
  if (entity === undefined)
    throw new InputError('no-such-entity', `entityContext: no entity "${id}" in the served run`, { id });
  const isOpen = entity.kind !== 'person' && entity.kind !== 'phone';
  const subjects = `(select $id as subject_id union select subject_id from subject where member_id = $id)`;
  const sources = await db.rows<{ source: string }>(
    `select m.source, count(*) as mentions, min(m.known_at) as "firstKnownAt", max(m.known_at) as "lastKnownAt"
     from entity_mention e join mention m using (mention_id) where e.entity_id = $id group by m.source order by m.source`,
    params,
  );
  return {
    id,
    keys: isOpen
      ? await db.rows(
          `select distinct key_kind as "keyKind", key from entity_key where entity_id = $id and key_kind <> 'plate_class' order by all limit 50`,
          params,
        )
      : [],
    leads: await db.rows(
      `select l.lead_id as "leadId", l.rank, coalesce(e.pseudonym, e.label, l.subject_id) as label, l.probability from lead l
       left join entity e on e.entity_id = l.subject_id where l.subject_id in ${subjects} order by l.rank`,
      params,
    ),
    signals: await db.rows(
      `select signal_id as "signalId", typology, "at", strength, row_ids[:20] as "rowIds" from signal
       where subject_id in ${subjects} or list_contains(entity_ids, $id) order by "at" desc, signal_id limit 50`,
      params,
    ),
    outcomes: await db.rows(
      `select outcome_id as "outcomeId", verdict, act, found_at as "foundAt", row_id as "rowId" from outcome
       where subject_id in ${subjects} order by found_at desc, outcome_id limit 50`,
      params,
    ),
    events: await db.rows(
      `select e.kind, count(distinct e.event_id) as count, min(e."at") as first, max(e."at") as last from event e
       join event_participant p on p.event_id = e.event_id where p.entity_id = $id and e."at" is not null group by e.kind order by count desc, e.kind`,
      params,
    ),
    sources: sources.map((s) => ({ ...s, title: titles.get(s.source) ?? { zh: s.source, en: s.source } })),
  };
}
