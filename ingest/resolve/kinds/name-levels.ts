import { type Comparison, MISSING, editDistance, isSubsequence, level } from '../core/index.ts';
import { type CompanyName, looseReading, parseCompanyName, placesAgree, plainName, readingOf } from '../names/index.ts';

/** Names of a column, cut once per distinct value. */
export interface CutNames {
  readonly codes: Int32Array;
  readonly names: readonly CompanyName[];
  readonly readings: readonly string[];
  readonly coreReadings: readonly string[];
  /** Distinct full names that share the core of each name. */
  readonly coreCount: Int32Array;
}

/** Cuts a name column; equal comparable spellings share a code. How common a core is, is counted over the first `learnt` rows. */
export function cutNames(column: readonly (string | null)[], learnt = column.length): CutNames {
  const index = new Map<string, number>();
  const names: CompanyName[] = [];
  let counted = 0;
  const codes = Int32Array.from(column, (raw, at) => {
    if (raw === null) return -1;
    const full = plainName(raw);
    if (full === '') return -1;
    let code = index.get(full);
    if (code === undefined) {
      code = names.length;
      index.set(full, code);
      names.push(parseCompanyName(raw));
      if (at < learnt) counted = names.length;
    }
    return code;
  });
  const perCore = new Map<string, number>();
  for (const n of names.slice(0, counted)) if (_isLegal(n)) perCore.set(n.core, (perCore.get(n.core) ?? 0) + 1);
  return {
    codes,
    names,
    readings: names.map((n) => looseReading(readingOf(n.body))),
    coreReadings: names.map((n) => looseReading(readingOf(n.core))),
    coreCount: Int32Array.from(names, (n) => perCore.get(n.core) ?? 0),
  };
}

/** A name long enough to be the registered one: it has a legal form and a place or a trade. */
function _isLegal(n: CompanyName): boolean {
  return n.form !== '' && (n.place !== '' || n.trade !== '');
}

export const NAME_LEVELS = Object.freeze([
  MISSING,
  level('same name', 0.5, 0.0001),
  level('old name', 0.03, 0.00001),
  level('same core and trade, place agrees', 0.12, 0.0001),
  level('short form, rare core', 0.14, 0.0001),
  level('short form, common core', 0.04, 0.0005),
  level('sounds the same', 0.03, 0.0005),
  level('one character off', 0.03, 0.001),
  level('subsequence', 0.03, 0.001),
  level('same core only', 0.03, 0.002),
  level('different', 0.05, 0.99),
]);

/** Compares organisation names as wholes. `old` holds former names (full spellings) per record. */
export function nameComparison(id: string, names: CutNames, old: readonly (readonly string[])[] | null): Comparison {
  const memo = new Map<number, number>();
  const count = names.names.length;
  const levelOf = (i: number, j: number): number => {
    const a = names.codes[i]!;
    const b = names.codes[j]!;
    if (a < 0 || b < 0) return 0;
    if (a === b) return 1;
    if (old !== null && (_isOld(old[i]!, old[j]!, names.names[b]!) || _isOld(old[j]!, old[i]!, names.names[a]!)))
      return 2;
    const key = Math.min(a, b) * count + Math.max(a, b);
    let found = memo.get(key);
    if (found === undefined) {
      found = _level(names, Math.min(a, b), Math.max(a, b));
      if (memo.size < 4_000_000) memo.set(key, found);
    }
    return found;
  };
  return { id, fields: [id], levels: NAME_LEVELS, levelOf };
}

function _isOld(mine: readonly string[], _theirs: readonly string[], other: CompanyName): boolean {
  return mine.includes(other.full);
}

function _level(names: CutNames, i: number, j: number): number {
  const a = names.names[i]!;
  const b = names.names[j]!;
  const near = placesAgree(a.place, b.place);
  if (near && a.body === b.body) return _formsAgree(a, b) ? 3 : 5;
  if (near && a.core === b.core && a.core.length >= 2 && _tradesAgree(a.trade, b.trade) && _formsFit(a, b)) {
    return Math.max(names.coreCount[i]!, names.coreCount[j]!) <= 1 ? 4 : 5;
  }
  if (near && a.body.length > 2 && names.readings[i] === names.readings[j]) return 6;
  if (near && a.body.length >= 3 && b.body.length >= 3 && editDistance(a.body, b.body, 1) === 1) return 7;
  if (near && names.coreReadings[i] === names.coreReadings[j] && _tradesAgree(a.trade, b.trade) && a.core.length >= 2)
    return 6;
  if (_isShortOf(a, b) || _isShortOf(b, a)) return 8;
  if (a.core === b.core) return 9;
  return 10;
}

/** A plain word and a company of the same body may be one; a shop and a limited company may not. */
function _formsAgree(a: CompanyName, b: CompanyName): boolean {
  return _formsFit(a, b) && (a.form === '' || b.form === '' || _formClass(a.form) === _formClass(b.form));
}

/** 集团, 控股 or 股份 at the end of a short form belong to the name: the other name must hold it. */
function _formsFit(a: CompanyName, b: CompanyName): boolean {
  return _holdsForm(a, b) && _holdsForm(b, a);
}

function _holdsForm(short: CompanyName, other: CompanyName): boolean {
  return !/^(?:集团|控股|股份)$/u.test(short.form) || other.full.includes(short.form);
}

function _formClass(form: string): string {
  return form.includes('公司') || form.includes('集团') || form.includes('股份') ? '公司' : form;
}

function _tradesAgree(a: string, b: string): boolean {
  return a === '' || b === '' || a.startsWith(b) || b.startsWith(a) || a.endsWith(b) || b.endsWith(a);
}

/** The short name is written with characters of the long one in order and keeps its first core character. */
function _isShortOf(short: CompanyName, long: CompanyName): boolean {
  return (
    short.full.length >= 3 &&
    short.full.length < long.full.length &&
    short.core[0] === long.core[0] &&
    isSubsequence(short.place + short.body, long.place + long.body)
  );
}
