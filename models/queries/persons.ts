import { InputError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

/** A person's (or phone's) values as they stand in the rows that mention it: for callers that have checked purpose and right; the API masks them. */
export interface PersonValues {
  readonly entityId: string;
  readonly pseudonym: string;
  readonly statements: readonly { readonly property: string; readonly value: string; readonly rowId: string }[];
}

/** @throws InputError `no-such-person` */
export async function personValues(db: Database, entityId: string): Promise<PersonValues> {
  const [row] = await db.rows<{ pseudonym: string | null }>(
    `select pseudonym from entity where entity_id = $entityId and kind in ('person', 'phone')`,
    { entityId },
  );
  if (row === undefined)
    throw new InputError('no-such-person', `personValues: no person "${entityId}" in the served run`, { entityId });
  const statements = await db.rows<PersonValues['statements'][number]>(
    `with m as (select m.row_id, m.name, m.address, m.person_hash, m.phone_hash from entity_mention e join mention m using (mention_id) where e.entity_id = $entityId),
      said as (
        select property, value, row_id from statement where entity_id = $entityId union
        select 'name', name, row_id from m union select 'address', address, row_id from m union
        select 'person_hash', person_hash, row_id from m union select 'phone_hash', phone_hash, row_id from m)
    select property, value, row_id as "rowId" from said where value is not null order by property, value, row_id limit 500`,
    { entityId },
  );
  return { entityId, pseudonym: row.pseudonym ?? entityId, statements };
}

/** Whether a person is within two links of the lead's subject: nobody else is unlocked for that lead. */
export async function isNearLead(db: Database, entityId: string, leadId: string): Promise<boolean> {
  const rows = await db.rows(
    `with s as (select subject_id as id from lead where lead_id = $leadId
        union select u.member_id from lead l join subject u on u.subject_id = l.subject_id where l.lead_id = $leadId),
      one as (select from_id as id from link join s on s.id = to_id union select to_id from link join s on s.id = from_id union select id from s),
      two as (select from_id as id from link join one on one.id = to_id union select to_id from link join one on one.id = from_id union select id from one)
    select 1 as near from two where id = $entityId limit 1`,
    { entityId, leadId },
  );
  return rows.length > 0;
}
