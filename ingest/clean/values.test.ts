import { expect, test } from 'vitest';
import fc from 'fast-check';
import { InputError } from '../base/index.ts';
import {
  cleanBoolean,
  cleanDate,
  cleanInteger,
  cleanNumber,
  cleanTimestamp,
  dayOfSerial,
  isCalendarDay,
  isConvertible,
  isPlaceholder,
  quantityOf,
  unitFactor,
  unitsLike,
} from './index.ts';

test('numbers as people write them', () => {
  const read = (sent: string): number | null => cleanNumber(sent).value;
  expect(
    ['12', ' 12.50 ', '１２．５', '1,234,567.8', '-3', '+4', '−5', '1e3', '.5', '1.', '1.2万', '3亿', '￥1,200.50'].map(
      read,
    ),
  ).toEqual([12, 12.5, 12.5, 1234567.8, -3, 4, -5, 1000, 0.5, 1, 12000, 3e8, 1200.5]);
});

test('numbers with two readings, limits and texts are refused by name; nothing becomes 0 or NaN', () => {
  const rule = (sent: string): string | null => cleanNumber(sent).rule;
  expect(rule('1.200,00')).toBe('decimal-comma');
  expect(rule('1,2')).toBe('decimal-comma');
  expect(rule('12,34')).toBe('decimal-comma');
  expect(rule('<0.5')).toBe('below-detection');
  expect(rule('未检出')).toBe('below-detection');
  for (const sent of [
    '',
    ' ',
    'abc',
    '12 吨',
    '1_000',
    '0x1F',
    'nan',
    'Infinity',
    '1e999',
    '85%',
    '--',
    '1.2.3',
    '12345678,123',
  ])
    expect([sent, cleanNumber(sent).value]).toEqual([sent, null]);
  expect(cleanInteger('1.5').rule).toBe('not-whole');
  expect(cleanInteger('123456789012345678').rule).toBe('digits-lost');
  expect(cleanInteger('1,500').value).toBe(1500);
});

test('any number written by JavaScript is read back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
      expect(cleanNumber(String(x)).value).toBe(x === 0 ? 0 : x); // String(-0) is 0
    }),
  );
});

test('units convert within their quantity only', () => {
  expect([
    unitFactor('千克', 't'),
    unitFactor('mg/L', 'µg/L'),
    unitFactor('μg/L', 'mg/L'),
    unitFactor('万元', '元'),
    unitFactor('T', 't'),
    unitFactor('立方米', 'm³'),
  ]).toEqual([0.001, 1000, 0.001, 10000, 1, 1]);
  expect([isConvertible('升', '千克'), isConvertible('万元', '吨'), isConvertible('?', 't')]).toEqual([
    false,
    false,
    false,
  ]);
  expect(() => unitFactor('升', '千克')).toThrow(InputError);
  expect(unitsLike('t').get('千克')).toBe(0.001);
  expect(quantityOf('12.5 吨')).toEqual({ value: 12.5, unit: '吨' });
  expect(quantityOf('12.5 箱')).toBeNull();
});

test('dates keep the precision they were sent with', () => {
  const read = (sent: string): string | null => cleanDate(sent).value?.text ?? null;
  for (const sent of [
    '2026年3月5日',
    '2026-3-5',
    '2026/03/05',
    '2026.3.5',
    '20260305',
    '2026-03-05 12:00:00',
    '2026-03-05T00:00:00Z',
    '２０２６年３月５日',
    '二〇二六年三月五日',
    '46086',
  ])
    expect([sent, read(sent)]).toEqual([sent, '2026-03-05']);
  expect(cleanDate('2026年3月').value).toEqual({ text: '2026-03', precision: 'month' });
  expect(cleanDate('2026-03').value).toEqual({ text: '2026-03', precision: 'month' });
  expect(cleanDate('202603').value).toEqual({ text: '2026-03', precision: 'month' });
  expect(cleanDate('2026年').value).toEqual({ text: '2026', precision: 'year' });
  expect(read('二〇二六年十二月二十一日')).toBe('2026-12-21');
  expect(read('46086.75')).toBe('2026-03-05');
});

test('days that do not exist and writings with two readings are refused', () => {
  expect([cleanDate('2026-02-30').rule, cleanDate('1900-02-29').rule, cleanDate('20261301').rule]).toEqual([
    'no-such-day',
    'no-such-day',
    'no-such-day',
  ]);
  expect([cleanDate('1899-01-01').rule, cleanDate('2199-01-01').rule, cleanDate('2026-13').rule]).toEqual([
    'date-range',
    'date-range',
    'no-such-month',
  ]);
  for (const sent of ['03/05/2026', '5.3.2026', '26-3-5', '123', '99999', 'epoch', ''])
    expect([sent, cleanDate(sent).value]).toEqual([sent, null]);
  expect(isCalendarDay(2000, 2, 29)).toBe(true);
});

test('every day of the Excel range is its serial', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20_000, max: 79_999 }), (serial) => {
      expect(cleanDate(String(serial)).value?.text).toBe(dayOfSerial(serial));
    }),
  );
  expect(dayOfSerial(25_569)).toBe('1970-01-01');
});

test('one moment, every writing', () => {
  const ms = Date.UTC(2026, 2, 4, 18, 15, 30); // 2026-03-05 02:15:30 in China
  const china = [
    '2026-03-05 02:15:30',
    '2026-03-05T02:15:30',
    '20260305021530',
    '2026年3月5日 2时15分30秒',
    '2026年3月5日2:15:30',
    '2026/3/5 2:15:30',
    '2026-03-05 02:15:30+08:00',
    '2026-03-04T18:15:30Z',
    '2026-03-04 13:15:30-0500',
    '2026-03-05 2:15:30 AM',
    '2026-03-05 凌晨2:15:30',
  ];
  for (const sent of china) expect([sent, cleanTimestamp(sent).value]).toEqual([sent, ms]);
  expect(cleanTimestamp('2026-03-04 18:15:30', 'utc').value).toBe(ms);
  expect(cleanTimestamp('46086.09409722222').value).toBe(ms);
  expect(cleanTimestamp('2026年3月5日 下午2时15分').value).toBe(Date.UTC(2026, 2, 5, 6, 15));
  expect(cleanTimestamp('2026-03-05 24:00:00').value).toBe(Date.UTC(2026, 2, 5, 16));
  expect(cleanTimestamp('2026-03-05 02:15:30.123').value).toBe(ms + 123);
  expect(cleanTimestamp('2026-03-05')).toMatchObject({ value: Date.UTC(2026, 2, 4, 16), rule: 'no-time-of-day' });
});

test('moments that are none', () => {
  expect([
    cleanTimestamp('2026-03').rule,
    cleanTimestamp('2026-02-30 10:00:00').rule,
    cleanTimestamp('2026-03-05 25:00:00').rule,
    cleanTimestamp('2026-03-05 10:61').rule,
    cleanTimestamp('soon').rule,
  ]).toEqual(['partial-date', 'no-such-day', 'no-such-time', 'no-such-time', 'not-a-moment']);
  expect(cleanTimestamp('1773000000').value).toBeNull();
});

test('truth values; 无 is missing, not false', () => {
  expect(['是', '1', 'TRUE', '否', '0', ' n '].map((s) => cleanBoolean(s).value)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(cleanBoolean('2').rule).toBe('not-a-boolean');
  expect(isPlaceholder('无', 'number')).toBe(true);
});

test('placeholders by family: 0 is a number and no code', () => {
  for (const sent of ['无', '/', '-', '—', ' ', '暂无', 'NULL', 'n/a', '／'])
    for (const family of ['text', 'code', 'date', 'number'] as const) expect(isPlaceholder(sent, family)).toBe(true);
  expect([isPlaceholder('0', 'number'), isPlaceholder('0', 'code'), isPlaceholder('0', 'text')]).toEqual([
    false,
    true,
    false,
  ]);
  expect([
    isPlaceholder('123456', 'code'),
    isPlaceholder('13800000000', 'code'),
    isPlaceholder('123456', 'number'),
  ]).toEqual([true, true, false]);
  expect(['1900-01-01', '1900/1/1', '1900-01-01 00:00:00', '19000101'].map((s) => isPlaceholder(s, 'date'))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(isPlaceholder('2026-01-01', 'date')).toBe(false);
});

test('no text makes a cleaner throw or answer with NaN', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (sent) => {
      const n = cleanNumber(sent).value;
      const t = cleanTimestamp(sent).value;
      expect(n === null || Number.isFinite(n)).toBe(true);
      expect(t === null || Number.isFinite(t)).toBe(true);
      cleanDate(sent);
    }),
  );
});
