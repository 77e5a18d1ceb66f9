import type { QueueItem } from '../../../contract/index.ts';

/** Parts of the queue, by where work on a lead stands. */
export const SCOPES = [
  { id: 'mine', text: 'mine' },
  { id: 'open', text: 'open' },
  { id: 'decided', text: 'decidedScope' },
  { id: 'all', text: 'all' },
] as const;
export type Scope = (typeof SCOPES)[number]['id'];

/** The scope that an address names; everything when it names none. */
export function scopeOf(text: string | null): Scope {
  return SCOPES.find((s) => s.id === text)?.id ?? 'all';
}

/** Whether a lead is in a scope. A lead of which nothing is known is in hand of nobody: open, not decided, not mine. */
export function inScope(scope: Scope, item: QueueItem | undefined, mine: (item: QueueItem) => boolean): boolean {
  switch (scope) {
    case 'mine':
      return item !== undefined && mine(item);
    case 'open':
      return item?.state !== 'decided';
    case 'decided':
      return item?.state === 'decided';
    case 'all':
      return true;
  }
}
