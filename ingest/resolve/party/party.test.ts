import { expect, test } from 'vitest';
import { clusterPairs, contestedPairs } from '../core/index.ts';
import { birthEvidence, birthReadings } from './birth.ts';
import { addressBag, addressBits, contactBits, mailOf, phoneBits, phoneDigits } from './contacts.ts';
import { documentEvidence, documentOf } from './documents.ts';
import { evidenceComparison, nearestStep, sharedBits } from './evidence.ts';
import { isPartyTable, partyColumns } from './party-columns.ts';
import { partyComparisons } from './party-comparisons.ts';
import { bodyBits, bodyName, personBits, personName, wordFit } from './party-name.ts';

const six = (): number => 6;
const person = (given: string, family: string): NonNullable<ReturnType<typeof personName>> =>
  personName({ full: null, given, family, suffix: null })!;
const whole = (full: string): NonNullable<ReturnType<typeof personName>> =>
  personName({ full, given: null, family: null, suffix: null })!;

test('dates of birth in every order, both readings where day and month could change places', () => {
  expect(birthReadings('1/7/80')).toEqual(['19800107', '19800701']);
  expect(birthReadings('20/8/1991')).toEqual(['19910820']);
  expect(birthReadings('25-Jun-08')).toEqual(['20080625']);
  expect(birthReadings('Mar 1 1970')).toEqual(['19700301']);
  expect(birthReadings('19800107')).toEqual(['19800107']);
  expect(birthReadings('1980')).toBeNull();
  const e = (a: string, b: string): unknown => birthEvidence(birthReadings(a), birthReadings(b));
  expect(e('1/7/80', '1980-01-07')).toBe(9);
  expect(e('2/4/31', '4/2/31')).toBe(7);
  expect(e('10/27/76', '10/28/76')).toBe(4);
  expect(e('11/12/73', '11/21/73')).toBe(4);
  expect(e('3/15/90', '10/10/70')).toBe('conflict');
  expect(e('3/15/90', 'unknown')).toBeNull();
});

test('documents: the same, the last four, a slip, two issuers, a conflict', () => {
  const e = (a: string, b: string, x = '', y = ''): unknown => documentEvidence(documentOf(a, x), documentOf(b, y));
  expect(e('521-21-2123', '521212123')).toBe(14);
  expect(e('2123', '521-21-2123')).toBe(6);
  expect(e('4321', '521-21-2123')).toBe('conflict');
  expect(e('1231345345', '1231345346')).toBe(-2);
  expect(e('112233', '998877', 'NV', 'CA')).toBeNull();
  expect(e('112233', '998877', 'NV', 'NV')).toBe('conflict');
  expect(e('10251111', '10252222', 'US', 'USA')).toBe('conflict');
  expect(documentOf('000-00-0000', null)).toBeNull();
});

test('given names: pet names, slips, sounds and initials meet; other names of the same look do not', () => {
  expect(wordFit('bob', 'robert')).toBe(0.9);
  expect(wordFit('peggie', 'margaret')).toBe(0.9);
  expect(wordFit('zara', 'sarah')).toBe(0.8);
  expect(wordFit('j', 'jane')).toBe(0.35);
  for (const [a, b] of [
    ['mark', 'marsha'],
    ['darla', 'darletta'],
    ['anna', 'annabelle'],
    ['jim', 'jane'],
    ['17', '18'],
  ])
    expect(wordFit(a!, b!)).toBe(0);
});

test('names of persons: order, marriage, twins, generations, scripts', () => {
  expect(personBits(person('Robert', 'Smith'), person('Bob', 'Smith'), six)).toBeCloseTo(11.4);
  expect(personBits(person('Daniella', 'Shaw'), person('Shaw', 'Daniella'), six)).toBeCloseTo(9.6);
  expect(personBits(person('Amanda', 'Jones'), person('Amanda', 'Anderson'), six)).toBe(2);
  expect(personBits(person('Mark', 'Kusha'), person('Marsha', 'Kusha'), six)).toBe(-12);
  expect(personBits(person('David', 'Dobbins Jr'), person('David', 'Dobbins Senior'), six)).toBe('conflict');
  expect(personBits(person('Morris I', 'Klein'), person('Morris II', 'Klein'), six)).toBe('conflict');
  expect(personBits(person('Jeff', 'Brown Jr'), person('Geoffrey', 'Brown'), six)).toBeCloseTo(11.4);
  expect(personBits(whole('Hughes, Howie'), whole('Howard Hughes'), six)).toBeCloseTo(11.4);
  expect(personBits(whole('王杰'), person('Jie', 'Wang'), six)).toBe(12);
  expect(personBits(whole('张秀英'), person('Xiuying', 'Zhang'), six)).toBe(18);
  expect(personBits(whole('គឹម តារា'), person('Dara', 'Kim'), six)).toBe(0);
});

test('names of bodies: legal forms out, rare words count, places and other words part', () => {
  expect(bodyBits(bodyName('Univrsl Exports Inc')!, bodyName('Universal Exports')!, six)).toBeGreaterThan(6);
  expect(bodyBits(bodyName('Acme Berlin')!, bodyName('Acme Munich')!, six)).toBe(2);
  expect(bodyBits(bodyName('Acme')!, bodyName('Globex')!, six)).toBe(-8);
});

test('contacts: what many share tells little, a household counts once and a half', () => {
  expect(sharedBits(9, 1)).toBe(9);
  expect(sharedBits(9, 2)).toBe(9);
  expect(sharedBits(9, 5)).toBe(5);
  expect(sharedBits(9, 1000)).toBe(0);
  expect(phoneDigits('+39 0352 6553537')).toBe('3526553537');
  expect(phoneDigits('0352 6553537')).toBe('3526553537');
  expect(phoneDigits('1111111')).toBeNull();
  expect(phoneBits('7022212412', '2212412', new Map())).toBe(7);
  expect(mailOf('Maria Sentosa<msentosa@fmail.com>')).toBe('msentosa@fmail.com');
  expect(mailOf('none')).toBeNull();
  expect(contactBits([9, 7, -1])).toBe(11.5);
  expect(contactBits([-1, -0.5])).toBe(-1.5);
  expect(contactBits([])).toBeNull();
  const bits = (a: string, b: string): number => addressBits(addressBag(a)!, addressBag(b)!, () => 3, new Map());
  expect(bits('1450 N City Rd Suite 900', 'Suite 900, 1450 N. City Road')).toBe(7);
  expect(bits('Ansbacher Strasse 23, Dusseldorf', '23 Ansbacher Street, Dusseldorf')).toBe(7);
  expect(bits('12 High Street, Bath', '14 High Street, Bath')).toBe(0);
  expect(bits('12 High Street, Bath', '3 Mill Lane, York')).toBe(-1);
});

test('evidence in steps: the weight is the step, a conflict forbids', () => {
  const c = evidenceComparison('x', ['x'], (i, j) => (i === 0 ? null : i === 1 ? 'conflict' : j));
  expect(c.levelOf(0, 5)).toBe(0);
  expect(c.levels[c.levelOf(1, 5)]!.role).toBe('different');
  const seven = c.levels[c.levelOf(2, 7)]!;
  expect(Math.log2(seven.m! / seven.u!)).toBeCloseTo(7);
  const against = c.levels[c.levelOf(2, -4)]!;
  expect(Math.log2(against.m! / against.u!)).toBeCloseTo(-4);
  expect(c.levels.slice(1, -1).reduce((s, l) => s + l.m!, 0)).toBeLessThan(1);
  expect(c.levels.slice(1, -1).reduce((s, l) => s + l.u!, 0)).toBeLessThan(1);
  expect(nearestStep(100)).toBe(0);
});

test('headers: a table of parties, and tables that are none', () => {
  const c = partyColumns([
    'id',
    'primary_name_first',
    'primary_name_last',
    'passport_number',
    'passport_country',
    'dob',
  ]);
  expect(c.documents).toEqual([{ column: 'passport_number', issuer: 'passport_country' }]);
  expect(c.given).toEqual(['primary_name_first']);
  expect(isPartyTable(c)).toBe(true);
  expect(isPartyTable(partyColumns(['title', 'price', 'manufacturer']))).toBe(false);
  expect(partyComparisons({ title: ['a'], price: ['1'] }, 1)).toBeNull();
});

test('a name alone never carries; a pair no better than its rival is contested', () => {
  const data = {
    name_first: ['Zebulon', 'Zebulon', 'Zebulon'],
    name_last: ['Quark', 'Quark', 'Quark'],
    dob: ['1/1/80', null, '5/9/61'],
    phone: [null, null, null],
  };
  const c = partyComparisons(data, 3)!;
  const name = c.find((x) => x.id === 'name')!;
  expect(name.levels[name.levelOf(0, 1)]!.id).not.toBe('+12 bits');
  const pairs = {
    left: Int32Array.from([0, 0, 1]),
    right: Int32Array.from([1, 2, 2]),
    weight: Float64Array.from([5, -9, 5.5]),
    forbidden: Uint8Array.from([0, 1, 0]),
  };
  expect([...contestedPairs(3, pairs, { threshold: 0, margin: 1 })]).toEqual([1, 0, 1]);
  expect([...contestedPairs(3, pairs, { threshold: 0, margin: 0.2 })]).toEqual([1, 0, 0]);
  expect(clusterPairs(3, pairs).merges).toBe(1);
});
