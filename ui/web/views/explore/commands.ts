import * as contract from '../../../contract/index.ts';
import { type Action, type Investigation, NO_FILTER, type Place, drawnOf, reduce } from '../../../state/index.ts';
import { layoutRequestOf, runLayout } from '../../canvas/run-layout.ts';
import { ask } from '../../client/api.ts';

/** What a question to the API became: an action for the history, and what is to be said about it. */
export interface Outcome {
  readonly action: Action | null;
  readonly unknown?: readonly string[];
  readonly notShown?: number;
  readonly brought?: number;
}

/** Which neighbours, and which page of them. */
export interface ExpandChoice {
  readonly linkKinds?: readonly string[];
  readonly nodeKinds?: readonly string[];
  readonly direction?: 'out' | 'in' | 'both';
  readonly offset?: number;
  readonly limit?: number;
  readonly rank?: 'weight' | 'recent' | 'degree';
}

/** Neighbours on one page of an expansion. */
export const PAGE = 50;

const _post = <T extends Parameters<typeof ask>[1]>(path: string, shape: T, body: unknown, signal: AbortSignal) =>
  ask(path, shape, { method: 'POST', body, signal });

/** Brings entities in by id, with all links between them and what is there. Ids that the run does not know are named. */
export async function addEntities(
  state: Investigation,
  ids: readonly string[],
  origin: string,
  signal: AbortSignal,
): Promise<Outcome> {
  const { nodes, unknown } = await _post('/api/graph/nodes', contract.graphNodes, { ids: [...new Set(ids)] }, signal);
  const action = await _loading(state, { nodes, links: [] }, origin, signal);
  return { action, unknown, brought: nodes.filter((n) => state.nodes[n.id] === undefined).length };
}

/** Some entities and links of the graph. */
export interface Part {
  readonly nodes: readonly contract.GraphNode[];
  readonly links: readonly contract.GraphLink[];
}

/** Brings a part of the graph in: a path, a network, findings of a pattern. */
export async function addPart(state: Investigation, part: Part, origin: string, signal: AbortSignal): Promise<Outcome> {
  const action = await _loading(state, part, origin, signal);
  return { action, brought: part.nodes.filter((n) => state.nodes[n.id] === undefined).length };
}

/** One ranked page of a node's neighbours. */
export async function expandNode(
  state: Investigation,
  node: string,
  choice: ExpandChoice,
  signal: AbortSignal,
): Promise<Outcome> {
  const { offset = 0, limit = PAGE } = choice;
  const page = await ask(`/api/graph/${encodeURIComponent(node)}/expand`, contract.expansion, {
    query: {
      linkKinds: choice.linkKinds?.join(','),
      nodeKinds: choice.nodeKinds?.join(','),
      direction: choice.direction ?? 'both',
      rank: choice.rank ?? 'weight',
      offset,
      limit,
    },
    signal,
  });
  const links = await _linksTo(state, page, signal);
  const shown = Math.max(state.expanded[node] ?? 0, offset + page.shown);
  const action: Action = { do: 'expand', node, nodes: page.nodes, links, shown };
  const places = await _arranged(state, reduce(state, action), signal);
  const brought = page.nodes.filter((n) => state.nodes[n.id] === undefined).length;
  return { action: { ...action, places }, notShown: page.remaining, brought };
}

async function _loading(state: Investigation, part: Part, origin: string, signal: AbortSignal): Promise<Action | null> {
  const { nodes } = part;
  if (nodes.length === 0) return null;
  const links = await _linksTo(state, part, signal);
  const near = nodes.map((n) => n.id).find((id) => state.nodes[id] !== undefined) ?? null;
  const action: Action = { do: 'load', nodes, links, origin, near };
  return { ...action, places: await _arranged(state, reduce(state, action), signal) };
}

/** The links given, and those of the newcomers among themselves and to what is there. */
async function _linksTo(state: Investigation, part: Part, signal: AbortSignal): Promise<contract.GraphLink[]> {
  const fresh = part.nodes.map((n) => n.id).filter((id) => state.nodes[id] === undefined);
  if (fresh.length === 0) return [...part.links];
  const body = { ids: [...new Set(fresh)].slice(0, 5000), with: Object.keys(state.nodes).slice(0, 5000) };
  const among = await _post('/api/graph/among', contract.subgraph, body, signal);
  const known = new Set(part.links.map((l) => l.id));
  return [...part.links, ...among.links.filter((l) => !known.has(l.id))];
}

/** Most nodes that are arranged at once when they come in; more stand in rings around where they came from. */
const _MOST_ARRANGED = 1500;

/** Places of what is new, worked out with everything that was there held still. */
async function _arranged(
  before: Investigation,
  after: Investigation,
  signal: AbortSignal,
): Promise<Readonly<Record<string, Place>>> {
  const fresh = Object.keys(after.nodes).filter((id) => before.nodes[id] === undefined);
  if (fresh.length === 0 || Object.keys(after.nodes).length > _MOST_ARRANGED) return {};
  const still = { ...after, pinned: Object.keys(before.nodes), groups: [], fold: 0 as const, filter: NO_FILTER };
  const places = await runLayout(layoutRequestOf(still, drawnOf(still), 'force'), signal);
  return Object.fromEntries(fresh.flatMap((id) => (places[id] === undefined ? [] : [[id, places[id]]])));
}

/** How many different neighbours each entity has in the whole graph. */
export async function totalsOf(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const out = new Map<string, number>();
  for (let i = 0; i < ids.length; i += 1000) {
    const { totals } = await _post('/api/graph/totals', contract.graphTotals, { ids: ids.slice(i, i + 1000) }, signal);
    for (const { id, neighbours } of totals) out.set(id, neighbours);
  }
  return out;
}
