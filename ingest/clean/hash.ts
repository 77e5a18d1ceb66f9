import { type Cleaned, kept, refused } from './cleaned.ts';
import { cleanResidentId } from './resident-id.ts';

/** A hash or pseudonym that a department put in the place of personal data: 8 to 128 letters, digits, `-`, `_`; hexadecimal in lower case. What is not one, or is a
 *  mobile number or a valid identity number, may be the personal value itself and is refused unseen. */
export function cleanHash(sent: string): Cleaned {
  const text = sent.trim();
  if (!/^[0-9A-Za-z_-]{8,128}$/.test(text)) return refused('not-a-hash', 'is not 8 to 128 letters and digits');
  if (/^1[3-9]\d{9}$/.test(text) || cleanResidentId(text).value !== null)
    return refused('not-a-hash', 'may be a phone or identity number');
  return kept(/^[0-9a-fA-F]+$/.test(text) ? text.toLowerCase() : text);
}
