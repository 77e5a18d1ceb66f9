import { isUtf8 } from 'node:buffer';

/** Two Han characters are six bytes of UTF-8, and those are three of GBK (one fewer where a byte 80 shows as €). */
const THREE_WIDE = /[\u0080-\uFFFF]{3}/;

let _bytes: Map<string, number> | null = null;

/** Inverse of two-byte GBK, built once from the platform's decoder (about 24,000 entries). */
function _gbkBytes(): Map<string, number> {
  if (_bytes !== null) return _bytes;
  const decoder = new TextDecoder('gbk', { fatal: true });
  const map = new Map<string, number>();
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      pair[0] = lead;
      pair[1] = trail;
      try {
        map.set(decoder.decode(pair), (lead << 8) | trail);
      } catch {
        continue; // an unassigned pair
      }
    }
  }
  _bytes = map;
  return map;
}

/** The text behind UTF-8 bytes that someone decoded as GBK (`婀栧窞` → 湖州), or null when `text` is not of that sort.
 *  Certain only when every character maps back to bytes, the bytes are UTF-8, and at least two Han characters come out. */
export function repairedMojibake(text: string): string | null {
  if (!THREE_WIDE.test(text)) return null;
  const bytes: number[] = [];
  const table = _gbkBytes();
  for (const c of text) {
    const point = c.codePointAt(0)!;
    if (point < 0x80) bytes.push(point);
    else if (c === '€') bytes.push(0x80);
    else {
      const pair = table.get(c);
      if (pair === undefined) return null;
      bytes.push(pair >> 8, pair & 0xff);
    }
  }
  const buffer = Buffer.from(bytes);
  if (!isUtf8(buffer)) return null;
  const out = buffer.toString('utf8');
  return /[\u4E00-\u9FFF]{2}/.test(out) ? out : null;
}
