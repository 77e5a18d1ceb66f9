import { type Columns, numbersOf, textsOf } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { codesUpTo } from '../build/codes.ts';
import type { Graph } from '../csr.ts';
import { type TextHeap, textHeapBuilder } from './text-heap.ts';

/** What every view shows, held beside the graph: a look-up in the warehouse costs about as much for one row as for two thousand, and an expansion shows
 *  hundreds of scattered ones. Persons are in it by pseudonym only. Evidence (`row_ids`) and everything else stays in the warehouse.
 *  About 45 bytes a node and 25 a link. */
export interface Properties {
  /** Node → label; a person's pseudonym. */
  readonly labels: TextHeap;
  readonly mentions: Float64Array;
  readonly firstKnownAtMs: Float64Array;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Node → code in `towns`; the empty name = none. */
  readonly town: Uint16Array;
  readonly towns: readonly string[];
  /** Link row → id. */
  readonly linkIds: TextHeap;
  /** Link row → code in `origins`. */
  readonly origin: Uint8Array;
  readonly origins: readonly string[];
  /** Link row → probability; null when no link has one. In all numbers here NaN = missing. */
  readonly probability: Float64Array | null;
  /** Link row → 1 where the link states a weight (the graph counts 1 where it does not); null when all do or none does. */
  readonly weighs: Uint8Array | null;
}

/** Rows brought over at a time. */
const _SLICE = 500_000;

/** Reads the properties of a graph's nodes and links from the warehouse it was built from. */
export async function loadProperties(db: Database, graph: Graph): Promise<Properties> {
  try {
    await db.run(nodePropertiesSql());
    const nodes = await _nodes(db, graph.nodeCount);
    return { ...nodes, ...(await _links(db)) };
  } finally {
    await db.run('drop table if exists temp.graph_property');
  }
}

/** Entities numbered as `graphFromDatabase` numbers them, persons without name and place. */
export function nodePropertiesSql(): string {
  const isPerson = `coalesce(kind, '') = 'person'`;
  return `create or replace temp table graph_property as
    select row_number() over (order by entity_id) - 1 as node, case when ${isPerson} then pseudonym else label end as label, mentions, first_known_at,
      case when ${isPerson} then null else lon end as lon, case when ${isPerson} then null else lat end as lat, town
    from entity`;
}

async function _nodes(db: Database, count: number): Promise<Omit<Properties, keyof LinkProperties>> {
  const labels = textHeapBuilder(count);
  const towns = codesUpTo(65_536, 'loadProperties');
  const town = new Uint16Array(count);
  const numbers = {
    mentions: new Float64Array(count).fill(NaN),
    first_known_at: new Float64Array(count).fill(NaN),
    lon: new Float64Array(count).fill(NaN),
    lat: new Float64Array(count).fill(NaN),
  };
  for (let start = 0; start < count; start += _SLICE) {
    const slice = await db.columns('select * from graph_property where node >= $start and node < $stop order by node', {
      start,
      stop: start + _SLICE,
    });
    for (const label of textsOf(slice, 'label')) labels.add(label);
    textsOf(slice, 'town').forEach((name, i) => (town[start + i] = towns.codeOf(name)));
    for (const [name, target] of Object.entries(numbers)) _copy(slice, name, target, start);
  }
  const { mentions, first_known_at: firstKnownAtMs, lon, lat } = numbers;
  return { labels: labels.done(), town, towns: towns.names, mentions, firstKnownAtMs, lon, lat };
}

type LinkProperties = Pick<Properties, 'linkIds' | 'origin' | 'origins' | 'probability' | 'weighs'>;

async function _links(db: Database): Promise<LinkProperties> {
  const [size] = await db.rows<{ last: number | null; rows: number; some: number; weights: number }>(
    'select max(rowid) as last, count(*) as rows, count(probability) as some, count(weight) as weights from link',
  );
  const count = size!.last === null ? 0 : size!.last + 1;
  const linkIds = textHeapBuilder(count);
  const origins = codesUpTo(256, 'loadProperties');
  const origin = new Uint8Array(count);
  const probability = size!.some === 0 ? null : new Float64Array(count).fill(NaN);
  const weighs = size!.weights === 0 || size!.weights === size!.rows ? null : new Uint8Array(count);
  let next = 0;
  for (let start = 0; start < count; start += _SLICE) {
    const slice = await db.columns(
      `select rowid as row, link_id, origin, probability, weight is not null as weighs from link
       where rowid >= $start and rowid < $stop order by rowid`,
      { start, stop: start + _SLICE },
    );
    const rows = numbersOf(slice, 'row').values;
    const ids = textsOf(slice, 'link_id');
    const froms = textsOf(slice, 'origin');
    const stated = numbersOf(slice, 'weighs').values;
    if (probability !== null) _copyTo(slice, 'probability', probability, rows);
    for (let i = 0; i < slice.rows; i++) {
      for (; next < rows[i]!; next++) linkIds.add(null);
      linkIds.add(ids[i]!);
      next++;
      origin[rows[i]!] = origins.codeOf(froms[i]!);
      if (weighs !== null) weighs[rows[i]!] = stated[i]!;
    }
  }
  return { linkIds: linkIds.done(), origin, origins: origins.names, probability, weighs };
}

function _copy(slice: Columns, name: string, target: Float64Array, start: number): void {
  const { values, valid } = numbersOf(slice, name);
  for (let i = 0; i < values.length; i++) if (valid === null || valid[i] === 1) target[start + i] = values[i]!;
}

function _copyTo(slice: Columns, name: string, target: Float64Array, rows: Float64Array): void {
  const { values, valid } = numbersOf(slice, name);
  for (let i = 0; i < values.length; i++) if (valid === null || valid[i] === 1) target[rows[i]!] = values[i]!;
}
