import { editDistance } from '../core/index.ts';
import type { Evidence } from './evidence.ts';

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Readings of a date as yyyymmdd: one, or two where day and month could change places. Two-digit years take the century that is not in the future of `30`.
 *  Reads 1980-01-07, 1/7/80, 20/8/1991, 25-Jun-08, Mar 1 1970, 19800107; null when it is no whole date. */
export function birthReadings(text: string): string[] | null {
  const t = text.trim().toLowerCase();
  let m = /^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})/.exec(t) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(t);
  if (m !== null) return [_digits(m[1]!, Number(m[2]), Number(m[3]))];
  m = /^(\d{1,2})[-/. ]+([a-z]{3})[a-z]*[-/., ]+(\d{2,4})/.exec(t);
  if (m !== null) return _worded(m[3]!, m[2]!, m[1]!);
  m = /^([a-z]{3})[a-z]*[-/. ]+(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{2,4})/.exec(t);
  if (m !== null) return _worded(m[3]!, m[1]!, m[2]!);
  m = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})$/.exec(t);
  if (m === null) return null;
  const [a, b] = [Number(m[1]), Number(m[2])];
  if (a > 12) return [_digits(m[3]!, b, a)];
  return b > 12 || a === b ? [_digits(m[3]!, a, b)] : [_digits(m[3]!, a, b), _digits(m[3]!, b, a)];
}

function _worded(year: string, month: string, day: string): string[] | null {
  const at = MONTHS.indexOf(month);
  return at < 0 ? null : [_digits(year, at + 1, Number(day))];
}

function _digits(year: string, month: number, day: number): string {
  const y = year.length === 4 ? Number(year) : Number(year) + (Number(year) > 30 ? 1900 : 2000);
  return `${y}${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`;
}

/** Full agreement, bits. */
const SAME = 9;

/** Evidence of two dates of birth: same as written, same but for day and month, one digit or two neighbours changed, else a conflict. */
export function birthEvidence(a: readonly string[] | null, b: readonly string[] | null): Evidence {
  if (a === null || b === null) return null;
  if (a[0] === b[0]) return SAME;
  if (a.some((x) => b.includes(x))) return SAME - 2;
  const slip = (x: string, y: string): boolean => editDistance(x, y, 1) <= 1 || _swapped(x, y);
  if (slip(a[0]!, b[0]!)) return 4;
  return a.some((x) => b.some((y) => slip(x, y))) ? 2 : 'conflict';
}

/** Whether two neighbouring digits changed places. */
function _swapped(x: string, y: string): boolean {
  let k = 0;
  while (k < x.length && x[k] === y[k]) k++;
  return k + 1 < x.length && x[k] === y[k + 1] && x[k + 1] === y[k] && x.slice(k + 2) === y.slice(k + 2);
}
