import { InputError } from '../../../ingest/base/index.ts';
import type { Sql, SqlValue } from '../../../ingest/tables/index.ts';

/** One condition of a query: `field:value`. */
export interface FieldTest {
  readonly field: string;
  readonly value: string;
  readonly not: boolean;
}

export interface SearchQuery {
  /** Words that names must hold. */
  readonly words: string;
  readonly tests: readonly FieldTest[];
}

/** Fields of an entity itself; any other name is a property of its source rows. */
export const ENTITY_FIELDS = ['kind', 'name', 'town', 'mentions', 'known', 'key', 'near'] as const;

/** Parts `field:value` (value in quotes when it holds spaces; a leading `-` denies it) are conditions, the rest are words. */
export function parseQuery(text: string): SearchQuery {
  const tests: FieldTest[] = [];
  const words = text.replaceAll(
    /(-?)([\p{L}_][\p{L}\p{N}_]*)[:：](?:"([^"]*)"|(\S+))/gu,
    (_whole, minus: string, field: string, quoted: string | undefined, bare: string | undefined) => {
      tests.push({ field: field.toLowerCase(), value: quoted ?? bare ?? '', not: minus === '-' });
      return ' ';
    },
  );
  return { words: words.trim().replaceAll(/\s+/g, ' '), tests };
}

/** Ids of entities that meet the conditions, most mentioned first. Values: `*` and `?` are wildcards in texts, `>9`, `<9`, `3..9` ranges of numbers and days,
 *  `near:120.1,30.8,2km` a circle. Persons and phones are met by kind, town and pseudonym only.
 *  @throws InputError `bad-query` */
export function fieldsSql(tests: readonly FieldTest[], kinds: readonly string[] | null, limit: number): Sql {
  const bound: Record<string, SqlValue> = {};
  const bind = (value: SqlValue): string => {
    const name = `p${Object.keys(bound).length}`;
    bound[name] = value;
    return `$${name}`;
  };
  const parts = tests.map((t) => `${t.not ? 'not ' : ''}coalesce((${_testSql(t, bind)}), false)`);
  if (kinds !== null) parts.push(`list_contains(${bind(kinds)}::varchar[], e.kind)`);
  return {
    sql: `select e.entity_id as id from entity e where ${parts.length === 0 ? 'true' : parts.join(' and ')}
      order by e.mentions desc nulls last, e.entity_id limit ${bind(limit)}`,
    params: bound,
  };
}

const _LABEL = `case when e.kind = 'person' then e.pseudonym else e.label end`;
const _OPEN = `e.kind not in ('person', 'phone')`;

function _testSql(test: FieldTest, bind: (value: SqlValue) => string): string {
  switch (test.field) {
    case 'kind':
      return `list_contains(${bind(test.value.split(','))}::varchar[], e.kind)`;
    case 'name':
      return `${_LABEL} ilike ${bind(_like(test.value, true))} escape '\\'`;
    case 'town':
      return `e.town ilike ${bind(_like(test.value, true))} escape '\\'`;
    case 'mentions':
      return _range('e.mentions', test, bind, Number);
    case 'known':
      return _range("strftime(e.first_known_at, '%Y-%m-%d')", test, bind, _day);
    case 'key':
      return `${_OPEN} and exists (select 1 from entity_key k where k.entity_id = e.entity_id and k.key ilike ${bind(_like(test.value, false))} escape '\\')`;
    case 'near':
      return _near(test, bind);
    default:
      return `${_OPEN} and exists (select 1 from statement s where s.entity_id = e.entity_id and s.property = ${bind(test.field)} and ${_value(test, bind)})`;
  }
}

function _value(test: FieldTest, bind: (value: SqlValue) => string): string {
  if (/^([<>]=?|-?\d+(\.\d+)?\.\.)/.test(test.value)) return _range('try_cast(s.value as double)', test, bind, Number);
  return `s.value ilike ${bind(_like(test.value, false))} escape '\\'`;
}

/** A pattern for `ilike`: `*` any run, `?` one character; with neither, the whole text (or any part of it). */
function _like(value: string, part: boolean): string {
  const escaped = value.replaceAll(/[\\%_]/g, String.raw`\$&`);
  if (/[*?]/.test(value)) return escaped.replaceAll('*', '%').replaceAll('?', '_');
  return part ? `%${escaped}%` : escaped;
}

function _range(
  column: string,
  test: FieldTest,
  bind: (value: SqlValue) => string,
  read: (text: string) => string | number,
): string {
  const bad = (): InputError =>
    new InputError('bad-query', `search: ${test.field}:${test.value} is not a range; write 5, >5, <=5 or 3..9`, {
      field: test.field,
      value: test.value,
    });
  const end = (text: string): SqlValue => {
    const value = read(text);
    if (text === '' || (typeof value === 'number' && !Number.isFinite(value))) throw bad();
    return value;
  };
  const between = /^(.+?)\.\.(.+)$/.exec(test.value);
  if (between !== null) return `${column} between ${bind(end(between[1]!))} and ${bind(end(between[2]!))}`;
  const compared = /^(>=|<=|>|<)(.+)$/.exec(test.value);
  if (compared !== null) return `${column} ${compared[1]} ${bind(end(compared[2]!))}`;
  return `${column} = ${bind(end(test.value))}`;
}

/** A day, month or year as the text that sorts with days. */
function _day(text: string): string {
  if (!/^\d{4}(-\d\d){0,2}$/.test(text))
    throw new InputError('bad-query', `search: known:${text} is not a day; write 2026-03-14, 2026-03 or 2026`, {
      text,
    });
  return text;
}

function _near(test: FieldTest, bind: (value: SqlValue) => string): string {
  const [lon, lat, far] = test.value.split(',');
  const radiusKm = /^(\d+(?:\.\d+)?)(km|m)?$/.exec(far ?? '');
  const [x, y] = [Number(lon), Number(lat)];
  if (radiusKm === null || !(Math.abs(x) <= 180 && Math.abs(y) <= 90))
    throw new InputError('bad-query', `search: near:${test.value} is not a circle; write near:120.1,30.8,2km`, {
      value: test.value,
    });
  const km = Number(radiusKm[1]) / (radiusKm[2] === 'm' ? 1000 : 1);
  const [px, py] = [bind(x), bind(y)];
  const haversine = `2 * 6371.0088 * asin(sqrt(pow(sin(radians(e.lat - ${py}) / 2), 2) + cos(radians(${py})) * cos(radians(e.lat)) * pow(sin(radians(e.lon - ${px}) / 2), 2)))`;
  return `${_OPEN} and e.lon is not null and ${haversine} <= ${bind(km)}`;
}
