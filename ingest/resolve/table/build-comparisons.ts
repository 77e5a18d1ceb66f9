import type { Coded, Comparison } from '../core/index.ts';
import { cutNames, nameComparison } from '../kinds/index.ts';
import { addressComparison, isAddressColumn, streetParts } from './address.ts';
import { bagComparison } from './bag.ts';
import {
  type ColumnInput,
  categoryComparison,
  codeComparison,
  dateComparison,
  emailComparison,
  numberComparison,
  shortComparison,
  yearComparison,
} from './column-comparisons.ts';
import { gramsOf, tokensOf } from '../names/index.ts';
import { phraseComparison } from './phrase.ts';
import type { Schema, UsableColumn } from './schema.ts';
import { spreadValues } from './spread.ts';
import { tfidf } from './tfidf.ts';

const BUILDERS: Readonly<Record<string, (input: ColumnInput) => Comparison>> = {
  date: dateComparison,
  year: yearComparison,
  email: emailComparison,
  phone: codeComparison,
  number: numberComparison,
  code: codeComparison,
  category: categoryComparison,
  short: shortComparison,
  phrase: phraseComparison,
  'han-name': (input) => nameComparison(input.name, cutNames(decoded(input), input.learnt?.rows), null),
};

/** A column's values row by row again. */
export function decoded(input: ColumnInput): (string | null)[] {
  return Array.from(input.values.codes, (c) => (c < 0 ? null : input.values.values[c]!));
}

const MOST = 14;

/** Comparisons for a schema: one a column, columns that repeat another left out, long or one-sided texts taken as one bag.
 *  @param over  rows to compare where they are others than those that `schema` was inferred from: the same columns, its rows first */
export function buildComparisons(schema: Schema, over: Schema = schema): Comparison[] {
  const bag = bagColumns(schema);
  const out: Comparison[] = [];
  if (bag.length > 0) {
    const rows = over.columns.filter((c) => bag.some((b) => b.profile.name === c.profile.name));
    const vectors = tfidf(joinedTexts(rows, over.size), gramsOf, schema.size);
    const fields = bag.map((c) => c.profile.name);
    out.push(bagComparison('words', fields, vectors));
  }
  const told = fewPairs(schema) ? schema.columns.filter(_isTelling) : [];
  const single = (told.length >= 2 ? told : schema.columns)
    .filter((c) => c.inside === null && !bag.includes(c) && c.sideFill.every((f) => f > (told.length >= 2 ? 0 : 0.02)))
    .sort((a, b) => worthOf(b) - worthOf(a) || (a.profile.name < b.profile.name ? -1 : 1))
    .slice(0, MOST);
  const lead = bag.length > 0 || single.some(_isPersonal) ? null : _lead(single);
  for (const c of single) {
    const build =
      c.profile.type === 'phrase' && isAddressColumn(c.profile.name, c.values)
        ? addressComparison
        : BUILDERS[c.profile.type];
    if (build !== undefined) out.push({ ...build(_inputOf(c, schema, over)), lead: c === lead, place: _isPlace(c) });
  }
  return out;
}

/** Whether a column tells where an entity is: its phone or its street. */
function _isPlace(c: UsableColumn): boolean {
  return c.profile.type === 'phone' || isAddressColumn(c.profile.name, c.values);
}

function _inputOf(c: UsableColumn, schema: Schema, over: Schema): ColumnInput {
  const of = (x: UsableColumn): UsableColumn => over.columns.find((o) => o.profile.name === x.profile.name)!;
  const values = of(c).values;
  const address = schema.columns.find((x) => x !== c && isAddressColumn(x.profile.name, x.values));
  const spread =
    c.profile.type === 'phone' && address !== undefined ? _spread(values, of(address).values, schema.size) : null;
  return {
    name: c.profile.name,
    values,
    ...(over === schema ? {} : { learnt: { rows: schema.size, distinct: c.values.values.length } }),
    ...(spread === null ? {} : { spread }),
  };
}

function _spread(values: Coded, address: Coded, rows: number): Uint8Array {
  const keys = address.values.map((v) => {
    const { house, road } = streetParts(v);
    return `${house} ${road.split(' ')[0] ?? ''}`;
  });
  return spreadValues(values, (i) => (address.codes[i]! < 0 ? null : keys[address.codes[i]!]!), rows);
}

/** Below this many pairs in all there is nothing to learn from. */
const FEW_PAIRS = 50_000;

/** Whether a table is too small to train on: first guesses stand, and only columns whose header says what they are speak. */
export function fewPairs(schema: Pick<Schema, 'size'>): boolean {
  return (schema.size * (schema.size - 1)) / 2 < FEW_PAIRS;
}

const TELLING_HEADER =
  /name|title|addr|street|birth|dob|born|mail|phone|mobile|tel\b|ssn|passport|licen[cs]e_?n|national_id_n|tax_id_n|lei|\bid_?n|identifier|website|名称|姓名|地址|电话|证|代码/i;

function _isTelling(c: UsableColumn): boolean {
  return TELLING_HEADER.test(c.profile.name) && !/type|country|state$|secondary/i.test(c.profile.name);
}

const NAME_HEADER = /name|title|名称|姓名|label/i;

/** The column that names the entity, of all that are not a part of another. */
export function leadColumn(schema: Schema): UsableColumn | null {
  const columns = schema.columns.filter((c) => c.inside === null && c.sideFill.every((f) => f > 0.02));
  return _lead(columns.sort((a, b) => worthOf(b) - worthOf(a) || (a.profile.name < b.profile.name ? -1 : 1)));
}

/** The column that names the entity itself: by its header, else the wordy column that tells most. */
function _lead(columns: readonly UsableColumn[]): UsableColumn | null {
  const wordy = columns.filter((c) => WORDY.has(c.profile.type));
  const named = wordy.filter((c) => NAME_HEADER.test(c.profile.name));
  return (named.length > 0 ? named : wordy)[0] ?? null;
}

const SHARED_HEADER = /zip|post|phone|fax|tel|addr|street|city|town|suburb|state|region|country|邮编|电话|地址/i;

/** Dates and codes that belong to one entity alone, unlike a phone or a postcode, which a household shares. With one of these, relatives are told apart already. */
function _isPersonal(c: UsableColumn): boolean {
  const type = c.profile.type;
  return (
    (type === 'date' || type === 'email' || (type === 'code' && c.profile.entropy > 6)) &&
    !SHARED_HEADER.test(c.profile.name)
  );
}

/** How much a column can tell: share filled times bits, bits counted up to ten. */
export function worthOf(c: UsableColumn): number {
  return Math.min(...c.sideFill) * Math.min(10, c.profile.entropy);
}

const WORDY = new Set(['short', 'phrase', 'text', 'han-name']);

/** Columns to compare as one bag of words: long texts with the phrases beside them, or all wordy columns when some are filled on one side only. */
export function bagColumns(schema: Schema): UsableColumn[] {
  const wordy = schema.columns.filter((c) => WORDY.has(c.profile.type));
  const oneSided = wordy.some((c) => Math.max(...c.sideFill) > 0.05 && Math.min(...c.sideFill) < 0.01);
  if (oneSided) return wordy;
  const long = wordy.filter((c) => c.profile.type === 'text' && c.profile.filled >= 0.3);
  if (long.length === 0) return [];
  return wordy.filter(
    (c) => long.includes(c) || (c.profile.type === 'phrase' && long.some((l) => _shared(c, l) >= 0.5)),
  );
}

/** Mean share of a phrase's words that the long text beside it holds. */
function _shared(part: UsableColumn, whole: UsableColumn): number {
  let rows = 0;
  let sum = 0;
  const step = Math.max(1, Math.floor(part.values.codes.length / 1000));
  for (let i = 0; i < part.values.codes.length; i += step) {
    const p = part.values.codes[i]!;
    const w = whole.values.codes[i]!;
    if (p < 0 || w < 0) continue;
    const words = tokensOf(part.values.values[p]!);
    if (words.length === 0) continue;
    const held = new Set(tokensOf(whole.values.values[w]!));
    rows++;
    sum += words.filter((t) => held.has(t)).length / words.length;
  }
  return rows === 0 ? 0 : sum / rows;
}

/** The columns' texts of each row, joined by a space; null where all are missing. */
export function joinedTexts(columns: readonly UsableColumn[], size: number): (string | null)[] {
  return Array.from({ length: size }, (_x, i) => {
    const parts = columns
      .map((c) => (c.values.codes[i]! < 0 ? null : c.values.values[c.values.codes[i]!]!))
      .filter((p) => p !== null);
    return parts.length === 0 ? null : parts.join(' ');
  });
}
