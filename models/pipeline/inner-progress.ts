import type { Progress } from '../../ingest/base/index.ts';

/** Progress for the inside of one step: its own sub-steps move the counter's label, and only facts worth a line are printed. */
export function innerProgress(outer: Progress): Progress {
  let part = '';
  let parts = 0;
  return {
    step(name, note = '') {
      part = note === '' ? name : `${name} ${note}`;
      outer.tick(++parts, null, `parts (${part})`);
    },
    tick(done, total, unit) {
      outer.tick(done, total, part === '' ? unit : `${unit} (${part})`);
    },
    note(text) {
      outer.note(text);
    },
  };
}
