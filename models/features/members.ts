import type { Database } from '../../ingest/tables/index.ts';
import { quoteIdent } from '../../ingest/tables/index.ts';

/** Makes `feature_member(member_id, subject_id)`: every entity that belongs to a subject, the subject itself included. */
export async function makeMembers(db: Database, rowTable: string): Promise<void> {
  const own = `select distinct subject_id as member_id, subject_id from ${quoteIdent(rowTable)}`;
  const others = (await db.has('subject'))
    ? ` union select distinct member_id, subject_id from subject union select distinct subject_id, subject_id from subject`
    : '';
  await db.run(`create or replace temp table feature_member as ${own}${others}`);
}
