import { InputError, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { outOfTime } from '../patterns/match.ts';
import type { Neo4jConnection } from './neo4j.ts';

export interface ExpertOptions {
  /** Rows handed out at most. */
  readonly limit: number;
  /** Longest that the engine may work, ms. For Cypher: the connection's own limit if that is shorter. */
  readonly timeoutMs: number;
}

export const EXPERT_DEFAULTS: ExpertOptions = Object.freeze({ limit: 1000, timeoutMs: 30_000 });

/** Answer to an expert's own query. */
export interface ExpertAnswer {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** True = there are more than `limit`; the engine was told to stop. */
  readonly cut: boolean;
}

/** Answers an expert's SQL over the warehouse. Writes are refused by the engine: the database is open for reading only, its configuration is locked, files and network are
 *  out of reach, and what is asked must be one query, since it stands inside another. From then on this database can reach no file: open it for this.
 *  @param db  open with `readOnly`
 *  @throws InputError `bad-limit`, `not-read-only` · StateError `out-of-time` · ExternalError `sql-failed` with the engine's words */
export async function expertSql(
  db: Database,
  text: string,
  options: Partial<ExpertOptions> = {},
): Promise<ExpertAnswer> {
  const { limit, timeoutMs } = _checked('expertSql', options);
  await _locked(db);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    db.interrupt();
  }, timeoutMs);
  try {
    const sql = `select * from (\n${text.replace(/[\s;]+$/, '')}\n) limit $tributary_limit`;
    return _cut(await db.rows(sql, { tributary_limit: limit + 1 }), limit);
  } catch (error) {
    if (!late) throw error;
    throw outOfTime('expertSql', timeoutMs);
  } finally {
    clearTimeout(timer);
  }
}

/** Answers an expert's Cypher. Writes are refused by the server: the session is one for reading. Reading ends after `limit` rows, and the server's work with it.
 *  @throws InputError `bad-limit` · StateError `out-of-time` · ExternalError `cypher-failed` */
export async function expertCypher(
  neo4j: Neo4jConnection,
  text: string,
  options: Partial<ExpertOptions> = {},
): Promise<ExpertAnswer> {
  const { limit, timeoutMs } = _checked('expertCypher', options);
  return _cut(await neo4j.readSome(text, { most: limit + 1, timeoutMs }), limit);
}

function _checked(where: string, options: Partial<ExpertOptions>): ExpertOptions {
  const o = withDefaults(where, EXPERT_DEFAULTS, options);
  if (!(Number.isInteger(o.limit) && o.limit >= 1 && o.limit <= 1_000_000 && o.timeoutMs > 0))
    throw new InputError(
      'bad-limit',
      `${where}: limit is ${o.limit}, timeoutMs ${o.timeoutMs}; use 1 – 1000000 rows and a time > 0`,
      {},
    );
  return o;
}

function _cut(rows: readonly Record<string, unknown>[], limit: number): ExpertAnswer {
  return { rows: rows.slice(0, limit), cut: rows.length > limit };
}

/** Databases whose configuration is locked already. */
const _lockedOnes = new WeakSet<Database>();

async function _locked(db: Database): Promise<void> {
  if (_lockedOnes.has(db)) return;
  const [mode] = await db.rows<{ readonly: boolean }>(
    'select readonly from duckdb_databases() where database_name = current_database()',
  );
  if (mode?.readonly !== true)
    throw new InputError('not-read-only', `expertSql: ${db.path} is open for writing; open it with readOnly`, {});
  await db.run('set enable_external_access = false');
  await db.run('set lock_configuration = true');
  _lockedOnes.add(db);
}
