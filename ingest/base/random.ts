/** A source of uniform numbers in [0, 1). */
export type Random = () => number;

/** Seeded generator (sfc32): same seed, same sequence, on every platform. Not for secrets.
 *  @param seed  an integer, or a text that is hashed (FNV-1a), so that each stream can be named: `seeded('7:tickets')`
 *  @source C. Doty-Humphrey, PractRand, sfc32 */
export function seeded(seed: number | string): Random {
  let h = 0x811c9dc5;
  for (const ch of String(seed)) h = Math.imul(h ^ ch.codePointAt(0)!, 0x01000193);
  let a = h >>> 0;
  let b = Math.imul(h ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
  let c = Math.imul(h ^ 0xc2b2ae35, 0x27d4eb2f) >>> 0;
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** A whole number in [low, high], both included. */
export function integerIn(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1));
}

/** One element, uniformly. `items` must not be empty. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)]!;
}

/** A standard normal number (Box–Muller; uses two draws). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `items` in random order (Fisher–Yates), as a new array. */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
