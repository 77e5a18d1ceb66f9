import type { Cleaned } from './cleaned.ts';
import { cleanName } from './name.ts';

/** An address in one writing: NFKC, simplified, no spaces beside Han characters. Its parts are `addressParts`'. */
export function cleanAddress(sent: string): Cleaned {
  return cleanName(sent);
}
