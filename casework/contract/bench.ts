import { seeded } from '../../ingest/base/index.ts';
import { type Actor, type Casework, type Role, addAccount, openCasework } from '../index.ts';

/** A casework under test: its clock stands until it is moved. */
export interface Bench {
  readonly desk: Casework;
  readonly told: { type: string; accountId?: string }[];
  /** Moves the clock forward, ms. */
  readonly pass: (ms: number) => void;
  /** An account with these roles, as one who acts. */
  readonly officer: (name: string, ...roles: Role[]) => Promise<Actor>;
}

/** 2026-06-01 09:00 in China. */
export const START_MS = Date.UTC(2026, 5, 1, 1);

/** Opens one for a test file; `url` null = PGlite, `folder` null = in memory. */
export async function openBench(url: string | null, folder: string | null = null): Promise<Bench> {
  let now = START_MS;
  const random = seeded('casework');
  const desk = await openCasework({
    folder,
    url,
    clock: () => now,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(random() * 256)),
  });
  const told: Bench['told'] = [];
  desk.listen((event) => told.push(event));
  return {
    desk,
    told,
    pass: (ms) => void (now += ms),
    officer: async (name, ...roles) => {
      const account = await addAccount(desk, null, {
        name,
        displayName: `${name}!`,
        roles,
        password: passwordOf(name),
      });
      return { accountId: account.accountId, name: account.displayName, purposeId: null };
    },
  };
}

export function passwordOf(name: string): string {
  return `${name} has a long one`;
}
