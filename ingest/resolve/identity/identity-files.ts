import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../../base/index.ts';
import { type Database, quoteText } from '../../tables/index.ts';

/** Files of a run from which the next one takes its entity ids. */
const MENTIONS = 'identity.parquet';
const LOG = 'identity-log.parquet';

/** Writes which entity each mention is, and the log of merges and splits so far, beside the snapshot: plain files, so that the next run can
 *  read them while a server holds the snapshot. Same tables, same bytes. */
export async function writeIdentity(db: Database, folder: string): Promise<void> {
  await db.run(
    `copy (select kind, entity_id, mention_id from entity_mention order by kind, entity_id, mention_id) to ${quoteText(join(folder, MENTIONS))} (format parquet, compression zstd)`,
  );
  await db.run(
    `copy (select * from entity_change) to ${quoteText(join(folder, LOG))} (format parquet, compression zstd)`,
  );
}

/** The file of a run's folder that says which entity each mention was, for its hash; null when the run kept none. */
export function identityFile(folder: string): string | null {
  const path = join(folder, MENTIONS);
  return existsSync(path) ? path : null;
}

/** Loads what a run kept into `_before` and puts its log first in `entity_change`. @throws InputError `no-identity` when the folder holds none */
export async function loadIdentity(db: Database, folder: string): Promise<void> {
  if (identityFile(folder) === null)
    throw new InputError(
      'no-identity',
      `loadIdentity: ${folder} holds no ${MENTIONS}; give the folder of a finished run, or none for fresh ids`,
      { folder },
    );
  await db.run(
    `create or replace temp table _before as select * from read_parquet(${quoteText(join(folder, MENTIONS))})`,
  );
  if (existsSync(join(folder, LOG)))
    await db.run(`insert into entity_change select * from read_parquet(${quoteText(join(folder, LOG))})`);
}
