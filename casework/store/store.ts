import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { ExternalError, type Clock, messageOf } from '../../ingest/base/index.ts';
import { takeLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/list.ts';

/** The tables, in a transaction or outside one; the same for both homes. */
export type Tables = PgDatabase<NodePgQueryResultHKT, Record<string, never>>;

/** An open home of decisions. Whoever opens it closes it. */
export interface Store {
  readonly home: 'embedded' | 'server' | 'memory';
  readonly db: Tables;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Folder of the embedded home; null = in memory (tests). */
  readonly folder: string | null;
  /** A PostgreSQL address; given, the folder keeps only files. */
  readonly url?: string | null;
  readonly clock: Clock;
}

/** Opens PGlite in `folder` (under a lock) or PostgreSQL at `url`, with the tables up to date.
 *  @throws StateError `casework-locked`, `newer-casework`, `edited-migration`; ExternalError `casework-unreachable` */
export async function openStore({ folder, url = null, clock }: StoreOptions): Promise<Store> {
  const store = url === null ? await _embedded(folder) : await _server(url);
  try {
    await migrate(store.db, MIGRATIONS, clock());
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function _embedded(folder: string | null): Promise<Store> {
  const [{ PGlite }, { drizzle }] = await Promise.all([import('@electric-sql/pglite'), import('drizzle-orm/pglite')]);
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const release = folder === null ? (): void => {} : takeLock(join(folder, '.lock'));
  try {
    const client = await (folder === null ? PGlite.create() : PGlite.create(join(folder, 'pg')));
    return {
      home: folder === null ? 'memory' : 'embedded',
      db: drizzle({ client }) as unknown as Tables,
      close: async () => {
        await client.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw new ExternalError(
      'casework-unreachable',
      `casework: PGlite could not open ${folder ?? 'memory'}: ${messageOf(error)}; restore the folder from a copy`,
      { folder },
      { cause: error },
    );
  }
}

async function _server(url: string): Promise<Store> {
  const [{ default: pg }, { drizzle }] = await Promise.all([import('pg'), import('drizzle-orm/node-postgres')]);
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  pool.on('error', () => {}); // an idle connection that breaks is replaced at the next query, which reports what is wrong
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    const { host, port, database } = pool.options;
    throw new ExternalError(
      'casework-unreachable',
      `casework: PostgreSQL at ${host ?? '?'}:${port ?? 5432}/${database ?? ''} does not answer: ${messageOf(error)}; check DATABASE_URL`,
      {},
      { cause: error },
    );
  }
  return { home: 'server', db: drizzle({ client: pool }) as unknown as Tables, close: () => pool.end() };
}
