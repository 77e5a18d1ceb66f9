import { expect, test } from 'vitest';
import { coded, level, patternsOf } from '../core/index.ts';
import { addressComparison, isAddressColumn, streetParts } from './address.ts';
import { partnerShares } from './partner-share.ts';
import { phraseComparison } from './phrase.ts';
import { spreadValues } from './spread.ts';
import { withoutTwins } from './twins.ts';

test('a street address is a house number and a road, however it is written', () => {
  expect(streetParts('3799 las vegas blvd. s.')).toEqual({ house: '3799', road: 'las vegas' });
  expect(streetParts('338 e 103rd st')).toEqual({ house: '338', road: '103' });
  expect(streetParts('ansbacher strasse 23')).toEqual({ house: '23', road: 'ansbacher strasse' });
  expect(streetParts('fifth avenue')).toEqual({ house: '5', road: 'ave' });
  expect(streetParts('007 main street')).toEqual({ house: '7', road: 'main' });
});

test('the next house is another place', () => {
  const values = coded(['1900 w polk street', '1900 west polk', '1902 w polk st', '12 elm lane', 'polk street']);
  expect(isAddressColumn('address', values)).toBe(true);
  expect(isAddressColumn('email_address', values)).toBe(false);
  expect(isAddressColumn('name', values)).toBe(false);
  const c = addressComparison({ name: 'address', values });
  const said = (i: number, j: number): string => c.levels[c.levelOf(i, j)]!.id;
  expect(said(0, 1)).toBe('the same house and road');
  expect(said(0, 2)).toBe('the same road, another house');
  expect(said(0, 3)).toBe('different');
  expect(said(0, 4)).toBe('the same road, no house');
});

test('names that each say what the other does not are a level of their own', () => {
  const values = coded(['ritz cafe buckhead', 'ritz grill buckhead', 'buckhead ritz cafe', 'ritz cafe', 'coyote']);
  const c = phraseComparison({ name: 'name', values });
  const crossed = (i: number, j: number): boolean => c.levels[c.levelOf(i, j)]!.crossed === true;
  expect(crossed(0, 1)).toBe(true);
  expect(crossed(0, 2)).toBe(false);
  expect(crossed(0, 3)).toBe(false);
});

test('a phone of many places is spread, one of a single place with slips is not', () => {
  const values = coded(['1', '1', '1', '2', '2', '2', '2', '2', '3', null]);
  const places = ['a', 'b', 'c', 'x', 'x', 'x', 'x', 'y', 'q', 'z'];
  expect([...spreadValues(values, (i) => places[i]!, 10)]).toEqual([1, 0, 0]);
  expect([...spreadValues(values, () => null, 10)]).toEqual([0, 0, 0]);
});

test('twins with likelier partners of their own name are parted, a lone pair is not', () => {
  const lead = {
    id: 'name',
    fields: ['name'],
    lead: true,
    levels: [level('missing', null, null, 'missing'), level('same'), { ...level('crossed'), crossed: true }],
    levelOf: () => 0,
  };
  const pairs = {
    left: Int32Array.from([0, 0, 2, 4]),
    right: Int32Array.from([1, 2, 3, 5]),
    weight: Float64Array.from([20, 9, 18, 9]),
    forbidden: new Uint8Array(4),
  };
  const patterns = patternsOf([lead], [Uint8Array.from([1, 2, 1, 2])], 4);
  expect([...withoutTwins(6, [lead], patterns, pairs, 1)]).toEqual([20, 1, 18, 9]);
  expect([...withoutTwins(6, [{ ...lead, lead: false }], patterns, pairs, 1)]).toEqual([20, 9, 18, 9]);
});

test('rivals share what only one of them can have; certain and forbidden pairs stay', () => {
  const pairs = { left: Int32Array.from([0, 0, 1]), right: Int32Array.from([2, 3, 4]) };
  const scored = {
    weight: Float64Array.from([3, 3, -50]),
    probability: Float64Array.from([8 / 9, 8 / 9, 0]),
    forbidden: Uint8Array.from([0, 0, 1]),
  };
  const r = partnerShares(5, pairs, scored);
  expect(r.weight[0]).toBeCloseTo(3 - Math.log2(9));
  expect(r.probability[0]).toBeCloseTo(8 / 17);
  expect(r.probability[0]! + r.probability[1]!).toBeLessThan(1);
  expect([r.weight[2], r.probability[2]]).toEqual([-50, 0]);
});
