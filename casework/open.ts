import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type Clock, systemClock } from '../ingest/base/index.ts';
import { installationSecret } from './accounts/index.ts';
import type { Desk, DeskEvent } from './desk/index.ts';
import { exportDecisions } from './exports/index.ts';
import { openStore } from './store/index.ts';

/** An open casework: the desk that every act needs, who listens to it, and its end. */
export interface Casework extends Desk {
  /** Of this installation, for its cookies. */
  readonly secret: string;
  /** @returns the function that ends listening */
  listen(listener: (event: DeskEvent) => void): () => void;
  close(): Promise<void>;
}

export interface CaseworkOptions {
  /** Of the embedded database, of evidence files and of exports; null = in memory, without files (tests). */
  readonly folder: string | null;
  /** PostgreSQL; null = embedded. */
  readonly url?: string | null;
  readonly clock?: Clock;
  readonly random?: Desk['random'];
}

/** Opens what people decide. Whoever opens it closes it.
 *  @throws StateError `casework-locked` when another process has it, ExternalError `casework-unreachable` */
export async function openCasework(options: CaseworkOptions): Promise<Casework> {
  const { folder, url = null, clock = systemClock, random = randomBytes } = options;
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const store = await openStore({ folder, url, clock });
  const listeners = new Set<(event: DeskEvent) => void>();
  const desk: Desk = {
    store,
    clock,
    random,
    folder,
    tell: (event) => listeners.forEach((listener) => listener(event)),
  };
  return {
    ...desk,
    secret: await _secretOf(desk),
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close: () => store.close(),
  };
}

async function _secretOf(desk: Desk): Promise<string> {
  try {
    await exportDecisions(desk); // a crash may have come between a decision and its file
    return await installationSecret(desk, 'session');
  } catch (error) {
    await desk.store.close();
    throw error;
  }
}
