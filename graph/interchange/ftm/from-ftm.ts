import { InputError } from '../../../ingest/base/index.ts';
import type { ExchangeEdge, ExchangeGraph, ExchangeNode, ExchangeValue } from '../exchange.ts';
import { EDGE_SCHEMATA, kindOfSchema } from './model.ts';
import type { FtmEntity } from './to-ftm.ts';

/** A line that could not be read, and why. */
export interface FtmAside {
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/** What a file of FollowTheMoney entities holds: lines = nodes + edge entities + aside; an edge entity with several ends is several links. */
export interface FtmContent extends ExchangeGraph {
  readonly aside: readonly FtmAside[];
}

/** Reads FollowTheMoney entities as OpenSanctions, Aleph and `toFtm` write them, one JSON object a line. Edge schemata become links; so does every property of a thing that
 *  names another entity of the file (an address, an owner), with the property's name as its kind. What `toFtm` wrote comes back as it was. Blank lines do not count. */
export function fromFtm(lines: Iterable<string>): FtmContent {
  const aside: FtmAside[] = [];
  const entities: { line: number; entity: FtmEntity }[] = [];
  const seen = new Set<string>();
  let line = 0;
  for (const text of lines) {
    line++;
    if (text.trim() === '') continue;
    const entity = _entityOf(text);
    if (typeof entity === 'string') aside.push({ line, reason: entity });
    else if (seen.has(entity.id)) aside.push({ line, reason: `the id "${entity.id}" stands twice` });
    else {
      seen.add(entity.id);
      entities.push({ line, entity });
    }
  }
  return _assembled(entities, aside);
}

function _assembled(entities: readonly { line: number; entity: FtmEntity }[], aside: FtmAside[]): FtmContent {
  const nodes: ExchangeNode[] = [];
  const idOf = new Map<string, string>();
  for (const { entity } of entities) {
    if (Object.hasOwn(EDGE_SCHEMATA, entity.schema)) continue;
    idOf.set(entity.id, entity.tributary?.id ?? entity.id);
    nodes.push(_nodeOf(entity));
  }
  const edges: ExchangeEdge[] = [];
  for (const { line, entity } of entities) {
    if (!Object.hasOwn(EDGE_SCHEMATA, entity.schema)) edges.push(..._namedThings(entity, idOf));
    else {
      const found = _edgesOf(entity, idOf);
      if (found.length === 0)
        aside.push({ line, reason: `${entity.schema} ${entity.id} joins entities that are not in the file` });
      edges.push(...found);
    }
  }
  aside.sort((a, b) => a.line - b.line);
  return { nodes, edges, aside };
}

function _entityOf(text: string): FtmEntity | string {
  let value: Partial<FtmEntity> | null;
  try {
    value = JSON.parse(text) as Partial<FtmEntity> | null;
  } catch {
    return 'not JSON';
  }
  if (value === null || typeof value !== 'object') return 'not an object';
  if (typeof value.id !== 'string' || value.id === '') return 'no id';
  if (typeof value.schema !== 'string') return 'no schema';
  const properties: Record<string, string[]> = {};
  for (const [name, given] of Object.entries((value.properties ?? {}) as Record<string, unknown>)) {
    const values = (Array.isArray(given) ? given : [given]).filter(
      (v) => typeof v === 'string' || typeof v === 'number',
    );
    if (values.length > 0) properties[name] = values.map(String);
  }
  const own = value.tributary;
  const whole = own !== undefined && own !== null && typeof own.id === 'string' && typeof own.attributes === 'object';
  return { id: value.id, schema: value.schema, properties, ...(whole ? { tributary: own } : {}) };
}

function _nodeOf(entity: FtmEntity): ExchangeNode {
  if (entity.tributary !== undefined) return { id: entity.tributary.id, attributes: entity.tributary.attributes };
  const attributes: Record<string, ExchangeValue> = {
    kind: entity.properties['envKind']?.[0] ?? kindOfSchema(entity.schema),
    label: _labelOf(entity),
    schema: entity.schema,
  };
  for (const [name, values] of Object.entries(entity.properties)) attributes[`ftm.${name}`] = values.join('; ');
  return { id: entity.id, attributes };
}

function _labelOf({ id, properties }: FtmEntity): string {
  for (const name of ['name', 'full', 'title', 'registrationNumber', 'number', 'summary', 'caption'])
    if (properties[name]?.[0] !== undefined) return properties[name][0];
  return id;
}

function _edgesOf(entity: FtmEntity, idOf: ReadonlyMap<string, string>): ExchangeEdge[] {
  const ends = EDGE_SCHEMATA[entity.schema]!;
  const at = (name: string): string[] =>
    (entity.properties[name] ?? []).flatMap((id) => (idOf.has(id) ? [idOf.get(id)!] : []));
  const pairs = at(ends.source).flatMap((from) => at(ends.target).map((to) => ({ from, to })));
  if (entity.tributary !== undefined)
    return pairs
      .slice(0, 1)
      .map((pair) => ({ ...pair, id: entity.tributary!.id, attributes: entity.tributary!.attributes }));
  const attributes: Record<string, ExchangeValue> = {
    kind: ends.kind,
    schema: entity.schema,
    validFrom: _earliest(entity.properties['startDate'] ?? entity.properties['date']),
    validTo: _earliest(entity.properties['endDate']),
    ...(entity.properties['role'] === undefined ? {} : { role: entity.properties['role'].join('; ') }),
  };
  return pairs.map((pair, i) => ({
    ...pair,
    id: pairs.length === 1 ? entity.id : `${entity.id}#${i + 1}`,
    attributes,
  }));
}

/** Links of the properties that name entities. */
function _namedThings(entity: FtmEntity, idOf: ReadonlyMap<string, string>): ExchangeEdge[] {
  if (entity.tributary !== undefined) return [];
  return Object.entries(entity.properties).flatMap(([name, values]) =>
    values
      .filter((id) => idOf.has(id) && id !== entity.id)
      .map((to) => ({
        id: `${entity.id}#${name}#${to}`,
        from: idOf.get(entity.id)!,
        to: idOf.get(to)!,
        attributes: { kind: name.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`), validFrom: null, validTo: null },
      })),
  );
}

/** The earliest of some partial dates (`2021`, `2021-03`, `2021-03-01`), as a moment at its beginning. */
function _earliest(dates: readonly string[] | undefined): string | null {
  const first = [...(dates ?? [])].sort()[0];
  if (first === undefined) return null;
  const ms = Date.parse(/^\d{4}(-\d\d){0,2}$/.test(first) ? first : `${first.slice(0, 19)}Z`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}

/** @throws InputError `bad-ftm` when no line could be read */
export function checkFtm(content: FtmContent, where: string): FtmContent {
  if (content.nodes.length > 0 || content.aside.length === 0) return content;
  const [first] = content.aside;
  throw new InputError(
    'bad-ftm',
    `fromFtm: ${where}: no entity could be read; line ${first!.line}: ${first!.reason}; give one FollowTheMoney entity as JSON a line`,
    { where },
  );
}
