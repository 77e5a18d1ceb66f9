const SCRATCH = 256;

/** Jaro–Winkler similarity on UTF-16 units (every Han character in daily use is one), 0–1; 1 for equal texts.
 *  Prefix scale 0.1 over at most four units, applied above 0.7. O(|a|·|b|/2).  @source Winkler 1990 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const la = a.length;
  const lb = b.length;
  if (la === 0 || lb === 0) return 0;
  const reach = Math.max(0, (la > lb ? la : lb) / 2 - 1) | 0;
  const takenA = la <= SCRATCH ? _takenA.fill(0, 0, la) : new Uint8Array(la);
  const takenB = lb <= SCRATCH ? _takenB.fill(0, 0, lb) : new Uint8Array(lb);
  let common = 0;
  for (let i = 0; i < la; i++) {
    const low = i > reach ? i - reach : 0;
    const high = i + reach < lb - 1 ? i + reach : lb - 1;
    const c = a.charCodeAt(i);
    for (let j = low; j <= high; j++) {
      if (takenB[j] === 0 && b.charCodeAt(j) === c) {
        takenA[i] = 1;
        takenB[j] = 1;
        common++;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let swaps = 0;
  for (let i = 0, j = 0; i < la; i++) {
    if (takenA[i] === 0) continue;
    while (takenB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) swaps++;
    j++;
  }
  const jaro = (common / la + common / lb + (common - swaps / 2) / common) / 3;
  if (jaro < 0.7) return jaro;
  let prefix = 0;
  while (prefix < 4 && prefix < la && prefix < lb && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
const _takenA = new Uint8Array(SCRATCH);
const _takenB = new Uint8Array(SCRATCH);

/** Edits (insert, delete, replace, swap of neighbours) between two texts, or `limit + 1` as soon as it must exceed `limit`.
 *  Optimal string alignment on UTF-16 units. O(limit · length). */
export function editDistance(a: string, b: string, limit = 3): number {
  if (a === b) return 0;
  const la = a.length;
  const lb = b.length;
  const over = limit + 1;
  if (Math.abs(la - lb) > limit) return over;
  let before = new Int32Array(lb + 1);
  let row = Int32Array.from({ length: lb + 1 }, (_x, j) => j);
  let next = new Int32Array(lb + 1);
  for (let i = 1; i <= la; i++) {
    next[0] = i;
    let best = i;
    for (let j = 1; j <= lb; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let d = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (
        i > 1 &&
        j > 1 &&
        a.charCodeAt(i - 1) === b.charCodeAt(j - 2) &&
        a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
      ) {
        d = Math.min(d, before[j - 2]! + 1);
      }
      next[j] = d;
      if (d < best) best = d;
    }
    if (best > limit) return over;
    const spare = before;
    before = row;
    row = next;
    next = spare;
  }
  return Math.min(row[lb]!, over);
}

/** Whether every unit of `short` occurs in `long` in order. */
export function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (let i = 0; i < long.length && at < short.length; i++) if (long.charCodeAt(i) === short.charCodeAt(at)) at++;
  return at === short.length;
}

/** Metres between two WGS-84 points on a sphere of 6,371 km. */
export function metresBetween(lonA: number, latA: number, lonB: number, latB: number): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((latB - latA) * rad) / 2) ** 2 +
    Math.cos(latA * rad) * Math.cos(latB * rad) * Math.sin(((lonB - lonA) * rad) / 2) ** 2;
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(h)));
}
