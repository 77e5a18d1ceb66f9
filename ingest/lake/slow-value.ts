import {
  type Cleaned,
  type PlaceholderFamily,
  cleanAddress,
  cleanBoolean,
  cleanDate,
  cleanHash,
  cleanIndustryCode,
  cleanInteger,
  cleanManifestNo,
  cleanMmsi,
  cleanName,
  cleanNumber,
  cleanPenaltyNo,
  cleanPermitNo,
  cleanPlate,
  cleanTimestamp,
  cleanUscc,
  cleanWasteCode,
  UNREAD_PLATES,
  isPlaceholder,
  isUndecodable,
  kept,
  plain,
  quantityOf,
  refused,
  simplified,
  tidy,
  unitFactor,
} from '../clean/index.ts';
import { isConvertible } from '../clean/index.ts';
import type { CleaningKind, ColumnDescription } from '../schema/index.ts';
import { FIRST_DAY, LAST_DAY } from './fast-moment.ts';
import { numberBounds } from './fast-value.ts';

/** A cleaned value as text (names, codes, days) or number (numbers, truth values 0/1, moments in ms UTC), or neither. */
export type SlowValue = Cleaned<string | number>;

/** The rule of a value that only says "missing". */
export const PLACEHOLDER = 'placeholder';

const FAMILY: Partial<Readonly<Record<CleaningKind, PlaceholderFamily>>> = {
  number: 'number',
  integer: 'number',
  lon: 'number',
  lat: 'number',
  boolean: 'number',
  date: 'date',
  month: 'date',
  timestamp: 'date',
  text: 'text',
  category: 'text',
  json: 'text',
};

/** Cleans one sent value of a described column; the bulk path calls it once for each distinct value that SQL left open. */
export function slowValue(sent: string, column: ColumnDescription): SlowValue {
  if (_isMissing(sent, column)) return { value: null, rule: PLACEHOLDER, message: '' };
  if (sent.includes('\uFFFD'))
    return refused('undecodable', `"${sent}" was cut, lost digits, or is of another encoding`);
  const clean = CLEANERS[column.kind];
  const value = clean(sent, column);
  return value;
}

function _isMissing(sent: string, column: ColumnDescription): boolean {
  if (isPlaceholder(sent, FAMILY[column.kind] ?? 'code')) return !(column.values ?? []).includes(plain(sent));
  if (column.kind === 'plate' && UNREAD_PLATES.has(plain(sent).replaceAll(' ', ''))) return true;
  const missing = column.missing ?? [];
  if (missing.length === 0) return false;
  if (missing.includes(sent) || missing.includes(plain(sent))) return true;
  const number = cleanNumber(sent).value;
  return FAMILY[column.kind] === 'number' && number !== null && missing.some((m) => m !== '' && Number(m) === number);
}

type _Cleaner = (sent: string, column: ColumnDescription) => SlowValue;

const CLEANERS: Readonly<Record<CleaningKind, _Cleaner>> = {
  text: (sent) => _text(sent),
  name: (sent) => cleanName(sent),
  'company-name': (sent) => cleanName(sent),
  address: (sent) => cleanAddress(sent),
  category: _category,
  list: (sent) => _text(sent),
  json: (sent) => refused('bad-json', `"${sent.slice(0, 80)}" is not JSON`),
  hash: (sent) => cleanHash(sent),
  number: _number,
  integer: _number,
  lon: _number,
  lat: _number,
  boolean: (sent) => _mapped(cleanBoolean(sent), (flag) => (flag ? 1 : 0)),
  date: (sent, column) => _within(_day(sent), column, (text) => text),
  month: (sent) => _month(sent),
  timestamp: (sent, column) =>
    _within(cleanTimestamp(sent, column.zone ?? 'china'), column, (ms) => new Date(ms).toISOString()),
  uscc: (sent) => cleanUscc(sent),
  plate: (sent) => cleanPlate(sent),
  mmsi: (sent) => cleanMmsi(sent),
  'permit-no': (sent) => cleanPermitNo(sent),
  'manifest-no': (sent) => cleanManifestNo(sent),
  'waste-code': (sent) => cleanWasteCode(sent),
  'industry-code': (sent) => cleanIndustryCode(sent),
  'penalty-no': (sent) => cleanPenaltyNo(sent),
  drop: () => kept(''),
};

function _text(sent: string): SlowValue {
  return isUndecodable(sent)
    ? refused('undecodable', `"${sent}" was damaged by a wrong encoding before it came here`)
    : kept(tidy(sent));
}

function _category(sent: string, column: ColumnDescription): SlowValue {
  const text = plain(sent);
  if (column.values === undefined) return _text(sent);
  for (const candidate of [text, text.replaceAll(' ', ''), simplified(text), text.toUpperCase()])
    if (column.values.includes(candidate)) return kept(candidate);
  return refused('not-in-list', `"${sent}" is none of ${column.values.join(', ')}`);
}

function _number(sent: string, column: ColumnDescription): SlowValue {
  const whole = column.kind === 'integer';
  const to = column.unit?.to;
  const number = whole ? cleanInteger(sent) : cleanNumber(sent);
  let value = number.value;
  if (value === null) {
    const quantity = to === undefined ? null : quantityOf(sent);
    if (quantity === null || to === undefined || !isConvertible(quantity.unit, to)) return number;
    value = quantity.value * unitFactor(quantity.unit, to);
  } else if (column.unit?.from !== undefined && column.unit.fromColumn === undefined) {
    const factor = unitFactor(column.unit.from, column.unit.to);
    value = factor < 1 ? value / (1 / factor) : value * factor;
  }
  const [low, high] = numberBounds(column);
  if ((low !== null && value < low) || (high !== null && value > high))
    return refused('out-of-range', `"${sent}" lies outside ${low ?? '-∞'} to ${high ?? '∞'}`);
  return kept(value);
}

function _day(sent: string): Cleaned {
  const date = cleanDate(sent);
  if (date.value === null) return { value: null, rule: date.rule, message: date.message };
  if (date.value.precision !== 'day')
    return refused('partial-date', `"${sent}" names a ${date.value.precision}, not a day`);
  return kept(date.value.text);
}

function _month(sent: string): Cleaned {
  const date = cleanDate(sent);
  if (date.value === null) return { value: null, rule: date.rule, message: date.message };
  if (date.value.precision === 'year') return refused('partial-date', `"${sent}" names a year, not a month`);
  return kept(`${date.value.text.slice(0, 7)}-01`);
}

function _within<T extends string | number>(
  clean: Cleaned<T>,
  column: ColumnDescription,
  text: (value: T) => string,
): SlowValue {
  if (clean.value === null) return clean;
  const moment = text(clean.value);
  const low = String(column.min ?? FIRST_DAY);
  const high = String(column.max ?? LAST_DAY);
  if (_comparable(moment) >= _comparable(low) && _comparable(moment) <= _comparable(high)) return clean;
  return refused('out-of-range', `${moment} lies outside ${low} to ${high}`);
}

function _comparable(moment: string): number {
  return Date.parse(moment.length === 10 ? `${moment}T00:00:00Z` : moment.replace(' ', 'T').replace(/Z?$/, 'Z'));
}

function _mapped<T, U extends string | number>(clean: Cleaned<T>, map: (value: T) => U): Cleaned<U> {
  return { value: clean.value === null ? null : map(clean.value), rule: clean.rule, message: clean.message };
}
