import { type Coded, coded } from '../core/index.ts';
import { folded, tokensOf } from '../names/index.ts';
import { type ColumnProfile, profileColumn } from './profile.ts';

/** A column ready to compare and block on. */
export interface UsableColumn {
  readonly profile: ColumnProfile;
  readonly values: Coded;
  /** Share of rows filled, per side. */
  readonly sideFill: readonly number[];
  /** Name of the column that holds this one's words as well, if any. */
  readonly inside: string | null;
}

/** The table as inferred. */
export interface Schema {
  readonly size: number;
  readonly side: Int32Array | null;
  readonly columns: readonly UsableColumn[];
  readonly dropped: readonly { readonly name: string; readonly because: string }[];
}

/** Infers every column: type, use, and which columns repeat one another. Empty, constant and too sparse columns are dropped, with the reason.
 *  @param types  what columns hold, where the user says so */
export function inferSchema(
  data: Readonly<Record<string, readonly (string | null)[]>>,
  size: number,
  side: Int32Array | null,
  types: Readonly<Record<string, ColumnProfile['type']>> = {},
): Schema {
  const dropped: { name: string; because: string }[] = [];
  const columns: UsableColumn[] = [];
  const sides = side === null ? 1 : side.reduce((most, s) => Math.max(most, s), 0) + 1;
  for (const [name, raw] of Object.entries(data)) {
    const seen = profileColumn(name, raw);
    const said = Object.hasOwn(types, name) && seen.type !== 'empty' ? types[name]! : null;
    const profile = said === null ? seen : { ...seen, type: said, because: 'said in the settings' };
    if (profile.type === 'empty') dropped.push({ name, because: profile.because });
    else if (profile.filled * size < 3) dropped.push({ name, because: 'fewer than three values' });
    else {
      const values = coded(raw.map(cleanedAs(profile.type)));
      columns.push({ profile, values, sideFill: _sideFill(values, side, sides), inside: null });
    }
  }
  const wordsOf = _wordsByValue();
  return { size, side, columns: columns.map((c) => ({ ...c, inside: _holder(c, columns, wordsOf) })), dropped };
}

/** How the values of a column of this type are made comparable. */
export function cleanedAs(type: ColumnProfile['type']): (value: string | null) => string | null {
  return type === 'phone' ? _digits : folded;
}

/** Digits of a phone without country or trunk zeros; the last ten at most. */
function _digits(value: string | null): string | null {
  const digits = (folded(value) ?? '').replace(/x.*$/, '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < 5 || /^(\d)\1+$/.test(digits) ? null : digits.slice(-10);
}

function _sideFill(values: Coded, side: Int32Array | null, sides: number): number[] {
  const filled = new Float64Array(sides);
  const all = new Float64Array(sides);
  values.codes.forEach((c, i) => {
    const s = side === null ? 0 : side[i]!;
    all[s]!++;
    if (c >= 0) filled[s]!++;
  });
  return Array.from(filled, (f, s) => (all[s] === 0 ? 0 : f / all[s]!));
}

const WORDY = new Set(['short', 'phrase', 'text', 'han-name']);

/** The most filled other column that holds all words of this one in nine of ten rows (a full name over its first name). */
function _holder(column: UsableColumn, columns: readonly UsableColumn[], wordsOf: WordsOf): string | null {
  if (!WORDY.has(column.profile.type)) return null;
  const better = columns.filter(
    (o) =>
      o !== column &&
      WORDY.has(o.profile.type) &&
      (o.profile.tokens > column.profile.tokens * 1.15 ||
        (o.profile.tokens >= column.profile.tokens && o.profile.name < column.profile.name)) &&
      o.profile.filled >= column.profile.filled * 0.9,
  );
  const rows = Math.max(50, Math.min(2000, Math.floor(4_000_000 / columns.length ** 2)));
  better.sort((a, b) => b.profile.tokens - a.profile.tokens || (a.profile.name < b.profile.name ? -1 : 1));
  return better.find((o) => _insideShare(column, o, { rows, wordsOf }) >= 0.8)?.profile.name ?? null;
}

type WordsOf = (column: UsableColumn, code: number) => ReadonlySet<string>;

/** Words of a column's values, each cut once: a table of many columns asks for them again and again. */
function _wordsByValue(): WordsOf {
  const memo = new Map<UsableColumn, Map<number, ReadonlySet<string>>>();
  return (column, code) => {
    let of = memo.get(column);
    if (of === undefined) memo.set(column, (of = new Map<number, ReadonlySet<string>>()));
    let words = of.get(code);
    if (words === undefined) of.set(code, (words = new Set(tokensOf(column.values.values[code]!))));
    return words;
  };
}

/** @param o.rows  rows looked at, so that hundreds of columns stay affordable */
function _insideShare(part: UsableColumn, whole: UsableColumn, o: { rows: number; wordsOf: WordsOf }): number {
  let both = 0;
  let inside = 0;
  const step = Math.max(1, Math.floor(part.values.codes.length / o.rows));
  for (let i = 0; i < part.values.codes.length; i += step) {
    const p = part.values.codes[i]!;
    const w = whole.values.codes[i]!;
    if (p < 0 || w < 0) continue;
    both++;
    const words = o.wordsOf(whole, w);
    if ([...o.wordsOf(part, p)].every((t) => words.has(t))) inside++;
  }
  return both < 20 ? 0 : inside / both;
}
