import { type Sql, type SqlValue, quoteIdent } from '../../ingest/tables/index.ts';
import { type Pattern, type PatternAbsence, type Test, checkPattern, propertyType } from './pattern.ts';

export interface PatternQueryOptions {
  /** ISO 8601: only links known by then; null = all. */
  readonly asOf: string | null;
  /** Rows asked for; one more is fetched, so that a cut is noticed. */
  readonly limit: number;
}

/** The pattern as DuckDB SQL over `entity` and `link`: one column for each name, ids of nodes, then of links; sorted by them. Values are bound.
 *  @throws InputError `bad-pattern` */
export function patternSql(pattern: Pattern, options: PatternQueryOptions): Sql {
  checkPattern(pattern);
  const bound = new _Bound();
  const asOf = options.asOf === null ? null : bound.add(options.asOf);
  const names = [...pattern.nodes, ...pattern.links].map((part) => part.name);
  const tables = [
    ...pattern.nodes.map((n) => `entity ${_node(n.name)}`),
    ...pattern.links.map((l) => `link ${_link(l.name)}`),
  ];
  const conditions = [
    ...pattern.nodes.flatMap((n) => [
      ..._kinds(`${_node(n.name)}.kind`, n.kinds, bound),
      ...(n.tests ?? []).map((test) => _test(_node(n.name), test, _NODE_COLUMNS, bound)),
    ]),
    ...pattern.links.flatMap((l) => [
      _ends(_link(l.name), _node(l.from), _node(l.to), l.direction),
      ..._kinds(`${_link(l.name)}.kind`, l.kinds, bound),
      ..._known(_link(l.name), asOf),
      ...(l.tests ?? []).map((test) => _test(_link(l.name), test, _LINK_COLUMNS, bound)),
    ]),
    ..._different(pattern.nodes.map((n) => `${_node(n.name)}.entity_id`)),
    ..._different(pattern.links.map((l) => `${_link(l.name)}.link_id`)),
    ...(pattern.absences ?? []).map((absence) => _absent(absence, asOf, bound)),
    ...(pattern.times ?? []).flatMap((t) => _inTime(_link(t.first), _link(t.second), t.withinHours, bound)),
  ];
  const columns = [
    ...pattern.nodes.map((n) => `${_node(n.name)}.entity_id as ${quoteIdent(n.name)}`),
    ...pattern.links.map((l) => `${_link(l.name)}.link_id as ${quoteIdent(l.name)}`),
  ];
  const sql = `select ${columns.join(', ')} from ${tables.join(', ')} where ${conditions.length === 0 ? 'true' : conditions.join(' and ')}
    order by ${names.map(quoteIdent).join(', ')} limit ${bound.add(options.limit + 1)}`;
  return { sql, params: bound.params };
}

/** Values by the order in which they were met. */
class _Bound {
  readonly params: Record<string, SqlValue> = {};

  add(value: SqlValue): string {
    const name = `p${Object.keys(this.params).length}`;
    this.params[name] = value;
    return `$${name}`;
  }
}

const _node = (name: string): string => quoteIdent(`n_${name}`);
const _link = (name: string): string => quoteIdent(`l_${name}`);

const _NODE_COLUMNS: Readonly<Record<string, (table: string) => string>> = {
  id: (t) => `${t}.entity_id`,
  label: (t) => `case when ${t}.kind = 'person' then ${t}.pseudonym else ${t}.label end`,
  mentions: (t) => `${t}.mentions`,
  town: (t) => `${t}.town`,
  firstKnownAt: (t) => `${t}.first_known_at`,
};

const _LINK_COLUMNS: Readonly<Record<string, (table: string) => string>> = {
  id: (t) => `${t}.link_id`,
  weight: (t) => `${t}.weight`,
  probability: (t) => `${t}.probability`,
  origin: (t) => `${t}.origin`,
  validFrom: (t) => `${t}.valid_from`,
  validTo: (t) => `${t}.valid_to`,
  knownAt: (t) => `${t}.known_at`,
};

function _test(table: string, test: Test, columns: typeof _NODE_COLUMNS, bound: _Bound): string {
  const column = `(${columns[test.property]!(table)})`;
  if (test.operator === 'missing') return `${column} is null`;
  if (test.operator === 'present') return `${column} is not null`;
  const value = bound.add(test.value!);
  if (test.operator === 'contains') return `contains(${column}, ${value})`;
  if (test.operator === 'in') return `list_contains(${value}::varchar[], ${column})`;
  return `${column} ${test.operator} ${propertyType(test.property) === 'moment' ? _moment(value) : value}`;
}

/** The bound ISO text as a UTC timestamp; the session's zone is UTC. */
function _moment(value: string): string {
  return `(${value}::timestamptz at time zone 'UTC')`;
}

function _kinds(column: string, kinds: readonly string[] | undefined, bound: _Bound): string[] {
  return kinds === undefined ? [] : [`list_contains(${bound.add(kinds)}::varchar[], ${column})`];
}

function _known(table: string, asOf: string | null): string[] {
  return asOf === null ? [] : [`${table}.known_at <= ${_moment(asOf)}`];
}

function _ends(link: string, from: string, to: string, direction: 'out' | 'both'): string {
  const out = `(${link}.from_id = ${from}.entity_id and ${link}.to_id = ${to}.entity_id)`;
  return direction === 'out'
    ? out
    : `(${out} or (${link}.from_id = ${to}.entity_id and ${link}.to_id = ${from}.entity_id))`;
}

function _different(columns: readonly string[]): string[] {
  return columns.flatMap((a, i) => columns.slice(i + 1).map((b) => `${a} <> ${b}`));
}

function _absent(absence: PatternAbsence, asOf: string | null, bound: _Bound): string {
  const id = `${_node(absence.node)}.entity_id`;
  const sides = {
    out: [['from_id', 'to_id']],
    in: [['to_id', 'from_id']],
    both: [
      ['from_id', 'to_id'],
      ['to_id', 'from_id'],
    ],
  } as const;
  const kinds = absence.kinds === undefined ? null : bound.add(absence.kinds);
  const nodeKinds = absence.nodeKinds === undefined ? null : bound.add(absence.nodeKinds);
  const tests = sides[absence.direction].map(([own, other]) => {
    const conditions = [
      `x.${own} = ${id}`,
      ...(kinds === null ? [] : [`list_contains(${kinds}::varchar[], x.kind)`]),
      ...(nodeKinds === null ? [] : [`list_contains(${nodeKinds}::varchar[], y.kind)`]),
      ..._known('x', asOf),
    ];
    return `not exists (select 1 from link x join entity y on y.entity_id = x.${other} where ${conditions.join(' and ')})`;
  });
  return tests.join(' and ');
}

function _inTime(first: string, second: string, withinHours: number | undefined, bound: _Bound): string[] {
  const order = `${first}.valid_from <= ${second}.valid_from`;
  if (withinHours === undefined) return [order];
  return [
    order,
    `epoch_ms(${second}.valid_from) - epoch_ms(${first}.valid_from) <= ${bound.add(withinHours * 3_600_000)}`,
  ];
}
