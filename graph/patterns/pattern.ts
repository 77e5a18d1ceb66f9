import { InputError } from '../../ingest/base/index.ts';

/** Node properties that a test may read. A person's label is the pseudonym. */
export const NODE_PROPERTIES = ['id', 'label', 'mentions', 'town', 'firstKnownAt'] as const;
/** Link properties that a test may read. */
export const LINK_PROPERTIES = ['id', 'weight', 'probability', 'origin', 'validFrom', 'validTo', 'knownAt'] as const;
export const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', 'contains', 'in', 'missing', 'present'] as const;

/** One condition. A missing value meets only `missing`. Moments are ISO 8601 texts. */
export interface Test {
  readonly property: string;
  readonly operator: (typeof OPERATORS)[number];
  /** A list of texts for `in`; absent for `missing` and `present`. */
  readonly value?: string | number | readonly string[];
}

export interface PatternNode {
  /** Letters, digits, `_`; names the column of the answer. */
  readonly name: string;
  /** Any of these kinds; absent = any. */
  readonly kinds?: readonly string[];
  readonly tests?: readonly Test[];
}

export interface PatternLink {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** `out`: the link points from `from` to `to`; `both`: either way. */
  readonly direction: 'out' | 'both';
  readonly kinds?: readonly string[];
  readonly tests?: readonly Test[];
}

/** A node must have no such link. */
export interface PatternAbsence {
  readonly node: string;
  readonly direction: 'out' | 'in' | 'both';
  readonly kinds?: readonly string[];
  /** Kinds of the other end. */
  readonly nodeKinds?: readonly string[];
}

/** `second` begins at or after `first`, at most so many hours later; both must be dated. */
export interface PatternTime {
  readonly first: string;
  readonly second: string;
  readonly withinHours?: number;
}

/** What an analyst draws, stored as JSON: nodes joined by links, with conditions. Different names stand for different nodes and links. */
export interface Pattern {
  readonly version: 1;
  readonly nodes: readonly PatternNode[];
  readonly links: readonly PatternLink[];
  readonly absences?: readonly PatternAbsence[];
  readonly times?: readonly PatternTime[];
}

/** The most nodes and links of a pattern. */
export const MOST_PARTS = 12;

/** A pattern that can be compiled. Checks everything and throws once. @throws InputError `bad-pattern` with every fault in `detail.faults` */
export function checkPattern(pattern: Pattern): Pattern {
  const faults: string[] = [];
  if (pattern.version !== 1) faults.push(`version is ${String(pattern.version)}; this program reads 1`);
  const nodes = new Set(pattern.nodes.map((n) => n.name));
  const links = new Set(pattern.links.map((l) => l.name));
  _checkNames(pattern, faults);
  for (const node of pattern.nodes) _checkTests(`node "${node.name}"`, node.tests, NODE_PROPERTIES, faults);
  for (const link of pattern.links) {
    _checkTests(`link "${link.name}"`, link.tests, LINK_PROPERTIES, faults);
    for (const end of [link.from, link.to])
      if (!nodes.has(end)) faults.push(`link "${link.name}" names node "${end}", which is not there`);
    if (link.from === link.to) faults.push(`link "${link.name}" joins "${link.from}" to itself`);
    if (!['out', 'both'].includes(link.direction))
      faults.push(`link "${link.name}": direction is "${link.direction}"; use out or both`);
  }
  for (const absence of pattern.absences ?? []) {
    if (!nodes.has(absence.node)) faults.push(`an absence names node "${absence.node}", which is not there`);
    if (!['out', 'in', 'both'].includes(absence.direction))
      faults.push(`an absence has direction "${absence.direction}"`);
  }
  for (const time of pattern.times ?? []) {
    for (const name of [time.first, time.second])
      if (!links.has(name)) faults.push(`a time names link "${name}", which is not there`);
    if (time.withinHours !== undefined && !(time.withinHours >= 0))
      faults.push(`withinHours is ${time.withinHours}; use a number ≥ 0`);
  }
  _checkJoined(pattern, faults);
  if (faults.length > 0) throw new InputError('bad-pattern', `checkPattern: ${faults.join('; ')}`, { faults });
  return pattern;
}

function _checkNames(pattern: Pattern, faults: string[]): void {
  const names = [...pattern.nodes, ...pattern.links].map((part) => part.name);
  for (const name of names)
    if (!/^[A-Za-z][A-Za-z0-9_]{0,30}$/.test(name)) faults.push(`"${name}" is not a name; use letters, digits and _`);
  const lower = names.map((name) => name.toLowerCase());
  lower.forEach((name, i) => {
    if (lower.indexOf(name) !== i) faults.push(`the name "${names[i]}" stands twice`);
  });
  if (pattern.nodes.length === 0) faults.push('there is no node');
  if (names.length > MOST_PARTS) faults.push(`${names.length} nodes and links; at most ${MOST_PARTS}`);
}

function _checkTests(
  where: string,
  tests: readonly Test[] | undefined,
  properties: readonly string[],
  faults: string[],
): void {
  for (const test of tests ?? []) {
    if (!properties.includes(test.property))
      faults.push(`${where}: no property "${test.property}"; there are ${properties.join(', ')}`);
    if (!OPERATORS.includes(test.operator)) faults.push(`${where}: no operator "${test.operator}"`);
    const fits = _valueFits(test);
    if (!fits) faults.push(`${where}: ${test.property} ${test.operator} does not take ${JSON.stringify(test.value)}`);
  }
}

const _NUMBERS: readonly string[] = ['mentions', 'weight', 'probability'];
const _MOMENTS: readonly string[] = ['firstKnownAt', 'validFrom', 'validTo', 'knownAt'];

/** Whether a property holds numbers, moments or texts. */
export function propertyType(property: string): 'number' | 'moment' | 'text' {
  if (_NUMBERS.includes(property)) return 'number';
  return _MOMENTS.includes(property) ? 'moment' : 'text';
}

function _valueFits(test: Test): boolean {
  const { operator, value } = test;
  const type = propertyType(test.property);
  if (operator === 'missing' || operator === 'present') return value === undefined;
  if (operator === 'in') return type === 'text' && Array.isArray(value) && value.every((v) => typeof v === 'string');
  if (operator === 'contains') return type === 'text' && typeof value === 'string';
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'moment') return typeof value === 'string' && !Number.isNaN(Date.parse(value));
  return typeof value === 'string';
}

/** Parts that no link joins would be multiplied with each other: rarely meant, and ruinous. */
function _checkJoined(pattern: Pattern, faults: string[]): void {
  const reached = new Set(pattern.nodes.slice(0, 1).map((n) => n.name));
  for (let before = -1; before !== reached.size;) {
    before = reached.size;
    for (const { from, to } of pattern.links) {
      if (reached.has(from)) reached.add(to);
      else if (reached.has(to)) reached.add(from);
    }
  }
  for (const { name } of pattern.nodes)
    if (!reached.has(name)) faults.push(`node "${name}" is not joined to "${pattern.nodes[0]!.name}"`);
}
