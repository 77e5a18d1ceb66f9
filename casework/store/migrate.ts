import { sql } from 'drizzle-orm';
import { StateError, sha256 } from '../../ingest/base/index.ts';
import type { Tables } from './store.ts';
import type { Migration } from './migrations/migration.ts';

/** Brings the tables up to date, each change whole or not at all; two processes that start at once do it once.
 *  @throws StateError `newer-casework` when the database knows a change that this program does not, `edited-migration` when a released one was changed */
export async function migrate(db: Tables, migrations: readonly Migration[], nowMs: number): Promise<number> {
  await db.execute(
    sql`create table if not exists migration (no integer primary key, name text not null, sha256 text not null, at timestamptz(3) not null)`,
  );
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(7305001)`);
    const { rows } = await tx.execute<{ no: number; sha256: string }>(
      sql`select no, sha256 from migration order by no`,
    );
    _check(rows, migrations);
    const due = migrations.slice(rows.length);
    for (const m of due) {
      for (const statement of m.statements) await tx.execute(sql.raw(statement));
      await tx.execute(
        sql`insert into migration values (${m.no}, ${m.name}, ${_hashOf(m)}, ${new Date(nowMs).toISOString()}::timestamptz)`,
      );
    }
    return due.length;
  });
}

function _check(
  applied: readonly { readonly no: number; readonly sha256: string }[],
  migrations: readonly Migration[],
): void {
  const known = migrations.length;
  if (applied.length > known)
    throw new StateError(
      'newer-casework',
      `casework: the database is at change ${applied.length}, this program knows ${known}; use a newer Tributary`,
      { applied: applied.length, known },
    );
  const edited = applied.find((row, i) => row.no !== i + 1 || row.sha256 !== _hashOf(migrations[i]!));
  if (edited !== undefined)
    throw new StateError(
      'edited-migration',
      `casework: change ${edited.no} of the database is not the one this program has; never edit a released change`,
      { no: edited.no },
    );
}

function _hashOf(m: Migration): string {
  return sha256(m.statements.join(';\n'));
}
