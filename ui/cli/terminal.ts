import { SingleBar } from 'cli-progress';
import type { Clock, Progress } from '../../ingest/base/index.ts';

export interface Terminal {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream & { isTTY?: boolean };
  readonly clock: Clock;
}

/** Progress on stderr: a bar on a terminal, one plain line a step otherwise, so that stdout stays the answer. */
export class TerminalProgress implements Progress {
  readonly #terminal: Terminal;
  #bar: SingleBar | null = null;
  #step: { name: string; startedMs: number; last: string } | null = null;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  step(name: string, note = ''): void {
    this.end();
    this.#step = { name, startedMs: this.#terminal.clock(), last: '' };
    if (this.#terminal.err.isTTY === true) {
      this.#bar = new SingleBar({
        format: '  {bar} {step} {value}/{total} {unit}',
        stream: this.#terminal.err,
        clearOnComplete: true,
        hideCursor: true,
        noTTYOutput: false,
      });
    }
    if (note !== '') this.#line(`  ${note}`);
  }

  tick(done: number, total: number | null, unit: string): void {
    if (this.#step === null) return;
    this.#step.last = `${done.toLocaleString('en')}${total === null ? '' : ` of ${total.toLocaleString('en')}`} ${unit}`;
    if (this.#bar === null) return;
    const known = total ?? Math.max(done, 1);
    if (!this.#bar.isActive) this.#bar.start(known, done, { step: this.#step.name, unit });
    this.#bar.setTotal(known);
    this.#bar.update(done, { step: this.#step.name, unit });
  }

  note(text: string): void {
    this.#line(`  ${text}`);
  }

  /** Closes the step that is open, if any, with its time. */
  end(): void {
    if (this.#bar?.isActive === true) this.#bar.stop();
    this.#bar = null;
    if (this.#step === null) return;
    const seconds = (this.#terminal.clock() - this.#step.startedMs) / 1000;
    this.#line(`✓ ${this.#step.name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${this.#step.last}`.trimEnd());
    this.#step = null;
  }

  #line(text: string): void {
    if (this.#bar?.isActive === true) this.#bar.stop();
    this.#terminal.err.write(`${text}\n`);
  }
}

/** Columns in line; Han characters count two cells wide. */
export function textTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headers.map((h, j) => Math.max(cellWidth(h), ...rows.map((r) => cellWidth(r[j] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, j) => c + ' '.repeat(Math.max(0, widths[j]! - cellWidth(c))))
      .join('  ')
      .trimEnd();
  return [line(headers), line(widths.map((w) => '-'.repeat(w))), ...rows.map(line)].join('\n');
}

/** Cells that a text takes on a terminal. @source Unicode UAX #11, wide ranges that occur here */
export function cellWidth(text: string): number {
  let width = 0;
  for (const ch of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u.test(
        ch,
      )
        ? 2
        : 1;
  return width;
}
