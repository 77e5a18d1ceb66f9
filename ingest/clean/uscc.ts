import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { isOrganisationCode } from './organisation-code.ts';
import { code } from './text.ts';
import { soleRepair } from './look-alike.ts';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const SHAPE = /^[0-9A-HJ-NP-RTUWXY]{2}\d{6}[0-9A-HJ-NP-RTUWXY]{10}$/;

/** Check character of the first 17 characters of a unified social credit code. @source GB 32100-2015 */
export function usccCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += ALPHABET.indexOf(first17[i]!) * WEIGHTS[i]!;
  return ALPHABET[(31 - (sum % 31)) % 31]!;
}

/** Whether a text is a unified social credit code: alphabet, six-digit region, check character. */
export function isUscc(text: string): boolean {
  return text.length === 18 && SHAPE.test(text) && usccCheck(text) === text[17];
}

/** 统一社会信用代码: half-width, upper case, no spaces; look-alikes repaired only if exactly one reading passes the check.
 *  Old 15-digit registration numbers and 9-character organisation codes are refused by their own rule, so that they can serve as aliases. */
export function cleanUscc(sent: string): Cleaned {
  const text = code(sent).replaceAll('-', '');
  if (isUscc(text)) return kept(text);
  if (text.length === 18) {
    const repaired = soleRepair(text, isUscc);
    if (repaired !== null) return remarked(repaired, 'look-alike-repaired', `"${sent}" read as ${repaired}`);
    return refused('uscc-check', `"${sent}" fails the check character of GB 32100`);
  }
  if (/^\d{15}$/.test(text)) return refused('registration-no-15', `"${sent}" is an old 15-digit registration number`);
  if (isOrganisationCode(text)) return refused('organisation-code', `"${sent}" is a GB 11714 organisation code`);
  return refused('uscc-length', `"${sent}" has ${text.length} characters, expected 18`);
}
