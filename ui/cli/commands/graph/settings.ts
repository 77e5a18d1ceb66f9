import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { Neo4jConnection, type Neo4jOptions } from '../../../../graph/index.ts';
import { InputError, messageOf } from '../../../../ingest/base/index.ts';
import { readSettings } from '../../../../models/workspace/index.ts';
import { type CliContext, type Shared, fromHere } from '../../context.ts';
import { usageError } from '../../usage.ts';

/** Where a Neo4j is, from the command line. */
export interface Neo4jFlags {
  readonly uri?: string;
  readonly user?: string;
  readonly database?: string;
  readonly passwordFile?: string;
}

/** Adds the options that say where Neo4j is. */
export function neo4jOptions(command: Command): Command {
  return command
    .option(
      '--uri <uri>',
      'bolt://host:7687, neo4j://host:7687 (cluster), +s for TLS; default: neo4j.uri of tributary.yaml',
    )
    .option('--user <name>', 'default: neo4j.user of tributary.yaml, else neo4j')
    .option('--database <name>', 'default: neo4j.database of tributary.yaml, else neo4j')
    .option(
      '--password-file <file>',
      'file that holds the password; else TRIBUTARY_NEO4J_PASSWORD. Never on the command line',
    );
}

/** `--neo4j [uri]` of other commands; user, database and password come from `tributary.yaml` and the environment. */
export function neo4jFlag(what: string): Option {
  return new Option('--neo4j [uri]', `${what}; default address: neo4j.uri of tributary.yaml`);
}

export function neo4jFlagsOf(given: string | true): Neo4jFlags {
  return given === true ? {} : { uri: given };
}

/** What the flags, the environment and `tributary.yaml` say together, in this order.
 *  @throws InputError `usage` without an address, `no-password` */
export function neo4jSettings(
  context: CliContext,
  shared: Shared,
  flags: Neo4jFlags,
): Pick<Neo4jOptions, 'url' | 'user' | 'database' | 'password'> {
  const kept = readSettings(shared.paths).neo4j;
  const url = flags.uri ?? kept?.uri;
  if (url === undefined)
    throw usageError('graph: no address of Neo4j; give --uri bolt://host:7687, or set neo4j.uri in tributary.yaml');
  const file = flags.passwordFile ?? kept?.passwordFile;
  return {
    url,
    user: flags.user ?? kept?.user ?? 'neo4j',
    database: flags.database ?? kept?.database ?? 'neo4j',
    password: _password(file === undefined ? null : fromHere(context, file)),
  };
}

/** Opens the connection of the flags. A push may take long: no transaction of it longer than ten minutes. */
export async function openNeo4j(
  context: CliContext,
  shared: Shared,
  flags: Neo4jFlags,
  timeoutMs = 600_000,
): Promise<Neo4jConnection> {
  return Neo4jConnection.open({ ...neo4jSettings(context, shared, flags), timeoutMs });
}

function _password(file: string | null): string {
  if (file !== null) {
    try {
      return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (cause) {
      throw new InputError('no-password', `graph: the password file ${file} cannot be read: ${messageOf(cause)}`, {
        file,
      });
    }
  }
  const given = process.env['TRIBUTARY_NEO4J_PASSWORD'];
  if (given === undefined || given === '')
    throw new InputError(
      'no-password',
      'graph: no password of Neo4j; give --password-file <file>, or set TRIBUTARY_NEO4J_PASSWORD',
      {},
    );
  return given;
}
