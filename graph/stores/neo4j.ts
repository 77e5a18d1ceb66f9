import type { Driver, QueryResult } from 'neo4j-driver';
import { InputError, StateError, messageOf, withDefaults } from '../../ingest/base/index.ts';
import { neo4jFault } from './neo4j-faults.ts';

/** The driver, loaded when a connection is opened: most runs never do, and it is slow to load. */
async function _loadDriver() {
  return (await import('neo4j-driver')).default;
}
type DriverModule = Awaited<ReturnType<typeof _loadDriver>>;

export interface Neo4jOptions {
  /** `bolt://host:7687` for one server, `neo4j://` for a cluster (routing), `+s` for TLS, `+ssc` for a certificate of one's own. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** Longest that a query may run on the server, ms; longest wait for a connection. */
  readonly timeoutMs: number;
}

export const NEO4J_DEFAULTS: Omit<Neo4jOptions, 'url' | 'password'> = Object.freeze({
  user: 'neo4j',
  database: 'neo4j',
  timeoutMs: 30_000,
});

/** Longest wait for a server, however long its queries may run. */
const _MOST_WAIT_MS = 30_000;

/** One Neo4j database: the only home of the driver. Values come out plain: whole numbers as numbers, temporal values as ISO 8601 UTC text. */
export class Neo4jConnection {
  readonly options: Neo4jOptions;
  readonly #driver: Driver;
  readonly #module: DriverModule;
  #closed = false;

  private constructor(options: Neo4jOptions, driver: Driver, module: DriverModule) {
    this.#module = module;
    this.options = options;
    this.#driver = driver;
  }

  /** Connects and makes sure that the server answers.
   *  @throws InputError `neo4j-url`, `neo4j-auth` (wrong user or password), `neo4j-database` · ExternalError `neo4j-unreachable`, `neo4j-tls` */
  static async open(given: Partial<Neo4jOptions> & Pick<Neo4jOptions, 'url' | 'password'>): Promise<Neo4jConnection> {
    const options = withDefaults('Neo4jConnection.open', { ...NEO4J_DEFAULTS, url: '', password: '' }, given);
    const neo4j = await _loadDriver();
    let driver: Driver;
    try {
      driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password), {
        disableLosslessIntegers: true,
        connectionTimeout: Math.min(options.timeoutMs, _MOST_WAIT_MS),
        connectionAcquisitionTimeout: Math.min(options.timeoutMs, 2 * _MOST_WAIT_MS),
        maxTransactionRetryTime: Math.min(options.timeoutMs, 2 * _MOST_WAIT_MS),
        userAgent: 'tributary',
      });
    } catch (cause) {
      throw new InputError(
        'neo4j-url',
        `Neo4jConnection.open: ${options.url} is not an address of Neo4j (${messageOf(cause)}); write bolt://host:7687 or neo4j://host:7687`,
        { url: options.url },
        { cause },
      );
    }
    const connection = new Neo4jConnection(options, driver, neo4j);
    try {
      await connection.readSome('RETURN 1 AS one', { most: 1, timeoutMs: options.timeoutMs });
    } catch (error) {
      await driver.close();
      throw error;
    }
    return connection;
  }

  /** Rows of a query that may not write: the server refuses it if it does. */
  read<T = Record<string, unknown>>(text: string, params: Readonly<Record<string, unknown>> = {}): Promise<T[]> {
    return this.#run<T>(text, params, 'READ');
  }

  /** The first `most` rows of a query that may not write; after them the server is told to stop. Not retried.
   *  @throws StateError `out-of-time` after `timeoutMs`, or the connection's own limit if that is shorter */
  async readSome(
    text: string,
    { most, timeoutMs }: { readonly most: number; readonly timeoutMs: number },
  ): Promise<Record<string, unknown>[]> {
    this.#live();
    const limits = { ...this.options, timeoutMs: Math.min(timeoutMs, this.options.timeoutMs) };
    const { READ } = this.#module.session;
    const session = this.#driver.session({ database: this.options.database, defaultAccessMode: READ, fetchSize: 1000 });
    try {
      const rows: Record<string, unknown>[] = [];
      for await (const record of session.run(text, {}, { timeout: limits.timeoutMs })) {
        rows.push(_plain(record.toObject(), this.#module) as Record<string, unknown>);
        if (rows.length >= most) break;
      }
      return rows;
    } catch (cause) {
      throw neo4jFault(cause, limits, text);
    } finally {
      await session.close();
    }
  }

  /** Rows of a query that may write; retried by the driver while the fault may pass. */
  write<T = Record<string, unknown>>(text: string, params: Readonly<Record<string, unknown>> = {}): Promise<T[]> {
    return this.#run<T>(text, params, 'WRITE');
  }

  /** A statement that opens transactions of its own (`CALL { … } IN TRANSACTIONS`); not retried, without a time limit. */
  async writeAlone(text: string, params: Readonly<Record<string, unknown>> = {}): Promise<void> {
    this.#live();
    const session = this.#driver.session({ database: this.options.database });
    try {
      await session.run(text, { ...params });
    } catch (cause) {
      throw neo4jFault(cause, this.options, text);
    } finally {
      await session.close();
    }
  }

  /** Lets go of the server. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#driver.close();
  }

  async #run<T>(text: string, params: Readonly<Record<string, unknown>>, routing: 'READ' | 'WRITE'): Promise<T[]> {
    this.#live();
    try {
      const result: QueryResult = await this.#driver.executeQuery(
        text,
        { ...params },
        {
          database: this.options.database,
          routing,
          transactionConfig: { timeout: this.options.timeoutMs },
        },
      );
      return result.records.map((record) => _plain(record.toObject(), this.#module) as T);
    } catch (cause) {
      throw neo4jFault(cause, this.options, text);
    }
  }

  #live(): void {
    if (this.#closed) throw new StateError('store-closed', 'Neo4j: the connection was closed; open it again', {});
  }
}

function _plain(value: unknown, neo4j: DriverModule): unknown {
  if (value === null || value === undefined) return null;
  if (neo4j.isDateTime(value)) return value.toStandardDate().toISOString();
  if (neo4j.isInt(value)) return value.toNumber();
  if (Array.isArray(value)) return value.map((v) => _plain(v, neo4j));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, _plain(v, neo4j)]));
}
