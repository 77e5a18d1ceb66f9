import { ApiProblem } from './api.ts';

/** What the API wants before it answers. */
export type AccessNeed = 'session' | 'purpose';

const listeners = new Set<(need: AccessNeed) => void>();

/** Tells whoever listens when an error means that a session or a stated purpose is wanted; other errors are left to the view. */
export function tellAccess(error: unknown): void {
  const need = accessNeed(error);
  if (need !== null) for (const listener of listeners) listener(need);
}

/** What an error of the API asks for; null when it is about something else. */
export function accessNeed(error: unknown): AccessNeed | null {
  if (!(error instanceof ApiProblem)) return null;
  if (error.code === 'purpose-needed') return 'purpose';
  return error.status === 401 ? 'session' : null;
}

/** @returns function that ends the listening */
export function onAccessNeed(listener: (need: AccessNeed) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
