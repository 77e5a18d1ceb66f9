/** Groups of characters that cameras and clerks take for one another on plates.  @source domain notes: 0/D/Q, 8/B, E/F; usual OCR pairs */
const GROUPS = ['0DQO', '8B', 'EF', '1I', '2Z', '5S', 'MN', 'UV', 'HN', '7T', 'CG', '6G', 'PR', '4A'];

const _near = new Map<string, Set<string>>();
for (const g of GROUPS) {
  for (const a of g) {
    for (const b of g) {
      if (a === b) continue;
      const set = _near.get(a) ?? new Set<string>();
      set.add(b);
      _near.set(a, set);
    }
  }
}

const PROVINCE = /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]/u;
/** A whole plate number: province, office letter, five to six more, with 挂 or another suffix for the last. */
export const WHOLE_PLATE =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z](?:[A-HJ-NP-Z0-9]{5,6}|[A-HJ-NP-Z0-9]{4}[挂学警港澳])$/u;

/** Comparable spelling of a plate: NFKC, upper case, no dots, spaces or hyphens. */
export function plainPlate(plate: string): string {
  return plate
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether two characters are easily taken for one another. */
export function looksAlike(a: string, b: string): boolean {
  return _near.get(a)?.has(b) ?? false;
}

/** How the second plate may be a bad writing of the first: `confused` one look-alike character, `province` the province character is missing,
 *  `suffix` 挂 is missing, `dropped` one character is missing, `other` none of these. */
export function plateSlip(right: string, sent: string): 'confused' | 'province' | 'suffix' | 'dropped' | 'other' {
  if (PROVINCE.test(right) && right.slice(1) === sent) return 'province';
  if (right.endsWith('挂') && right.slice(0, -1) === sent) return 'suffix';
  if (right.length === sent.length) {
    let differ = -1;
    for (let i = 0; i < right.length; i++) {
      if (right[i] === sent[i]) continue;
      if (differ >= 0) return 'other';
      differ = i;
    }
    return differ >= 0 && looksAlike(right[differ]!, sent[differ]!) ? 'confused' : 'other';
  }
  if (right.length === sent.length + 1) {
    for (let i = 0; i < right.length; i++) if (right.slice(0, i) + right.slice(i + 1) === sent) return 'dropped';
  }
  return 'other';
}

/** Block keys that bring a plate together with its slips: the plate with each look-alike folded, and without its province or 挂. */
export function plateKeys(plate: string): string[] {
  const folded = foldedPlate(plate);
  const bare = folded.replace(PROVINCE, '');
  return [...new Set([`f${folded}`, `b${bare}`, `b${bare.replace(/挂$/u, '')}`, `f${folded.replace(/挂$/u, '')}`])];
}

/** A plate with each look-alike character replaced by the first of its group: near plates, and a few others, share it. */
export function foldedPlate(plate: string): string {
  return Array.from(plate, (c) => FOLD.get(c) ?? c).join('');
}
const FOLD = new Map<string, string>();
for (const g of GROUPS) for (const c of g) if (!FOLD.has(c)) FOLD.set(c, FOLD.get(g[0]!) ?? g[0]!);
