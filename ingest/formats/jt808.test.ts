import { expect, test } from 'vitest';
import fc from 'fast-check';
import { jt808Position } from './index.ts';

const VECTOR = '7e0200001c0100000000010001000000000004030301d767b007285df0000501a7005a260315021530767e';

test('the vector: place, speed, heading, load, device time in China', () => {
  expect(jt808Position(Buffer.from(VECTOR, 'hex'))).toMatchObject({
    lat: 30.894,
    lon: 120.086,
    speedKmh: 42.3,
    headingDeg: 90,
    acc: true,
    load: 3,
    atMs: Date.UTC(2026, 2, 14, 18, 15, 30),
    phone: '10000000001',
    serial: 1,
  });
});

test('a frame with an escaped byte, and every fault by name', () => {
  const rule = (hex: string): unknown => (jt808Position(Buffer.from(hex, 'hex')) as { rule?: string }).rule;
  expect(rule('')).toBe('jt808-frame');
  expect(rule(VECTOR.replace('767e', '777e'))).toBe('jt808-check');
  expect(rule('7e0200007d007e')).toBe('jt808-frame');
  expect(rule('7e02007e')).toBe('jt808-length');
  expect(rule(reframed((b) => b.writeUInt16BE(0x0102, 0)))).toBe('jt808-message');
  expect(rule(reframed((b) => b.writeUInt16BE(0x201c, 2)))).toBe('jt808-message');
  expect(rule(reframed((b) => b.writeUInt16BE(0x001b, 2)))).toBe('jt808-length');
  expect(rule(reframed((b) => b.writeUInt8(0x99, 35)))).toBe('jt808-time');
  expect(
    jt808Position(
      Buffer.from(
        reframed((b) => b.writeUInt16BE(0x7e7d, 30)),
        'hex',
      ),
    ),
  ).toMatchObject({ speedKmh: 3238.1, lat: 30.894 });
  expect(
    jt808Position(
      Buffer.from(
        reframed((b) => b.writeUInt32BE(0, 16)),
        'hex',
      ),
    ),
  ).toMatchObject({ lon: null, lat: null, acc: false });
});

/** The vector with its bytes changed, its check made right and its frame escaped again. */
function reframed(change: (bytes: Buffer) => void): string {
  const bytes = Buffer.from(VECTOR.slice(2, -4), 'hex');
  change(bytes);
  const all = [...bytes, bytes.reduce((a, b) => a ^ b, 0)];
  return Buffer.from([
    0x7e,
    ...all.flatMap((b) => (b === 0x7d ? [0x7d, 1] : b === 0x7e ? [0x7d, 2] : [b])),
    0x7e,
  ]).toString('hex');
}

test('no bytes make it throw, and one changed bit never passes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void jt808Position(Buffer.from([0x7e, ...bytes, 0x7e]))),
  );
  const good = Buffer.from(VECTOR, 'hex');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: good.length - 2 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
      const bytes = Buffer.from(good);
      bytes[at]! ^= 1 << bit;
      expect('rule' in jt808Position(bytes)).toBe(true);
    }),
  );
});
