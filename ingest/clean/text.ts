/** Zero-width and byte-order characters that copy and paste leaves behind, and the soft hyphen. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD]/g;
const SPACES = /[\s\u3000]+/g;

/** Text on one line: invisible characters gone, runs of space one space, ends trimmed. Nothing else changes. */
export function tidy(sent: string): string {
  return sent.replace(INVISIBLE, '').replace(SPACES, ' ').trim();
}

/** A comparable copy: NFKC (full-width becomes half-width), then `tidy`. The sent text itself is never replaced by it in the raw column. */
export function plain(sent: string): string {
  return tidy(sent.normalize('NFKC'));
}

/** `plain` without any space, upper case: how codes are compared. */
export function code(sent: string): string {
  return plain(sent).replaceAll(' ', '').toUpperCase();
}

/** Whether decoding failed here (U+FFFD) or an earlier system's failure was saved as text (锟斤拷, 烫烫烫). */
export function isUndecodable(sent: string): boolean {
  return sent.includes('\uFFFD') || sent.includes('锟斤拷') || sent.includes('烫烫烫');
}
