/** A 52-bit hash of a text as an exact double, for join keys (not for ids): two FNV-1a streams over UTF-16 units. */
export function key52(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 0x01000193);
    b = Math.imul(b ^ c, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0) * 0x100000 + ((b ^ (b >>> 15)) & 0xfffff);
}
