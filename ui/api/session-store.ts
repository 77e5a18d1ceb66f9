import session from 'express-session';
import {
  type Casework,
  type SessionData,
  endSession,
  extendSession,
  readSession,
  writeSession,
} from '../../casework/index.ts';
import { Fresh } from './fresh.ts';

/** Least time between two writes that only move a session's end, ms. */
const TOUCH_MS = 60_000;

/** Keeps express-session's sessions in casework. */
export class CaseworkSessions extends session.Store {
  readonly #desk: Casework;
  readonly #fresh: Fresh<SessionData | null>;
  readonly #touched = new Map<string, number>();

  constructor(desk: Casework) {
    super();
    this.#desk = desk;
    this.#fresh = new Fresh(desk);
  }

  override get(sid: string, done: (error: unknown, data?: session.SessionData | null) => void): void {
    const reading = this.#fresh.use(sid, () => readSession(this.#desk, sid));
    reading.then(
      // a copy: express-session changes what it is given
      (data) => done(null, structuredClone(data) as session.SessionData | null),
      (error: unknown) => done(error),
    );
  }

  override set(sid: string, data: session.SessionData, done: (error?: unknown) => void = () => {}): void {
    this.#fresh.drop(sid);
    writeSession(this.#desk, sid, {
      accountId: data.accountId ?? null,
      data: JSON.parse(JSON.stringify(data)) as Record<string, unknown>,
      expiresAtMs: this.#endOf(data),
    }).then(() => {
      this.#fresh.drop(sid);
      done();
    }, done);
  }

  override destroy(sid: string, done: (error?: unknown) => void = () => {}): void {
    this.#touched.delete(sid);
    this.#fresh.drop(sid);
    endSession(this.#desk, sid).then(() => {
      this.#fresh.drop(sid);
      done();
    }, done);
  }

  override touch(sid: string, data: session.SessionData, done: () => void = () => {}): void {
    const now = this.#desk.clock();
    if (now - (this.#touched.get(sid) ?? 0) < TOUCH_MS) {
      done();
      return;
    }
    if (this.#touched.size > 10_000) this.#touched.clear();
    this.#touched.set(sid, now);
    extendSession(this.#desk, sid, this.#endOf(data)).then(done, done);
  }

  /** The desk's clock decides, not the cookie's. */
  #endOf(data: session.SessionData): number {
    return this.#desk.clock() + (data.cookie.originalMaxAge ?? IDLE_MS);
  }
}

/** A session that is not used ends after this time, ms. */
export const IDLE_MS = 2 * 3_600_000;
/** A session ends after this time however much it is used, ms. */
export const ABSOLUTE_MS = 12 * 3_600_000;

declare module 'express-session' {
  interface SessionData {
    accountId?: string;
    beganAtMs?: number;
  }
}
