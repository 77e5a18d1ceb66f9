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
  const sides = side === null ? 1 : Math.max(...side) + 1;
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
  return { size, side, columns: columns.map((c) => ({ ...c, inside: _holder(c, columns) })), dropped };
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
function _holder(column: UsableColumn, columns: readonly UsableColumn[]): string | null {
  if (!WORDY.has(column.profile.type)) return null;
  const better = columns.filter(
    (o) =>
      o !== column &&
      WORDY.has(o.profile.type) &&
      (o.profile.tokens > column.profile.tokens * 1.15 ||
        (o.profile.tokens >= column.profile.tokens && o.profile.name < column.profile.name)) &&
      o.profile.filled >= column.profile.filled * 0.9,
  );
  better.sort((a, b) => b.profile.tokens - a.profile.tokens || (a.profile.name < b.profile.name ? -1 : 1));
  return better.find((o) => _insideShare(column, o) >= 0.8)?.profile.name ?? null;
}

function _insideShare(part: UsableColumn, whole: UsableColumn): number {
  let both = 0;
  let inside = 0;
  const step = Math.max(1, Math.floor(part.values.codes.length / 2000));
  for (let i = 0; i < part.values.codes.length; i += step) {
    const p = part.values.codes[i]!;
    const w = whole.values.codes[i]!;
    if (p < 0 || w < 0) continue;
    both++;
    const words = new Set(tokensOf(whole.values.values[w]!));
    if (tokensOf(part.values.values[p]!).every((t) => words.has(t))) inside++;
  }
  return both < 20 ? 0 : inside / both;
}
