import type { Overlap } from './assign-ids.ts';

/** What happened to an entity between two runs. */
export interface EntityChange {
  readonly kind: string;
  readonly change: 'merged' | 'split' | 'gone';
  /** The entity that remains (merged), or that was there before (split, gone). */
  readonly entityId: string;
  /** Ids before, sorted. */
  readonly from: readonly string[];
  /** Ids now, sorted; empty = no record of it is left. */
  readonly into: readonly string[];
  readonly mentions: number;
}

/** Merges, splits and disappearances between two runs, in order of kind, change and id. An entity may be split and merged at once; both are listed.
 *  @param overlaps  with the ids that entities bear now  @param before  every entity before, with its kind */
export function entityChanges(
  overlaps: readonly Overlap[],
  before: readonly { readonly kind: string; readonly id: string }[],
): EntityChange[] {
  const into = new Map<string, Overlap[]>();
  const from = new Map<string, Overlap[]>();
  for (const o of overlaps) {
    _push(into, o.before, o);
    _push(from, o.now, o);
  }
  const out: EntityChange[] = [];
  for (const [id, list] of from) if (list.length > 1) out.push(_change('merged', id, list));
  for (const [id, list] of into) if (list.length > 1) out.push(_change('split', id, list));
  for (const { kind, id } of before)
    if (!into.has(id)) out.push({ kind, change: 'gone', entityId: id, from: [id], into: [], mentions: 0 });
  return out.sort((a, b) => _cmp(a.kind, b.kind) || _cmp(a.change, b.change) || _cmp(a.entityId, b.entityId));
}

function _change(change: 'merged' | 'split', entityId: string, list: readonly Overlap[]): EntityChange {
  return {
    kind: list[0]!.kind,
    change,
    entityId,
    from: [...new Set(list.map((o) => o.before))].sort(_cmp),
    into: [...new Set(list.map((o) => o.now))].sort(_cmp),
    mentions: list.reduce((s, o) => s + o.mentions, 0),
  };
}

function _push(map: Map<string, Overlap[]>, key: string, o: Overlap): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [o]);
  else list.push(o);
}

const _cmp = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
