import type { GraphLink, GraphNode } from '../../../contract/index.ts';
import {
  type ExchangeGraph,
  type ExchangeValue,
  exchangeOf,
  fromGraphml,
  fromGraphologyJson,
  toCsvPair,
  toGexf,
  toGraphml,
  toGraphologyJson,
} from '../../../../graph/interchange/index.ts';
import { EMPTY, type Investigation, passing, reduce, stateOf, textOf } from '../../../state/index.ts';
import type { CanvasHandle } from '../../canvas/Canvas.tsx';
import { pngOf, svgOf } from '../../canvas/picture.ts';
import type { Scene } from '../../canvas/scene.ts';
import { saveFile } from './save-file.ts';

export type ExportKind = 'png' | 'svg' | 'json' | 'graphml' | 'gexf' | 'csv' | 'graphology';

export interface ExportOptions {
  readonly state: Investigation;
  readonly scene: Scene;
  readonly canvas: CanvasHandle | null;
  readonly name: string | null;
}

/** Largest file that is read back, bytes. */
const _MOST_BYTES = 50_000_000;

/** What is shown, as a file. `json` is the whole investigation and opens here again as it was; the others carry entities, links and places. */
export async function exportAs(kind: ExportKind, { state, scene, canvas, name }: ExportOptions): Promise<void> {
  const file = (name ?? 'tributary').replaceAll(/[\\/:*?"<>|]/g, '_');
  switch (kind) {
    case 'png': {
      const stage = canvas?.stage() ?? null;
      if (stage !== null) saveFile(`${file}.png`, 'image/png', await pngOf(stage));
      return;
    }
    case 'svg':
      return saveFile(`${file}.svg`, 'image/svg+xml', svgOf(scene, state));
    case 'json':
      return saveFile(`${file}.json`, 'application/json', textOf(state));
    case 'graphml':
      return saveFile(`${file}.graphml`, 'application/xml', toGraphml(exchangeGraphOf(state)));
    case 'gexf':
      return saveFile(`${file}.gexf`, 'application/xml', toGexf(exchangeGraphOf(state)));
    case 'graphology':
      return saveFile(`${file}.graphology.json`, 'application/json', toGraphologyJson(exchangeGraphOf(state)));
    case 'csv': {
      const { nodes, edges } = toCsvPair(exchangeGraphOf(state));
      saveFile(`${file}.nodes.csv`, 'text/csv', nodes);
      return saveFile(`${file}.links.csv`, 'text/csv', edges);
    }
  }
}

/** What passes the filters, with places and notes. */
export function exchangeGraphOf(state: Investigation): ExchangeGraph {
  const { nodes, links } = passing(state);
  const at = nodes.map((n) => state.places[n.id] ?? { x: 0, y: 0 });
  const positions = { x: Float64Array.from(at, (p) => p.x), y: Float64Array.from(at, (p) => p.y) };
  const plain = nodes.map(({ origins: _origins, ...node }) => node);
  const graph = exchangeOf({ nodes: plain, links }, positions);
  const notes = (id: string): ExchangeValue =>
    state.notes
      .filter((n) => n.node === id)
      .map((n) => `${n.text} (${n.author}, ${n.at})`)
      .join('\n') || null;
  return {
    ...graph,
    nodes: graph.nodes.map((n) => ({ ...n, attributes: { ...n.attributes, note: notes(n.id) } })),
  };
}

/** An investigation from a file: our own JSON whole, GraphML or graphology JSON as entities, links and places.
 *  @throws Error naming what is wrong with the file */
export async function importFile(file: File): Promise<Investigation> {
  if (file.size > _MOST_BYTES) throw new Error(`${file.name}: ${Math.round(file.size / 1e6)} MB > 50 MB`);
  return investigationOf(await file.text());
}

export function investigationOf(text: string): Investigation {
  if (text.trimStart().startsWith('<')) return _fromExchange(fromGraphml(text));
  return stateOf(text) ?? _fromExchange(fromGraphologyJson(text));
}

function _fromExchange(graph: ExchangeGraph): Investigation {
  const text = (value: ExchangeValue | undefined): string | null =>
    value === undefined || value === null ? null : String(value);
  const number = (value: ExchangeValue | undefined): number | null => (typeof value === 'number' ? value : null);
  const nodes = graph.nodes.map(({ id, attributes: a }): GraphNode => ({
    id,
    kind: text(a['kind']) ?? 'thing',
    label: text(a['label']) ?? id,
    mentions: number(a['mentions']),
    firstKnownAt: text(a['firstKnownAt']),
    lon: number(a['lon']),
    lat: number(a['lat']),
    town: text(a['town']),
  }));
  const links = graph.edges.map(({ id, from, to, attributes: a }): GraphLink => ({
    id,
    from,
    to,
    kind: text(a['kind']) ?? 'part_of',
    validFrom: text(a['validFrom']),
    validTo: text(a['validTo']),
    knownAt: text(a['knownAt']),
    origin: text(a['origin']),
    probability: number(a['probability']),
    weight: number(a['weight']),
    rowIds: null,
  }));
  const places = Object.fromEntries(
    graph.nodes.flatMap(({ id, attributes: { x, y } }) =>
      typeof x === 'number' && typeof y === 'number' ? [[id, { x, y }]] : [],
    ),
  );
  return reduce(EMPTY, { do: 'load', nodes, links, origin: 'import', near: null, places });
}
