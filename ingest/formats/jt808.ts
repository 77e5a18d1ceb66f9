/** A position report of a vehicle terminal. */
export interface Jt808Position {
  /** Terminal's phone number, BCD digits without leading zeros. */
  readonly phone: string;
  readonly serial: number;
  /** Alarm bits, as sent. */
  readonly alarm: number;
  readonly status: number;
  /** WGS-84 degrees; null when the terminal had no fix. */
  readonly lon: number | null;
  readonly lat: number | null;
  readonly altitudeM: number;
  readonly speedKmh: number;
  /** 0 = north, clockwise. */
  readonly headingDeg: number;
  /** Device time, milliseconds UTC (the terminal writes +08:00). */
  readonly atMs: number;
  readonly acc: boolean;
  /** 0 empty, 1 half, 3 full; 2 is reserved. */
  readonly load: number;
  /** Vendor and standard extras by their id. */
  readonly extras: ReadonlyMap<number, Buffer>;
}

/** Why bytes are no position report. */
export interface Jt808Fault {
  readonly rule: 'jt808-frame' | 'jt808-check' | 'jt808-length' | 'jt808-message' | 'jt808-time';
  readonly message: string;
}

const POSITION = 0x0200;

/** Reads one frame `7E … 7E` of JT/T 808 (2013 or 2019 header) that carries message 0x0200.
 *  @source JT/T 808-2019 §4.4, §8.18 (vendor and gateway texts agree) */
export function jt808Position(frame: Buffer): Jt808Position | Jt808Fault {
  if (frame.length < 4 || frame[0] !== 0x7e || frame.at(-1) !== 0x7e)
    return _fault('jt808-frame', 'is not between two 7E');
  const bytes = _unescaped(frame.subarray(1, -1));
  if (bytes === null) return _fault('jt808-frame', 'has a broken 7D escape');
  if (bytes.length < 13) return _fault('jt808-length', `has ${bytes.length} bytes`);
  let check = 0;
  for (const byte of bytes.subarray(0, -1)) check ^= byte;
  if (check !== bytes.at(-1)) return _fault('jt808-check', `check ${bytes.at(-1)} should be ${check}`);
  const attributes = bytes.readUInt16BE(2);
  const is2019 = (attributes & 0x4000) !== 0;
  if (bytes.readUInt16BE(0) !== POSITION)
    return _fault('jt808-message', `message 0x${bytes.readUInt16BE(0).toString(16).padStart(4, '0')} is no position`);
  if ((attributes & 0x2000) !== 0) return _fault('jt808-message', 'is one part of a split message');
  const phoneAt = is2019 ? 5 : 4;
  const phoneLength = is2019 ? 10 : 6;
  const bodyAt = phoneAt + phoneLength + 2;
  const body = bytes.subarray(bodyAt, -1);
  if (body.length !== (attributes & 0x3ff) || body.length < 28)
    return _fault('jt808-length', `says ${attributes & 0x3ff} bytes of body, has ${body.length}`);
  const phone = bytes
    .subarray(phoneAt, phoneAt + phoneLength)
    .toString('hex')
    .replace(/^0+(?=\d)/, '');
  return _position(body, { phone, serial: bytes.readUInt16BE(bodyAt - 2) });
}

function _position(
  body: Buffer,
  head: { readonly phone: string; readonly serial: number },
): Jt808Position | Jt808Fault {
  const status = body.readUInt32BE(4);
  const digits = body.subarray(22, 28).toString('hex');
  const atMs = Date.parse(`20${digits.replace(/(..)(..)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:$6')}+08:00`);
  if (Number.isNaN(atMs)) return _fault('jt808-time', `device time ${digits} is not a moment`);
  const fixed = (status & 2) !== 0;
  return {
    ...head,
    alarm: body.readUInt32BE(0),
    status,
    lat: fixed ? (body.readUInt32BE(8) / 1e6) * ((status & 4) !== 0 ? -1 : 1) : null,
    lon: fixed ? (body.readUInt32BE(12) / 1e6) * ((status & 8) !== 0 ? -1 : 1) : null,
    altitudeM: body.readUInt16BE(16),
    speedKmh: body.readUInt16BE(18) / 10,
    headingDeg: body.readUInt16BE(20),
    atMs,
    acc: (status & 1) !== 0,
    load: (status >> 8) & 3,
    extras: _extras(body.subarray(28)),
  };
}

function _extras(bytes: Buffer): Map<number, Buffer> {
  const out = new Map<number, Buffer>();
  for (let i = 0; i + 2 <= bytes.length; i += 2 + bytes[i + 1]!)
    out.set(bytes[i]!, bytes.subarray(i + 2, i + 2 + bytes[i + 1]!));
  return out;
}

/** 7D 02 is 7E, 7D 01 is 7D; null when something else follows 7D. */
function _unescaped(bytes: Buffer): Buffer | null {
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0x7d) out.push(bytes[i]!);
    else if (bytes[i + 1] === 1 || bytes[i + 1] === 2) out.push(bytes[++i] === 1 ? 0x7d : 0x7e);
    else return null;
  }
  return Buffer.from(out);
}

function _fault(rule: Jt808Fault['rule'], message: string): Jt808Fault {
  return { rule, message };
}
