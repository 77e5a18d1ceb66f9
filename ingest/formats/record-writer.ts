import type { Columns } from '../base/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import { BAD_TABLE, LONGEST_REJECT, type RawColumn, rawColumns } from './raw-table.ts';

const BATCH = 20_000;

/** Puts records whose headers show up as they come into `raw`, in batches: memory for one batch only. */
export class RecordWriter {
  readonly #db: Database;
  readonly #headers = new Map<string, number>();
  #lines: number[] = [];
  #values: (string | null)[][] = [];
  #bad: [line: number, value: string, rule: string, message: string][] = [];
  #started = false;
  #written = 0;

  constructor(db: Database, headers: readonly string[] = []) {
    this.#db = db;
    for (const header of headers) this.#headers.set(header, this.#headers.size);
  }

  /** Whether it is time to `flush`. */
  get isFull(): boolean {
    return this.#lines.length >= BATCH || this.#bad.length >= BATCH;
  }

  /** One record, by header. */
  record(line: number, record: ReadonlyMap<string, string | null>): void {
    const row: (string | null)[] = [];
    for (const [header, value] of record) {
      let at = this.#headers.get(header);
      if (at === undefined) this.#headers.set(header, (at = this.#headers.size));
      row[at] = value;
    }
    this.#lines.push(line);
    this.#values.push(row);
  }

  /** One record that cannot be read. */
  bad(line: number, value: string, rule: string, message: string): void {
    this.#bad.push([line, value.slice(0, LONGEST_REJECT), rule, message]);
  }

  /** Writes what is held. */
  async flush(): Promise<void> {
    await this.#start();
    while (this.#written < this.#headers.size) {
      await this.#db.run(`alter table raw add column r${this.#written} varchar`);
      this.#written++;
    }
    const rows = this.#lines.length;
    const data: Columns['data'] = { line: { kind: 'number', values: Float64Array.from(this.#lines), valid: null } };
    const texts = Array.from({ length: this.#headers.size }, (_x, i) => [
      `r${i}`,
      { kind: 'text' as const, values: this.#values.map((row) => row[i] ?? null) },
    ]);
    if (rows > 0) {
      await this.#db.tableFrom('batch', { rows, data: { ...data, ...Object.fromEntries(texts) } });
      await this.#db.run(`insert into raw select line::bigint, * exclude (line) from batch order by line`);
    }
    for (let start = 0; start < this.#bad.length; start += 500) {
      const list = this.#bad.slice(start, start + 500).map(([l, ...t]) => `(${l}, ${t.map(quoteText).join(', ')})`);
      await this.#db.run(`insert into bad values ${list.join(', ')}`);
    }
    [this.#lines, this.#values, this.#bad] = [[], [], []];
  }

  /** Writes the rest; the columns in the order in which their headers first came. */
  async finish(): Promise<RawColumn[]> {
    await this.flush();
    return rawColumns([...this.#headers.keys()]);
  }

  async #start(): Promise<void> {
    if (this.#started) return;
    this.#started = true;
    await this.#db.run('create table raw (line bigint)');
    await this.#db.run(BAD_TABLE);
  }
}
