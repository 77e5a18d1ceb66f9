import type { Action } from './action.ts';
import { EMPTY, type Investigation } from './investigation.ts';
import { reduce } from './reduce.ts';

/** Steps that can be taken back. States share what they have in common, so a step costs what it changed. */
export const MOST_STEPS = 200;

/** An investigation with the way it came and the way it was taken back. */
export interface History {
  readonly past: readonly Investigation[];
  readonly present: Investigation;
  readonly future: readonly Investigation[];
}

export function historyOf(present: Investigation = EMPTY): History {
  return { past: [], present, future: [] };
}

/** One step on; what was taken back is forgotten. An action that changes nothing is no step. */
export function step(history: History, action: Action): History {
  const next = reduce(history.present, action);
  if (next === history.present) return history;
  return { past: [...history.past, history.present].slice(-MOST_STEPS), present: next, future: [] };
}

export function undo(history: History): History {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future] };
}

export function redo(history: History): History {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future };
}
