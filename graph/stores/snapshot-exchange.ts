import type { Database } from '../../ingest/tables/index.ts';
import type { ExchangeEdge, ExchangeGraph, ExchangeNode } from '../interchange/exchange.ts';
import { exchangeOf } from '../interchange/exchange.ts';
import type { EmbeddedStore } from './embedded.ts';

/** The whole snapshot, ready to leave: entities and links as their views are, and what happened as nodes of kind `reading` (with a value) or `event`, joined to those who took part
 *  by their role. Persons go by pseudonym; the free text of an event stays behind, since it may name them. */
export async function snapshotExchange(db: Database, store: EmbeddedStore): Promise<ExchangeGraph> {
  const { ids } = store.graph;
  const graph = exchangeOf(await store.among(ids, { evidence: true }));
  if (!(await db.has('event'))) return graph;
  const events = await db.rows<{
    event_id: string;
    kind: string;
    at: string | null;
    value: number | null;
    unit: string | null;
    row_id: string | null;
  }>(`select event_id, kind, "at", value, unit, row_id from event order by event_id`);
  const taken = new Set(ids);
  const nodes = events
    .filter((e) => !taken.has(e.event_id))
    .map((e): ExchangeNode => ({
      id: e.event_id,
      attributes: {
        kind: e.value === null ? 'event' : 'reading',
        label: e.kind,
        at: e.at,
        value: e.value,
        unit: e.unit,
        rowIds: e.row_id,
      },
    }));
  const there = new Set(nodes.map((n) => n.id));
  const parts = await db.rows<{ event_id: string; role: string; entity_id: string }>(
    'select distinct event_id, role, entity_id from event_participant where entity_id in (select entity_id from entity) order by event_id, role, entity_id',
  );
  const edges = parts
    .filter((p) => there.has(p.event_id))
    .map((p): ExchangeEdge => ({
      id: JSON.stringify([p.event_id, p.role, p.entity_id]),
      from: p.event_id,
      to: p.entity_id,
      attributes: { kind: p.role },
    }));
  return { nodes: [...graph.nodes, ...nodes], edges: [...graph.edges, ...edges] };
}
