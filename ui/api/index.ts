import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { ExternalError, messageOf } from '../../ingest/base/index.ts';
import { codeVersion } from '../../models/index.ts';
import { SnapshotReader } from '../../models/queries/index.ts';
import type { WorkspacePaths } from '../../models/workspace/index.ts';
import { appOf } from './app.ts';
import { webFolder } from './web.ts';

export interface Server {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly paths: WorkspacePaths;
  /** 0 = any free one */
  readonly port: number;
  /** Told what takes time before the server listens. */
  readonly say?: (line: string) => void;
}

/** Serves the workspace's page and API on 127.0.0.1. A port in use gives way to a free one.
 *  @throws ExternalError `listen-failed` */
export async function serve(options: ServeOptions): Promise<Server> {
  const web = await webFolder(options.say ?? (() => {}));
  const log = pino({ level: 'warn' }, pino.destination(2));
  const snapshot = new SnapshotReader(options.paths);
  const app = appOf({
    paths: options.paths,
    snapshot,
    version: codeVersion(),
    web,
    onFault: (error) => log.error(error),
  });
  const server = createServer(app);
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
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((done) => void server.close(() => done()));
      await snapshot.close();
    },
  };
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
