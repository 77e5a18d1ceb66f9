import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { code } from './text.ts';
import { isUscc } from './uscc.ts';
import { soleRepair } from './look-alike.ts';

/** Whether a text is a discharge permit number: a credit code (or `H9` + region + serial, for a site without one), three digits, one letter. */
export function isPermitNo(text: string): boolean {
  if (!/^[0-9A-Z]{18}\d{3}[P-Z]$/.test(text)) return false;
  return /^H9\d{6}/.test(text) || isUscc(text.slice(0, 18));
}

/** 排污许可证编号 (HJ 608-2017). A credit code inside it is repaired by the same rule as a credit code. W, X, Y, Z end a registration receipt. */
export function cleanPermitNo(sent: string): Cleaned {
  const text = code(sent).replaceAll('-', '');
  if (isPermitNo(text)) return kept(text);
  if (text.length !== 22) return refused('permit-length', `"${sent}" has ${text.length} characters, expected 22`);
  const last = text.slice(18);
  const repaired = soleRepair(text.slice(0, 18), isUscc);
  if (repaired !== null && isPermitNo(repaired + last))
    return remarked(repaired + last, 'look-alike-repaired', `"${sent}" read as ${repaired + last}`);
  return refused('permit-check', `"${sent}" is not a credit code, three digits and a letter P–Z`);
}
