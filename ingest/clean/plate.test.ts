import { expect, test } from 'vitest';
import { cleanPlate, plateColour, plateShape } from './index.ts';

test('the shapes of GA 36 and the new-energy form', () => {
  const shapes = [
    '浙E0F12K',
    '苏E9A00B',
    '浙ED00001',
    '浙E00001D',
    '浙E0012挂',
    '皖P0034挂',
    '粤Z1234港',
    '浙E1234警',
    '浙E1234学',
  ].map(plateShape);
  expect(shapes).toEqual([
    'ordinary',
    'ordinary',
    'new-energy-small',
    'new-energy-large',
    'trailer',
    'trailer',
    'border',
    'police',
    'school',
  ]);
  expect(['浙I12345', '浙E1234O', '湖E12345', '浙E1234', 'E12345', ''].map(plateShape)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('writing is evened out without a remark', () => {
  for (const sent of ['浙e·0f12k', '浙Ｅ 0F12K', '浙E-0F12K', '浙E.0F12K\u200B'])
    expect(cleanPlate(sent)).toEqual({ value: '浙E0F12K', rule: null, message: '' });
  expect(cleanPlate('浙E0012掛').value).toBe('浙E0012挂');
});

test('what is doubtful is kept with its rule, what is none is refused', () => {
  expect(cleanPlate('浙EOF12K')).toMatchObject({ value: '浙E0F12K', rule: 'look-alike-repaired' });
  expect(cleanPlate('E0F12K')).toMatchObject({ value: 'E0F12K', rule: 'plate-no-province' });
  expect(cleanPlate('浙E0012')).toMatchObject({ value: '浙E0012', rule: 'plate-short' });
  for (const sent of ['12345', '浙E0F12KK', '张三', '浙浙12345'])
    expect(cleanPlate(sent)).toMatchObject({ value: null, rule: 'plate-shape' });
});

test('plate colour codes mean different colours in two lists', () => {
  expect([
    plateColour('2', 'jt415'),
    plateColour('02', 'jt415'),
    plateColour('2', 'ga1400'),
    plateColour('5', 'ga1400'),
    plateColour('7', 'jt415'),
  ]).toEqual(['yellow', 'yellow', 'white', 'blue', null]);
  expect(plateColour('黄色', 'jt415')).toBe('yellow');
});
