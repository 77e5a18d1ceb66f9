import { type Coded, type Comparison, MISSING, level, valueComparison } from '../core/index.ts';
import { exactBands } from './bands.ts';
import { type ColumnInput, learntValues } from './column-comparisons.ts';
import { softMatch, wordsOf } from './phrase.ts';

const HEADER = /addr|street|road|地址|住址/i;
const NOT = /mail|ip_|web|url|type|city|state|zip|post|country/i;

/** Whether a column of several words holds street addresses: its header says so and half its values hold a number. */
export function isAddressColumn(name: string, values: Coded): boolean {
  if (!HEADER.test(name) || NOT.test(name) || values.values.length === 0) return false;
  const some = values.values.slice(0, 2000);
  return some.filter((v) => /\p{N}/u.test(v)).length >= some.length / 2;
}

const SHORT = new Map(
  Object.entries({
    street: 'st',
    avenue: 'ave',
    av: 'ave',
    road: 'rd',
    drive: 'dr',
    lane: 'ln',
    place: 'pl',
    boulevard: 'blvd',
    parkway: 'pkwy',
    highway: 'hwy',
    court: 'ct',
    square: 'sq',
    terrace: 'ter',
    north: 'n',
    south: 's',
    east: 'e',
    west: 'w',
    suite: 'ste',
    saint: 'st',
    mount: 'mt',
    fort: 'ft',
    first: '1',
    second: '2',
    third: '3',
    fourth: '4',
    fifth: '5',
    sixth: '6',
    seventh: '7',
    eighth: '8',
    ninth: '9',
    tenth: '10',
  }),
);
/** Kinds of road, directions and ordinals' endings: written or not as it comes. */
const LITTLE = new Set(
  'st ave rd dr ln pl blvd pkwy hwy ct sq ter n s e w ne nw se sw ste th nd rd fl the of at and between near off'.split(
    ' ',
  ),
);

/** An address as its house number and its road: the first number, and the words and further numbers that are no kind of road. */
export function streetParts(text: string): { house: string; road: string } {
  const tokens = [...text.replaceAll("'", '').matchAll(/\p{N}+|[\p{L}\p{M}]+/gu)].map((m) => SHORT.get(m[0]) ?? m[0]);
  const at = tokens.findIndex((t) => /^\p{N}/u.test(t));
  const rest = tokens.filter((_t, i) => i !== at);
  const telling = rest.filter((t) => !LITTLE.has(t));
  return {
    house: at < 0 ? '' : tokens[at]!.replace(/^0+(?=.)/, ''),
    road: (telling.length > 0 ? telling : rest).join(' '),
  };
}

/** Street addresses: the house number and the road are compared apart, since the next house is another place and a street is written in many ways. */
export function addressComparison(input: ColumnInput): Comparison {
  const bands = exactBands(learntValues(input), 0.4);
  const parts = input.values.values.map(streetParts);
  const roads = wordsOf(
    { codes: input.values.codes, values: parts.map((p) => p.road) },
    input.learnt?.distinct ?? parts.length,
  );
  const others = [
    level('the same house and road', 0.35, 1e-4),
    level('the same house, a road alike', 0.08, 2e-4),
    level('the same house, another road', 0.02, 0.005),
    level('the same road, no house', 0.03, 0.003),
    level('a road alike, no house', 0.02, 0.02),
    level('the same road, another house', 0.01, 0.01),
    level('different', 0.06, 0.95),
  ];
  const offset = 1 + bands.levels.length;
  const differ = (a: number, b: number): number => {
    const [x, y] = [parts[a]!, parts[b]!];
    const s = x.road === y.road ? 1 : softMatch(roads, a, b).cosine;
    if (x.house === '' || y.house === '') return s >= 0.75 ? 3 : s >= 0.35 ? 4 : 6;
    if (x.house === y.house) return s >= 0.75 ? 0 : s >= 0.35 ? 1 : 2;
    return s >= 0.6 ? 5 : 6;
  };
  return valueComparison(input.name, input.values, [MISSING, ...bands.levels, ...others], {
    equal: (code) => 1 + bands.bandOf[code]!,
    differ: (a, b) => offset + differ(a, b),
  });
}
