import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { type Casework, firstAccount, openCasework, sendDigests, sweepSessions } from '../../casework/index.ts';
import { ExternalError, messageOf } from '../../ingest/base/index.ts';
import type { GraphStore } from '../../graph/stores/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { codeVersion } from '../../models/index.ts';
import { SnapshotReader } from '../../models/queries/index.ts';
import type { WorkspacePaths } from '../../models/workspace/index.ts';
import { appOf } from './app.ts';
import { answerGraphFrom } from './graph-store.ts';
import { webFolder } from './web.ts';

export interface Server {
  readonly url: string;
  readonly port: number;
  /** The account made because there was none, with its password: shown once, kept nowhere; null when the caller chose it. */
  readonly firstAccount: { readonly name: string; readonly password: string | null } | null;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly paths: WorkspacePaths;
  /** 0 = any free one */
  readonly port: number;
  /** PostgreSQL for what people decide; null = embedded in the workspace. */
  readonly databaseUrl?: string | null;
  /** Password of the first account; null = one is made. */
  readonly firstPassword?: string | null;
  /** Opens the graph of a snapshot elsewhere than in this process. */
  readonly graph?: (db: Database) => Promise<GraphStore>;
  /** Told what takes time before the server listens. */
  readonly say?: (line: string) => void;
}

/** How long a server that stops waits for answers under way, ms. */
const GRACE_MS = 1500;
/** How often expired sessions are removed and overdue work is looked for, ms. */
const TICK_MS = 10 * 60_000;

/** Serves the workspace's page and API on 127.0.0.1. A port in use gives way to a free one.
 *  @throws ExternalError `listen-failed`, `casework-unreachable`; StateError `casework-locked` when another server has the workspace */
export async function serve(options: ServeOptions): Promise<Server> {
  const web = await webFolder(options.say ?? (() => {}));
  const casework = await openCasework({ folder: options.paths.casework, url: options.databaseUrl ?? null });
  try {
    return await _serve(options, web, casework);
  } catch (error) {
    await casework.close();
    throw error;
  }
}

async function _serve(options: ServeOptions, web: string | null, casework: Casework): Promise<Server> {
  const first = await firstAccount(casework, options.firstPassword ?? null);
  const log = pino({ level: 'warn' }, pino.destination(2));
  const snapshot = new SnapshotReader(options.paths);
  if (options.graph !== undefined) answerGraphFrom(options.graph);
  const onFault = (error: unknown): void => log.error(error);
  const app = appOf({ paths: options.paths, snapshot, casework, version: codeVersion(), web, onFault });
  const server = createServer(app);
  // Longer than a browser or a proxy keeps a line idle: Node's five seconds cut one just as it is used again.
  server.keepAliveTimeout = 65_000;
  await _listen(server, options.port).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE')
      throw new ExternalError(
        'listen-failed',
        `serve: cannot listen on port ${options.port}: ${messageOf(error)}`,
        {},
        { cause: error },
      );
    return _listen(server, 0);
  });
  let ticking: Promise<unknown> = Promise.resolve();
  const tick = (): void => {
    ticking = Promise.all([sweepSessions(casework), sendDigests(casework)]).catch(onFault);
  };
  const timer = setInterval(tick, TICK_MS);
  tick();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    firstAccount:
      first === null
        ? null
        : { name: first.account.name, password: (options.firstPassword ?? null) === null ? first.password : null },
    close: async () => {
      clearInterval(timer);
      await _closed(server);
      await ticking;
      await snapshot.close();
      await casework.close();
    },
  };
}

/** Lets what is being answered end; what is still open after that (streams) is cut. */
async function _closed(server: ReturnType<typeof createServer>): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  const ended = new Promise<void>((done) => void server.close(() => done()));
  server.closeIdleConnections();
  await ended;
  clearTimeout(cut);
}

function _listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      done();
    });
  });
}
