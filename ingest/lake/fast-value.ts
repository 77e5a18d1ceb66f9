import { FALSE_WORDS, NOTHING_WORDS, PROVINCES, TRUE_WORDS, unitFactor } from '../clean/index.ts';
import type { RawColumn } from '../formats/index.ts';
import type { ColumnDescription } from '../schema/index.ts';
import { quoteText } from '../tables/index.ts';
import { fastDate, fastTimestamp } from './fast-moment.ts';
import { inList } from './sql-list.ts';

/** Every short word for "nothing", as one pattern of RE2. */
const NOTHING = `(?i)(${[...NOTHING_WORDS].map((w) => w.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})`;
/** What a tidy text never holds: invisible characters, two spaces, a space at an end, a character that decoding lost. */
const UNTIDY =
  '^$|[\\x{200B}-\\x{200F}\\x{2060}\\x{FEFF}\\x{00AD}\\x{FFFD}\\x{3000}\\x{00A0}\\t\\r\\n]|  |^ | $|锟斤拷|烫烫烫';
const PLATE = `[${PROVINCES}][A-HJ-NP-Z]([A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学警港澳]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[A-HJK])`;
const LARGEST_WHOLE = '9007199254740991';

/** SQL over the sent value `x` that yields the cleaned value where it is plain to see, and null where only the slow path (TypeScript, once for each
 *  distinct value) may decide. A fast answer must equal the slow one; a test holds them equal. */
export function fastSql(x: string, raw: RawColumn, column: ColumnDescription): string {
  const value = _fastSql(x, raw, column);
  const missing = inList(column.missing ?? []);
  return missing === null ? value : `case when ${_text(x, raw)} not in ${missing} then ${value} end`;
}

function _text(x: string, raw: RawColumn): string {
  return raw.type === 'text' ? x : `${x}::varchar`;
}

function _fastSql(x: string, raw: RawColumn, column: ColumnDescription): string {
  const text = _text(x, raw);
  switch (column.kind) {
    case 'number':
    case 'integer':
    case 'lon':
    case 'lat':
      return _number(x, raw, column);
    case 'timestamp':
      return fastTimestamp(x, raw, column);
    case 'date':
      return fastDate(x, raw, column);
    case 'month':
      return raw.type === 'moment'
        ? `date_trunc('month', ${x})::date`
        : `case when length(${text}) = 7 and ${text}[5] = '-' then try_cast(${text} || '-01' as date) end`;
    case 'boolean':
      return raw.type === 'boolean'
        ? x
        : `case when lower(${text}) in ${inList(TRUE_WORDS)} then true when lower(${text}) in ${inList(FALSE_WORDS)} then false end`;
    case 'text':
      return _tidy(text);
    case 'category':
      return column.values === undefined
        ? _tidy(text)
        : `case when ${text} in ${inList(column.values) ?? "('')"} then ${text} end`;
    case 'json':
      return `case when json_valid(${text}) then ${text} end`;
    case 'hash':
      return `case when strlen(${text}) between 8 and 128 and regexp_full_match(${text}, '[0-9]*[a-f][0-9a-f]*') then ${text} end`;
    case 'plate':
      return `case when regexp_full_match(${text}, '${PLATE}') then ${text} end`;
    case 'mmsi':
      return `case when regexp_full_match(${text}, '[2-7][0-9]{8}') and left(${text}, 3) between '201' and '775' then ${text} end`;
    default:
      return 'null::varchar'; // every distinct value goes through TypeScript
  }
}

function _tidy(text: string): string {
  return `case when strlen(${text}) <= 12 and regexp_full_match(${text}, ${quoteText(NOTHING)}) then null when regexp_matches(${text}, ${quoteText(UNTIDY)}) then null else ${text} end`;
}

function _number(x: string, raw: RawColumn, column: ColumnDescription): string {
  if (raw.type !== 'text' && raw.type !== 'number') return column.kind === 'integer' ? 'null::bigint' : 'null::double';
  const sent = raw.type === 'number' ? `${x}::double` : `try_cast(${x} as double)`;
  const factor =
    column.unit?.from === undefined || column.unit.fromColumn !== undefined
      ? 1
      : unitFactor(column.unit.from, column.unit.to);
  const value = factor === 1 ? sent : factor < 1 ? `(${sent} / ${1 / factor})` : `(${sent} * ${factor})`;
  const tests = [`isfinite(${sent})`];
  if (raw.type === 'text') tests.push(`not contains(${x}, '_')`);
  const [low, high] = numberBounds(column);
  if (low !== null) tests.push(`${value} >= ${low}`);
  if (high !== null) tests.push(`${value} <= ${high}`);
  if (column.kind === 'integer') tests.push(`${value} = trunc(${value})`, `abs(${value}) <= ${LARGEST_WHOLE}`);
  for (const missing of column.missing ?? [])
    if (Number.isFinite(Number(missing)) && missing !== '') tests.push(`${sent} <> ${Number(missing)}`);
  return `case when ${tests.join(' and ')} then ${value}${column.kind === 'integer' ? '::bigint' : ''} end`;
}

/** Bounds of a number column in its cleaned unit; longitude and latitude have the globe's. Where another column holds the unit, bounds are checked after it is known. */
export function numberBounds(column: ColumnDescription): readonly [low: number | null, high: number | null] {
  if (column.unit?.fromColumn !== undefined) return [null, null];
  const globe = column.kind === 'lon' ? 180 : column.kind === 'lat' ? 90 : null;
  const low = column.min === undefined ? null : Number(column.min);
  const high = column.max === undefined ? null : Number(column.max);
  return [low ?? (globe === null ? null : -globe), high ?? globe];
}
