import { expect, test } from 'vitest';
import fc from 'fast-check';
import { type Hj212Packet, hj212Crc, hj212Packet, modbusCrc } from './index.ts';

const HOUR =
  '##0265QN=20260315020500001;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260315010000;w00000-Cou=63.0,w00000-Min=16.4,w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01018-Cou=2.5,w01018-Min=40.1,w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N&&C241';
const POWER =
  '##0171QN=20260315020500002;ST=44;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&DataTime=20260315020500;d20405-Rtd=41.20,d20405-Flag=N;d30406-Rtd=0.04,d30406-Flag=N&&9741';
/** The example of HJ 212-2017 Annex A, whose check is printed there. */
const STANDARD =
  'QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&';

function read(text: string, strictCrc = true): ReturnType<typeof hj212Packet> {
  return hj212Packet(Buffer.from(text, 'utf8'), { strictCrc });
}

function packed(segment: string, crc: (bytes: Uint8Array) => number = hj212Crc): string {
  const bytes = Buffer.from(segment, 'utf8');
  return `##${String(bytes.length).padStart(4, '0')}${segment}${crc(bytes).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Annex A as the standard words it, bit by bit. */
function naiveCrc(bytes: Uint8Array): number {
  let r = 0xffff;
  for (const byte of bytes) {
    r = (r >> 8) ^ byte;
    for (let i = 0; i < 8; i++) r = r & 1 ? (r >> 1) ^ 0xa001 : r >> 1;
  }
  return r;
}

test('the standard’s own example: 1C80, where MODBUS gives 0759', () => {
  const bytes = Buffer.from(STANDARD);
  expect(hj212Crc(bytes).toString(16).toUpperCase().padStart(4, '0')).toBe('1C80');
  expect(modbusCrc(bytes).toString(16).toUpperCase().padStart(4, '0')).toBe('0759');
});

test('the table-driven check equals the bit by bit one', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hj212Crc(bytes)).toBe(naiveCrc(bytes));
    }),
  );
});

test('the hourly vector: edition 2017, two factors, start of the hour', () => {
  const packet = read(HOUR) as Hj212Packet;
  expect(packet).toMatchObject({
    version: 2017,
    st: '32',
    cn: '2061',
    mn: '010000A8900016F000169DC0',
    dataTime: '20260315010000',
    crcOk: true,
  });
  expect(packet.rows.map((r) => [r.factor, r.info, Object.fromEntries(r.fields)])).toEqual([
    ['w00000', null, { Cou: '63.0', Min: '16.4', Avg: '17.5', Max: '20.1', Flag: 'N' }],
    ['w01018', null, { Cou: '2.5', Min: '40.1', Avg: '40.1', Max: '40.1', Flag: 'N' }],
  ]);
});

test('the electricity vector is of edition 2025; without Flag it is 2005', () => {
  expect(read(POWER)).toMatchObject({
    version: 2025,
    st: '44',
    cn: '2011',
    rows: [{ factor: 'd20405' }, { factor: 'd30406' }],
  });
  expect(read(packed('ST=32;CN=2011;MN=A;CP=&&DataTime=20260315020500;w01018-Rtd=1&&'))).toMatchObject({
    version: 2005,
  });
  expect(read(packed('ST=32;CN=2011;MN=A;Flag=99;CP=&&w01018-Rtd=1&&'))).toMatchObject({ rule: 'hj212-version' });
});

test('MODBUS is refused in strict mode, accepted and marked in lenient mode', () => {
  const segment = HOUR.slice(6, -4);
  const wrong = packed(segment, modbusCrc);
  expect(read(wrong)).toMatchObject({ rule: 'crc-modbus' });
  expect(read(wrong, false)).toMatchObject({ crcOk: false, rows: [{ factor: 'w00000' }, { factor: 'w01018' }] });
  expect(read(HOUR.slice(0, -4) + '0000')).toMatchObject({ rule: 'crc' });
  expect(read(HOUR.slice(0, -4) + '0000', false)).toMatchObject({ rule: 'crc' });
});

test('length counts bytes, not characters', () => {
  const packet = read(
    packed('ST=32;CN=3020;MN=A;Flag=5;CP=&&DataTime=20260315020500;PolId=w01018,i13001-Info=量程0-100&&'),
  );
  expect(packet).toMatchObject({ rows: [{ factor: 'w01018', info: 'i13001' }] });
  expect([...(packet as Hj212Packet).rows[0]!.fields]).toEqual([['Avg', '量程0-100']]);
});

test('parameters and states are rows of their own', () => {
  expect(
    read(
      packed('ST=32;CN=3020;MN=A;Flag=5;CP=&&DataTime=20260315020500;PolId=w01018;i13008-Info=1.02;i13007-Info=0.1&&'),
    ),
  ).toMatchObject({
    rows: [
      { factor: 'w01018', info: 'i13008' },
      { factor: 'w01018', info: 'i13007' },
    ],
  });
  expect(read(packed('ST=32;CN=2021;MN=A;Flag=5;CP=&&DataTime=20260315020500;SB301-RS=1;SB302-RS=0&&'))).toMatchObject({
    rows: [
      { factor: 'SB301', info: 'RS' },
      { factor: 'SB302', info: 'RS' },
    ],
  });
});

test('what is no packet says why', () => {
  const rule = (text: string): unknown => (read(text) as { rule?: string }).rule;
  expect([rule(''), rule('#0265'), rule('##02x5QN=1;CP=&&&&0000'), rule(HOUR.slice(0, 100)), rule(HOUR + ' ')]).toEqual(
    ['hj212-shape', 'hj212-shape', 'hj212-shape', 'hj212-length', 'hj212-length'],
  );
  expect(rule(packed('ST=32;CN=2011;MN=A;Flag=5;CP=&&w01018-Rtd=1'))).toBe('hj212-shape');
  expect(rule(packed('ST=32;CN=2011;Flag=5;CP=&&w01018-Rtd=1&&'))).toBe('hj212-shape');
  expect(rule(packed('ST=32;CN=2011;MN=A;Flag=5;CP=&&w01018-Rtd=1,w01018-Rtd=2&&'))).toBe('hj212-field');
  expect(rule(packed('ST=32;CN=2011;MN=A;Flag=5;CP=&&w01018&&'))).toBe('hj212-field');
});

const factor = fc.tuple(
  fc.stringMatching(/^[aw]\d{5}$/),
  fc.array(
    fc.tuple(fc.constantFrom('Min', 'Avg', 'Max', 'Cou', 'Flag', 'Rtd'), fc.stringMatching(/^[0-9.NTD]{1,6}$/)),
    { minLength: 1, maxLength: 4 },
  ),
);

test('packets that were written are read back', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(factor, { minLength: 1, maxLength: 6, selector: ([name]) => name }),
      fc.constantFrom(1, 5, 9),
      (factors, flag) => {
        const items = factors.map(([name, fields]) => [name, new Map(fields)] as const);
        const cp = items.map(([name, fields]) => [...fields].map(([k, v]) => `${name}-${k}=${v}`).join(',')).join(';');
        const packet = read(
          packed(`QN=1;ST=32;CN=2061;MN=M1;Flag=${flag};CP=&&DataTime=20260315010000;${cp}&&`),
        ) as Hj212Packet;
        expect(packet.rows.map((r) => [r.factor, [...r.fields]])).toEqual(
          items.map(([name, fields]) => [name, [...fields]]),
        );
      },
    ),
  );
});

test('no bytes make the parser throw, and one changed byte never passes', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      (bytes) => void hj212Packet(Buffer.from(bytes), { strictCrc: false }),
    ),
  );
  const good = Buffer.from(HOUR);
  fc.assert(
    fc.property(fc.integer({ min: 6, max: good.length - 5 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const bytes = Buffer.from(good);
      bytes[at]! ^= change;
      expect('rule' in hj212Packet(bytes, { strictCrc: true })).toBe(true);
    }),
  );
});
