import type { Casework } from '../../casework/index.ts';

/** How long what was read of accounts and sessions may be used again, ms: a click asks many things at once. A change in this process ends it at once;
 *  one made by another process on the same PostgreSQL works after this time. */
export const FRESH_MS = 2000;

/** Values read a moment ago, by key; emptied whenever access changes. */
export class Fresh<T> {
  readonly #clock: () => number;
  readonly #values = new Map<string, { readonly value: Promise<T>; readonly atMs: number }>();

  constructor(casework: Pick<Casework, 'clock' | 'listen'>) {
    this.#clock = casework.clock;
    casework.listen((event) => {
      if (event.type === 'access') this.#values.clear();
    });
  }

  /** The value, read by `read` unless it was a moment ago; a failure is not kept. */
  use(key: string, read: () => Promise<T>): Promise<T> {
    const now = this.#clock();
    const known = this.#values.get(key);
    if (known !== undefined && now - known.atMs < FRESH_MS) return known.value;
    if (this.#values.size > 5000) this.#values.clear();
    const value = read();
    this.#values.set(key, { value, atMs: now });
    value.catch(() => this.drop(key));
    return value;
  }

  drop(key: string): void {
    this.#values.delete(key);
  }
}
