import { type Cleaned, kept, refused } from './cleaned.ts';
import { code } from './text.ts';
import { isCalendarDay } from './calendar.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/** Check character of the first 17 digits. @source GB 11643-1999, ISO 7064 MOD 11-2 */
export function residentIdCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += (first17.charCodeAt(i) - 48) * WEIGHTS[i]!;
  return CHECKS[sum % 11]!;
}

/** 居民身份证号: check character and a birth day that exists. A 15-digit number is refused by its own rule, never converted. */
export function cleanResidentId(sent: string): Cleaned {
  const text = code(sent);
  if (/^\d{15}$/.test(text)) return refused('resident-id-15', 'an old 15-digit number without a check character');
  if (!/^\d{17}[0-9X]$/.test(text)) return refused('resident-id-shape', 'expected 17 digits and a digit or X');
  if (residentIdCheck(text) !== text[17]) return refused('resident-id-check', 'fails ISO 7064 MOD 11-2');
  const [year, month, day] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)].map(Number);
  if (!isCalendarDay(year!, month!, day!)) return refused('resident-id-birth', 'its birth day does not exist');
  return kept(text);
}
