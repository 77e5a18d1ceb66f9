import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { code } from './text.ts';

/** A Chinese phone number: mobile `1[3-9]` + 9 digits, fixed line `0572-1234567`, or the unassignable `100` + 8 digits of made-up data. */
export function cleanPhone(sent: string): Cleaned {
  const text = code(sent)
    .replace(/[()\-－—]/g, '')
    .replace(/^(\+|00)?86(?=1\d{10}$|0\d{9,11}$)/, '');
  if (/^1[3-9]\d{9}$/.test(text) || /^100\d{8}$/.test(text)) return kept(text);
  const area = /^(010|02\d|0[3-9]\d{2})(\d{7,8})(?:[转X#*]\d{1,6})?$/.exec(text);
  if (area !== null) return kept(`${area[1]}-${area[2]}`);
  if (/^[2-8]\d{6,7}$/.test(text)) return remarked(text, 'no-area-code', `"${sent}" has no area code`);
  return refused('phone-shape', 'is not a Chinese phone number');
}
