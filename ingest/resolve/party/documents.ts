import { editDistance } from '../core/index.ts';
import { folded } from '../names/index.ts';
import type { Evidence } from './evidence.ts';

/** One document: its letters and digits alone, and who issued it ('' = not said). */
export interface Document {
  readonly number: string;
  readonly issuer: string;
}

/** A number with punctuation and case taken off; null when nothing is left or it is one digit over and over. */
export function documentOf(number: string | null, issuer: string | null): Document | null {
  const plain = (folded(number) ?? '').replace(/[^\p{L}\p{N}]/gu, '');
  if (plain.length < 3 || /^(.)\1+$/.test(plain)) return null;
  return { number: plain, issuer: (folded(issuer) ?? '').replace(/[^\p{L}]/gu, '') };
}

/** Evidence of two documents of one kind: the same number, the last digits of the other, one slip, or a conflict. Numbers of issuers that cannot be the
 *  same say nothing. */
export function documentEvidence(a: Document | null, b: Document | null): Evidence {
  if (a === null || b === null) return null;
  if (a.number === b.number) return a.number.length <= 4 ? 8 : 14;
  const [short, long] = a.number.length <= b.number.length ? [a.number, b.number] : [b.number, a.number];
  if (short.length <= 4 && long.length >= 7) return long.endsWith(short) ? 6 : 'conflict';
  if (_parted(a.issuer, b.issuer)) return null;
  return short.length >= 7 && editDistance(short, long, 1) <= 1 ? -2 : 'conflict';
}

/** Whether two issuers are surely two: neither begins the other nor abbreviates it (US, USA; DE, Germany are left open by their length). */
function _parted(a: string, b: string): boolean {
  if (a === '' || b === '' || a === b) return false;
  if (a.startsWith(b) || b.startsWith(a)) return false;
  return a.length === b.length;
}
