import { type BlockingRule } from '../core/index.ts';

/** Keys of every record under one rule: those of record i are keys[starts[i]] … keys[starts[i + 1]], each once. */
export interface KeyTable {
  readonly starts: Int32Array;
  readonly keys: Uint32Array;
}

/** A 32-bit hash of a key. Two keys that collide only propose pairs that scoring then turns down. FNV-1a over UTF-16 units, then mixed. */
export function key32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** The keys of `size` records under a rule. O(keys) */
export function keyTable(rule: BlockingRule, size: number): KeyTable {
  const starts = new Int32Array(size + 1);
  let keys = new Uint32Array(Math.max(16, size * 2));
  let at = 0;
  for (let i = 0; i < size; i++) {
    for (const text of rule.keysOf(i)) {
      const k = key32(text);
      if (_among(keys, starts[i]!, at, k)) continue;
      if (at === keys.length) {
        const wider = new Uint32Array(at * 2);
        wider.set(keys);
        keys = wider;
      }
      keys[at++] = k;
    }
    starts[i + 1] = at;
  }
  return { starts, keys: keys.slice(0, at) };
}

function _among(keys: Uint32Array, from: number, to: number, k: number): boolean {
  for (let i = from; i < to; i++) if (keys[i] === k) return true;
  return false;
}

/** Both tables, records of `later` behind. */
export function joinedTables(a: KeyTable, later: KeyTable): KeyTable {
  const n = a.starts.length - 1;
  const starts = new Int32Array(n + later.starts.length);
  starts.set(a.starts);
  const base = a.starts[n]!;
  for (let i = 1; i < later.starts.length; i++) starts[n + i] = base + later.starts[i]!;
  const keys = new Uint32Array(base + later.keys.length);
  keys.set(a.keys);
  keys.set(later.keys, base);
  return { starts, keys };
}

export const EMPTY_KEYS: KeyTable = Object.freeze({ starts: new Int32Array(1), keys: new Uint32Array(0) });
