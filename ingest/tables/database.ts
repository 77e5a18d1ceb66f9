import {
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  DuckDBTimestampValue,
  DOUBLE,
  LIST,
  VARCHAR,
  listValue,
} from '@duckdb/node-api';
import {
  type Column,
  type Columns,
  ExternalError,
  InputError,
  StateError,
  messageOf,
  withDefaults,
} from '../base/index.ts';
import { memoryHere, memoryLimitFor } from './memory-limit.ts';
import { numberColumnOf } from './vector-items.ts';
import { quoteIdent } from './sql-text.ts';

/** A value that may be bound to a parameter. */
export type SqlValue = string | number | boolean | bigint | null | readonly string[];
/** Values by name (`$name` in the text). */
export type SqlParams = Readonly<Record<string, SqlValue>>;
/** A statement and the values it binds. */
export interface Sql {
  readonly sql: string;
  readonly params: SqlParams;
}

export interface DatabaseOptions {
  /** Refuses every write, by DuckDB's own access mode. */
  readonly readOnly: boolean;
  /** Worker threads of the engine; 0 = one per core. */
  readonly threads: number;
  /** Memory the engine may take before it spills, e.g. `'6GB'`; empty = half of the machine's, at most 6 GB. */
  readonly memoryLimit: string;
  /** Where it spills; empty = beside the file. */
  readonly tempFolder: string;
}

export const DATABASE_DEFAULTS: DatabaseOptions = Object.freeze({
  readOnly: false,
  threads: 0,
  memoryLimit: '',
  tempFolder: '',
});

const _open = new Set<string>();

/** One DuckDB file (or memory), owned by this thread. Timestamps are UTC; a row's timestamps come out as ISO 8601 text.
 *  DuckDB loses rows without a word when one process opens a file twice, so a second open of the same path is refused here. */
export class Database {
  readonly path: string;
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  #closed = false;
  #turn: Promise<void> = Promise.resolve();

  private constructor(path: string, instance: DuckDBInstance, connection: DuckDBConnection) {
    this.path = path;
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Opens or makes the file at `path`; `':memory:'` for none.
   *  @throws StateError `already-open` when this thread holds the path · ExternalError `open-failed` (locked, damaged, no such folder) */
  static async open(path: string, options: Partial<DatabaseOptions> = {}): Promise<Database> {
    const o = withDefaults('Database.open', DATABASE_DEFAULTS, options);
    if (path !== ':memory:') {
      if (_open.has(path))
        throw new StateError('already-open', `Database.open: ${path} is open already in this process; share that one`, {
          path,
        });
      _open.add(path);
    }
    try {
      const settings: Record<string, string> = { access_mode: o.readOnly ? 'READ_ONLY' : 'AUTOMATIC' };
      if (o.threads > 0) settings['threads'] = String(o.threads);
      settings['memory_limit'] = o.memoryLimit === '' ? memoryLimitFor(memoryHere()) : o.memoryLimit;
      if (o.tempFolder !== '') settings['temp_directory'] = o.tempFolder;
      const instance = await DuckDBInstance.create(path, settings);
      const connection = await instance.connect();
      await connection.run("set timezone = 'UTC'");
      await connection.run('set preserve_insertion_order = true');
      return new Database(path, instance, connection);
    } catch (cause) {
      _open.delete(path);
      throw new ExternalError(
        'open-failed',
        `Database.open: cannot open ${path}: ${messageOf(cause)}`,
        { path },
        { cause },
      );
    }
  }

  /** Runs statements for their effect. */
  async run(sql: string, params: SqlParams = {}): Promise<void> {
    await this.#guard(sql, async () => {
      if (Object.keys(params).length === 0) await this.#connection.run(sql);
      else await this.#connection.run(sql, _bound(params), _listTypes(params));
    });
  }

  /** All rows as records. BIGINT comes as number (a value past 2^53 throws), DECIMAL as number, TIMESTAMP as ISO 8601 UTC text,
   *  DATE as `YYYY-MM-DD`, LIST and STRUCT as arrays and records. For small answers; wide or long ones go through `columns`. */
  async rows<T = Record<string, unknown>>(sql: string, params: SqlParams = {}): Promise<T[]> {
    return this.#guard(sql, async () => {
      const result = await this.#connection.stream(sql, _bound(params), _listTypes(params));
      const names = result.deduplicatedColumnNames();
      const out: T[] = [];
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) break;
        for (let i = 0; i < chunk.rowCount; i++) {
          const row: Record<string, unknown> = {};
          for (let j = 0; j < names.length; j++)
            row[names[j]!] = _plain(chunk.getColumnVector(j).getItem(i) as DuckDBValue, result.columnType(j));
          out.push(row as T);
        }
      }
      return out;
    });
  }

  /** The answer as typed columns: every numeric type, BOOLEAN (0/1), TIMESTAMP and DATE (ms since 1970 UTC) as numbers, the rest as text. */
  async columns(sql: string, params: SqlParams = {}): Promise<Columns> {
    return this.#guard(sql, async () =>
      _columnsOf(await this.#connection.stream(sql, _bound(params), _listTypes(params))),
    );
  }

  /** Adds columns to an existing table by name and order: number columns to DOUBLE, text to VARCHAR (list a matching table).
   *  About a million rows a second. @throws InputError when a column's length is not `columns.rows` */
  async append(table: string, columns: Columns): Promise<void> {
    this.#live();
    const entries = Object.entries(columns.data);
    for (const [name, c] of entries) {
      if (c.values.length !== columns.rows) {
        throw new InputError(
          'ragged-columns',
          `append: ${table}.${name} has ${c.values.length} values, the table ${columns.rows} rows`,
          { table, name },
        );
      }
    }
    const appender = await this.#connection.createAppender(table);
    const types = entries.map(([, c]) => (c.kind === 'number' ? DOUBLE : VARCHAR));
    const size = 2048;
    for (let start = 0; start < columns.rows; start += size) {
      const count = Math.min(size, columns.rows - start);
      const chunk = DuckDBDataChunk.create(types, count);
      entries.forEach(([, c], j) => chunk.setColumnValues(j, _slice(c, start, count)));
      appender.appendDataChunk(chunk);
    }
    appender.closeSync();
  }

  /** Makes `table` (temporary unless said) from columns, replacing one of that name. */
  async tableFrom(table: string, columns: Columns, options: { temporary?: boolean } = {}): Promise<void> {
    const list = Object.entries(columns.data).map(
      ([n, c]) => `${quoteIdent(n)} ${c.kind === 'number' ? 'double' : 'varchar'}`,
    );
    await this.run(
      `create or replace ${(options.temporary ?? true) ? 'temp ' : ''}table ${quoteIdent(table)} (${list.join(', ')})`,
    );
    await this.append(table, columns);
  }

  /** Whether a table or view of this name can be read. */
  async has(table: string): Promise<boolean> {
    const found = await this.rows('select 1 from information_schema.tables where table_name = $table limit 1', {
      table,
    });
    return found.length > 0;
  }

  /** Stops the statement that is running; its promise rejects. */
  interrupt(): void {
    this.#connection.interrupt();
  }

  /** Lets go of the file. Safe to call twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#connection.closeSync();
    this.#instance.closeSync();
    _open.delete(this.path);
  }

  #live(): void {
    if (this.#closed) throw new StateError('database-closed', `Database: ${this.path} is closed`, { path: this.path });
  }

  /** Statements take turns: one connection that is asked two things at once answers neither rightly, and says nothing. */
  async #guard<T>(sql: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    let done = (): void => {};
    this.#turn = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    try {
      this.#live();
      return await work();
    } catch (cause) {
      if (cause instanceof InputError || cause instanceof StateError) throw cause;
      throw new ExternalError('sql-failed', `Database: ${messageOf(cause)}`, { sql, path: this.path }, { cause });
    } finally {
      done();
    }
  }
}

function _bound(params: SqlParams): Record<string, DuckDBValue> {
  const out: Record<string, DuckDBValue> = {};
  for (const [name, value] of Object.entries(params))
    out[name] = (Array.isArray(value) ? listValue(value as string[]) : value) as DuckDBValue;
  return out;
}

/** Said for lists, since an empty one does not show what it is a list of; the binding finds out the others. */
function _listTypes(params: SqlParams): Record<string, DuckDBType> {
  const lists = Object.entries(params).filter(([, value]) => Array.isArray(value));
  return Object.fromEntries(lists.map(([name]) => [name, LIST(VARCHAR)]));
}

function _plain(value: DuckDBValue, type: DuckDBType): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') {
    const n = Number(value);
    if (!Number.isSafeInteger(n))
      throw new InputError('bigint-too-large', `Database.rows: ${value} does not fit a number; cast it to varchar`, {});
    return n;
  }
  if (typeof value !== 'object') return value;
  if (value instanceof DuckDBTimestampValue) return new Date(Number(value.micros / 1000n)).toISOString();
  if (type.typeId === DuckDBTypeId.DECIMAL) return Number(value.toString());
  if ('items' in value && Array.isArray(value.items)) {
    const item = (type as unknown as { valueType: DuckDBType }).valueType;
    return value.items.map((v: DuckDBValue) => _plain(v, item));
  }
  if ('entries' in value && !Array.isArray(value.entries)) {
    const struct = type as unknown as { entryNames: string[]; entryTypes: DuckDBType[] };
    const entries = value.entries as Record<string, DuckDBValue>;
    return Object.fromEntries(struct.entryNames.map((n, i) => [n, _plain(entries[n] ?? null, struct.entryTypes[i]!)]));
  }
  if ('micros' in value && type.typeId === DuckDBTypeId.TIMESTAMP_TZ)
    return new Date(Number((value.micros as bigint) / 1000n)).toISOString();
  return value.toString();
}

async function _columnsOf(result: DuckDBResult): Promise<Columns> {
  const names = result.deduplicatedColumnNames();
  const types = names.map((_n, j) => result.columnType(j));
  const parts: { rows: number; columns: Column[] }[] = [];
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const count = chunk.rowCount;
    const columns = types.map((type, j): Column => {
      const vector = chunk.getColumnVector(j);
      const numbers = numberColumnOf(vector, type.typeId, count);
      if (numbers !== null) return numbers;
      const values = Array.from({ length: count }, (_x, i) => {
        const v = _plain(vector.getItem(i) as DuckDBValue, type);
        return v === null ? null : typeof v === 'string' ? v : JSON.stringify(v);
      });
      return { kind: 'text', values };
    });
    parts.push({ rows: count, columns });
    rows += count;
  }
  const data: Record<string, Column> = {};
  names.forEach((name, j) => {
    data[name] = _joined(
      parts.map((p) => p.columns[j]!),
      rows,
      types[j]!,
    );
  });
  return { rows, data };
}

function _joined(parts: readonly Column[], rows: number, type: DuckDBType): Column {
  const isNumber = parts.length > 0 ? parts[0]!.kind === 'number' : type.typeId !== DuckDBTypeId.VARCHAR;
  if (!isNumber) {
    const texts: (string | null)[] = [];
    for (const p of parts) if (p.kind === 'text') for (const text of p.values) texts.push(text);
    return { kind: 'text', values: texts };
  }
  const values = new Float64Array(rows);
  const someMissing = parts.some((p) => p.kind === 'number' && p.valid !== null);
  const valid = someMissing ? new Uint8Array(rows).fill(1) : null;
  let at = 0;
  for (const p of parts) {
    if (p.kind !== 'number') continue;
    values.set(p.values, at);
    if (valid !== null && p.valid !== null) valid.set(p.valid, at);
    at += p.values.length;
  }
  return { kind: 'number', values, valid };
}

function _slice(column: Column, start: number, count: number): DuckDBValue[] {
  if (column.kind === 'text') return column.values.slice(start, start + count) as DuckDBValue[];
  const out: DuckDBValue[] = Array.from(column.values.subarray(start, start + count));
  if (column.valid !== null) for (let i = 0; i < count; i++) if (column.valid[start + i] === 0) out[i] = null;
  return out;
}
