import type { PatternQueryOptions } from './to-sql.ts';
import { type Pattern, type PatternAbsence, type Test, checkPattern, propertyType } from './pattern.ts';

/** A Cypher text and the values it binds. */
export interface Cypher {
  readonly text: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The pattern as Cypher over `(:Entity)-[:LINK types]->(:Entity)` as `graph push` writes them: the same columns, rows and order as `patternSql`. Values are bound.
 *  @throws InputError `bad-pattern` */
export function patternCypher(pattern: Pattern, options: PatternQueryOptions): Cypher {
  checkPattern(pattern);
  const bound = new _Bound();
  const asOf = options.asOf === null ? null : bound.add(options.asOf);
  const paths = [
    ...pattern.nodes.map((n) => `(${_node(n.name)}:Entity)`),
    ...pattern.links.map(
      (l) => `(${_node(l.from)})-[${_link(l.name)}]-${l.direction === 'out' ? '>' : ''}(${_node(l.to)})`,
    ),
  ];
  const conditions = [
    ...pattern.nodes.flatMap((n) => [
      ..._kinds(_node(n.name), n.kinds, bound),
      ...(n.tests ?? []).map((test) => _test(_node(n.name), test, bound)),
    ]),
    ...pattern.links.flatMap((l) => [
      ..._kinds(_link(l.name), l.kinds, bound),
      ..._known(_link(l.name), asOf),
      ...(l.tests ?? []).map((test) => _test(_link(l.name), test, bound)),
    ]),
    ..._different(pattern.nodes.map((n) => _node(n.name))),
    ...(pattern.absences ?? []).map((absence) => _absent(absence, asOf, bound)),
    ...(pattern.times ?? []).flatMap((t) => _inTime(_link(t.first), _link(t.second), t.withinHours, bound)),
  ];
  const columns = [
    ...pattern.nodes.map((n) => `${_node(n.name)}.id AS ${n.name}`),
    ...pattern.links.map((l) => `${_link(l.name)}.id AS ${l.name}`),
  ];
  const names = [...pattern.nodes, ...pattern.links].map((part) => part.name);
  const where = conditions.length === 0 ? '' : `\nWHERE ${conditions.join('\n  AND ')}`;
  const text = `MATCH ${paths.join(', ')}${where}
RETURN ${columns.join(', ')}
ORDER BY ${names.join(', ')}
LIMIT toInteger(${bound.add(options.limit + 1)})`;
  return { text, params: bound.params };
}

class _Bound {
  readonly params: Record<string, unknown> = {};

  add(value: unknown): string {
    const name = `p${Object.keys(this.params).length}`;
    this.params[name] = value;
    return `$${name}`;
  }
}

const _node = (name: string): string => `n_${name}`;
const _link = (name: string): string => `l_${name}`;

function _test(variable: string, test: Test, bound: _Bound): string {
  const property = `${variable}.${test.property}`;
  if (test.operator === 'missing') return `${property} IS NULL`;
  if (test.operator === 'present') return `${property} IS NOT NULL`;
  const value = bound.add(test.value);
  if (test.operator === 'contains') return `${property} CONTAINS ${value}`;
  if (test.operator === 'in') return `${property} IN ${value}`;
  const operator = test.operator === '!=' ? '<>' : test.operator;
  return `${property} ${operator} ${propertyType(test.property) === 'moment' ? `datetime(${value})` : value}`;
}

function _kinds(variable: string, kinds: readonly string[] | undefined, bound: _Bound): string[] {
  return kinds === undefined ? [] : [`${variable}.kind IN ${bound.add(kinds)}`];
}

function _known(variable: string, asOf: string | null): string[] {
  return asOf === null ? [] : [`${variable}.knownAt <= datetime(${asOf})`];
}

/** Links of one MATCH differ by themselves; nodes need not. */
function _different(variables: readonly string[]): string[] {
  return variables.flatMap((a, i) => variables.slice(i + 1).map((b) => `${a} <> ${b}`));
}

function _absent(absence: PatternAbsence, asOf: string | null, bound: _Bound): string {
  const [left, right] = { out: ['-', '->'], in: ['<-', '-'], both: ['-', '-'] }[absence.direction];
  const conditions = [
    ..._kinds('x', absence.kinds, bound),
    ..._kinds('y', absence.nodeKinds, bound),
    ..._known('x', asOf),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  return `NOT EXISTS { MATCH (${_node(absence.node)})${left}[x]${right}(y:Entity)${where} }`;
}

function _inTime(first: string, second: string, withinHours: number | undefined, bound: _Bound): string[] {
  const order = `${first}.validFrom <= ${second}.validFrom`;
  if (withinHours === undefined) return [order];
  return [
    order,
    `${second}.validFrom.epochMillis - ${first}.validFrom.epochMillis <= ${bound.add(withinHours * 3_600_000)}`,
  ];
}
