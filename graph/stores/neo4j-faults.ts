import { ExternalError, InputError, StateError, messageOf } from '../../ingest/base/index.ts';

/** Where a query was sent, for messages; never the password. */
export interface Neo4jAddress {
  readonly url: string;
  readonly user: string;
  readonly database: string;
  readonly timeoutMs: number;
}

/** A fault of the driver or the server as an error that says what to do: `neo4j-auth`, `neo4j-rights`, `neo4j-database`, `neo4j-read-only`, `out-of-time`, `neo4j-tls`,
 *  `neo4j-unreachable`, else `cypher-failed`.
 *  @source Neo4j status codes for errors, Neo4j 5 manual */
export function neo4jFault(cause: unknown, address: Neo4jAddress, text: string): Error {
  const { url, user, database, timeoutMs } = address;
  const given = (cause as { code?: unknown }).code;
  const code = typeof given === 'string' ? given : '';
  const detail = { url, database, code, cypher: text };
  const said = messageOf(cause);
  const input = (name: string, what: string): InputError =>
    new InputError(name, `Neo4j ${url}: ${what}`, detail, { cause });
  if (code === 'Neo.ClientError.Security.Forbidden')
    return input(
      'neo4j-rights',
      `user "${user}" may not do this (${said}); grant it the right, or use a user that has it`,
    );
  if (code === 'Neo.ClientError.Security.AuthenticationRateLimit')
    return input(
      'neo4j-auth',
      `user "${user}" was refused too often (${said}); wait a little, then check the password`,
    );
  if (code.startsWith('Neo.ClientError.Security'))
    return input('neo4j-auth', `user "${user}" is refused (${said}); check user and password`);
  if (code === 'Neo.ClientError.Database.DatabaseNotFound')
    return input('neo4j-database', `there is no database "${database}"`);
  if (_READ_ONLY.some((name) => code.endsWith(name)))
    return input(
      'neo4j-read-only',
      `this member takes no writes (${said}); address the cluster as neo4j://, so that writes go to the leader, or end its read-only mode`,
    );
  if (code.includes('TransactionTimedOut'))
    return new StateError(
      'out-of-time',
      `Neo4j ${url}: the query was stopped after ${timeoutMs} ms; ask for less or raise timeoutMs`,
      detail,
    );
  if (code === 'ServiceUnavailable' || code === 'SessionExpired' || code === '')
    return _unreachable(cause, url, detail);
  return new ExternalError('cypher-failed', `Neo4j ${url}: ${said}`, detail, { cause });
}

const _READ_ONLY = ['ForbiddenOnReadOnlyDatabase', 'Cluster.NotALeader', 'General.WriteOnReadOnlyAccessDatabase'];

function _unreachable(cause: unknown, url: string, detail: Readonly<Record<string, unknown>>): ExternalError {
  const said = messageOf(cause);
  const encrypted = /^[a-z0-9]+\+s/.test(url);
  if (/certificate|self.signed|altnames/i.test(said))
    return new ExternalError(
      'neo4j-tls',
      `Neo4j ${url}: its certificate is not trusted (${said}); have it signed by an authority that this machine knows, or write +ssc for one of your own`,
      detail,
      { cause },
    );
  if (encrypted && /ssl|tls|wrong version|ECONNRESET|socket hang up|EPROTO/i.test(said))
    return new ExternalError(
      'neo4j-tls',
      `Neo4j ${url}: no TLS there (${said}); turn it on at the server, or leave +s away`,
      detail,
      { cause },
    );
  const hint = url.startsWith('neo4j')
    ? 'is it running, do address and firewall fit, and can the members that its routing table names be reached from here (a single server: bolt://)?'
    : 'is it running, and do address, TLS (+s) and firewall fit?';
  return new ExternalError('neo4j-unreachable', `Neo4j ${url}: ${said}; ${hint}`, detail, { cause });
}
