/** Characters that a code's alphabet lacks, and what a reader took them for. */
const NEVER: Readonly<Record<string, string>> = { O: '0', I: '1', S: '5', Z: '2' };
const MOST_SWAPS = 12;

/** The one text that passes `isValid` after look-alikes are put right, or null when none or several do.
 *  O→0, I→1, S→5, Z→2 always (the alphabet has no such letters); B↔8 in any combination, up to 12 places.
 *  @source domain.md §1.1: a repair is allowed only if exactly one repaired string passes the check */
export function soleRepair(text: string, isValid: (candidate: string) => boolean): string | null {
  const base = Array.from(text).map((c) => NEVER[c] ?? c);
  const places = base.flatMap((c, i) => (c === 'B' || c === '8' ? [i] : []));
  if (places.length > MOST_SWAPS) return null;
  let found: string | null = null;
  for (let mask = 0; mask < 1 << places.length; mask++) {
    const trial = Array.from(base);
    places.forEach((place, bit) => {
      if ((mask >> bit) & 1) trial[place] = trial[place] === 'B' ? '8' : 'B';
    });
    const candidate = trial.join('');
    if (candidate === text || !isValid(candidate)) continue;
    if (found !== null) return null;
    found = candidate;
  }
  return found;
}
