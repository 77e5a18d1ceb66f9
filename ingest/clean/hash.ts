import { type Cleaned, kept, refused } from './cleaned.ts';

/** A one-way hash that a department put in the place of personal data: 8 to 128 hexadecimal digits, lower case. Anything else may be the personal value itself, and is refused unseen. */
export function cleanHash(sent: string): Cleaned {
  const text = sent.trim().toLowerCase();
  return /^[0-9a-f]{8,128}$/.test(text) ? kept(text) : refused('not-a-hash', 'is not 8 to 128 hexadecimal digits');
}
