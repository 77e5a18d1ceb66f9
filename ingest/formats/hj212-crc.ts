/** One step of eight shifts with polynomial 0xA001, for every low byte. */
const TABLE = Uint16Array.from({ length: 256 }, (_x, byte) => {
  let r = byte;
  for (let i = 0; i < 8; i++) r = r & 1 ? (r >> 1) ^ 0xa001 : r >> 1;
  return r;
});

/** Check of a data segment by HJ 212 Annex A, which shifts before it adds: `r = (r >> 8) ^ byte`, then eight shifts. Not CRC-16/MODBUS.
 *  @returns 0–65535; written high byte first as four hexadecimal digits */
export function hj212Crc(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let r = 0xffff;
  for (let i = start; i < end; i++) {
    const x = (r >> 8) ^ bytes[i]!;
    r = (x >> 8) ^ TABLE[x & 0xff]!;
  }
  return r;
}

/** CRC-16/MODBUS, which several public parsers compute instead: `r ^= byte` first. Accepted in lenient mode only, and counted. */
export function modbusCrc(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let r = 0xffff;
  for (let i = start; i < end; i++) r = (r >> 8) ^ TABLE[(r ^ bytes[i]!) & 0xff]!;
  return r;
}
