/** How long work reports itself; the CLI draws it, tests ignore it. */
export interface Progress {
  /** A named step begins. */
  step(name: string, note?: string): void;
  /** `done` of `total` units in the current step; `total` null when unknown. */
  tick(done: number, total: number | null, unit: string): void;
  /** A fact worth a line: what was capped, refused, skipped, and why. */
  note(text: string): void;
}

/** Reports to nobody. */
export const SILENT: Progress = Object.freeze({ step() {}, tick() {}, note() {} });
