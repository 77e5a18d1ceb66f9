import { type Investigation, stateOf, textOf } from '../../../../state/index.ts';

/** An investigation as this device keeps it, with the version of the server that it was made from. */
export interface LocalCopy {
  readonly version: number;
  readonly state: Investigation;
}

const _key = (viewId: string | null): string => `tributary.explore.${viewId ?? 'draft'}`;

/** @param viewId  null = the one canvas that has no view yet */
export function localCopy(viewId: string | null): LocalCopy | null {
  try {
    const kept = JSON.parse(localStorage.getItem(_key(viewId)) ?? 'null') as { version: number; text: string } | null;
    const state = kept === null ? null : stateOf(kept.text);
    return state === null ? null : { version: kept!.version, state };
  } catch {
    return null;
  }
}

/** A canvas too large for this device's storage is kept on the server only. */
export function keepLocal(viewId: string | null, version: number, state: Investigation): void {
  try {
    localStorage.setItem(_key(viewId), JSON.stringify({ version, text: textOf(state) }));
  } catch {
    localStorage.removeItem(_key(viewId));
  }
}

export function forgetLocal(viewId: string | null): void {
  localStorage.removeItem(_key(viewId));
}
