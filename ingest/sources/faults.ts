import type { SourceDescription } from '../schema/index.ts';

/** One thing wrong with a description: where in it, and what. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Every DuckDB expression of a description, with its path and the type it must have (null = any). */
export interface Expression {
  readonly path: string;
  readonly text: string;
  readonly type: 'TIMESTAMP' | 'BOOLEAN' | 'DOUBLE' | 'VARCHAR' | null;
  /** The mention role whose `item` the expression may use. */
  readonly roles: readonly string[];
}

/** Faults that can be seen without a database: names that point nowhere, doubles, forbidden subjects and expressions.
 *  @param at  path of the description in its file, e.g. `sources[2]` */
export function faultsOf(description: SourceDescription, at = description.id): Fault[] {
  const faults: Fault[] = [];
  const columns = new Set(description.columns.filter((c) => c.kind !== 'drop').map((c) => c.name));
  const roles = new Map(description.mentions.map((m) => [m.role, m]));
  const add = (path: string, message: string): void => void faults.push({ path: `${at}.${path}`, message });
  const needColumn = (path: string, name: string): void => {
    if (!columns.has(name)) add(path, `"${name}" is not a cleaned column; there are ${[...columns].join(', ')}`);
  };
  const needRole = (path: string, role: string): void => {
    if (!roles.has(role))
      add(path, `"${role}" is not a role of its mentions; there are ${[...roles.keys()].join(', ')}`);
  };

  _doubles(description.columns.map((c) => c.name)).forEach((n) => add('columns', `"${n}" is described twice`));
  _doubles(description.mentions.map((m) => m.role)).forEach((n) => add('mentions', `role "${n}" is used twice`));
  for (const name of ['row_id', 'event_at', 'known_at', 'datum', 'datum_confidence', 'item', 'item_no'])
    if (columns.has(name)) add('columns', `"${name}" is a name of our own; choose another`);
  description.key.forEach((name, i) => needColumn(`key[${i}]`, name));
  description.columns.forEach((c, i) => {
    if (c.unit?.fromColumn !== undefined) needColumn(`columns[${i}].unit.fromColumn`, c.unit.fromColumn);
    if (c.kind === 'list' && c.separator === undefined) add(`columns[${i}]`, 'a list needs its separator');
  });
  description.knownWith?.forEach((k, i) => needColumn(`knownWith[${i}].column`, k.column));
  description.mentions.forEach((m, i) => {
    const personal = new Set(description.columns.filter((c) => c.personal === true).map((c) => c.name));
    m.properties?.forEach((name, j) => {
      needColumn(`mentions[${i}].properties[${j}]`, name);
      if (personal.has(name))
        add(`mentions[${i}].properties[${j}]`, `"${name}" is personal and may not be a statement`);
    });
    if (m.each !== undefined) {
      needColumn(`mentions[${i}].each`, m.each);
      if (m.distinct === true) add(`mentions[${i}]`, 'each and distinct exclude each other');
    }
    for (const [field, text] of Object.entries(m.fields))
      if (!text.startsWith('=') && !(m.each !== undefined && text === 'item'))
        needColumn(`mentions[${i}].fields.${field}`, text);
  });
  description.links.forEach((l, i) => (needRole(`links[${i}].from`, l.from), needRole(`links[${i}].to`, l.to)));
  description.events.forEach((e, i) =>
    e.participants.forEach((p, j) => needRole(`events[${i}].participants[${j}]`, p)),
  );
  description.outcomes.forEach((o, i) => {
    needRole(`outcomes[${i}].subject`, o.subject);
    if (roles.get(o.subject)?.kind === 'person')
      add(`outcomes[${i}].subject`, `"${o.subject}" is a person; natural persons are never scored`);
  });
  for (const e of expressionsOf(description))
    if (/;|\bselect\b/i.test(e.text.replace(/'(?:[^']|'')*'/g, "''")))
      add(e.path, `"${e.text}" must be one expression over the row: no ";" and no sub-select`);
  return faults;
}

/** Every expression of a description. */
export function expressionsOf(d: SourceDescription): Expression[] {
  const out: Expression[] = [];
  const add = (path: string, text: string | undefined, type: Expression['type'], ...roles: string[]): void => {
    if (text !== undefined) out.push({ path, text, type, roles });
  };
  add('where', d.where, 'BOOLEAN');
  add('eventAt', d.eventAt, 'TIMESTAMP');
  add('knownAt', d.knownAt, 'TIMESTAMP');
  d.columns.forEach((c, i) => add(`columns[${i}].knownAt`, c.knownAt, 'TIMESTAMP'));
  d.mentions.forEach((m, i) => {
    add(`mentions[${i}].when`, m.when, 'BOOLEAN', m.role);
    for (const [field, text] of Object.entries(m.fields)) {
      const type = field === 'lon' || field === 'lat' ? 'DOUBLE' : field === 'old_names' ? null : 'VARCHAR';
      if (text.startsWith('=')) add(`mentions[${i}].fields.${field}`, text.slice(1), type, m.role);
    }
  });
  d.links.forEach((l, i) => {
    add(`links[${i}].validFrom`, l.validFrom, 'TIMESTAMP', l.from, l.to);
    add(`links[${i}].validTo`, l.validTo, 'TIMESTAMP', l.from, l.to);
    add(`links[${i}].when`, l.when, 'BOOLEAN', l.from, l.to);
  });
  d.events.forEach((e, i) => {
    for (const field of ['at', 'knownAt'] as const) add(`events[${i}].${field}`, e[field], 'TIMESTAMP');
    for (const field of ['value', 'lon', 'lat'] as const) add(`events[${i}].${field}`, e[field], 'DOUBLE');
    add(`events[${i}].text`, e.text, 'VARCHAR');
    add(`events[${i}].when`, e.when, 'BOOLEAN');
  });
  d.outcomes.forEach((o, i) => {
    for (const field of ['conductAt', 'foundAt', 'knownAt'] as const)
      add(`outcomes[${i}].${field}`, o[field], 'TIMESTAMP');
    for (const field of ['verdict', 'act', 'channel', 'reason'] as const)
      add(`outcomes[${i}].${field}`, o[field], 'VARCHAR');
    add(`outcomes[${i}].when`, o.when, 'BOOLEAN');
  });
  return out;
}

function _doubles(names: readonly string[]): string[] {
  return [...new Set(names.filter((n, i) => names.indexOf(n) !== i))];
}
