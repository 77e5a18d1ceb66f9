import type { GraphLink, GraphNode } from '../contract/index.ts';
import { type CanvasNode, type Investigation, type Place, sortedIds } from './investigation.ts';
import { placesAround } from './places.ts';

/** What comes in. */
export interface Arrival {
  readonly nodes: readonly GraphNode[];
  readonly links: readonly GraphLink[];
  readonly origin: string;
  readonly near: string | null;
  /** Places worked out for what is new; what was there does not move. */
  readonly places?: Readonly<Record<string, Place>>;
}

/** Brings entities and links in. What was there keeps its place and gains an origin; links with an end that is not there are left out. */
export function load(state: Investigation, arrival: Arrival): Investigation {
  const nodes: Record<string, CanvasNode> = { ...state.nodes };
  const fresh: string[] = [];
  for (const node of arrival.nodes) {
    const known = nodes[node.id];
    if (known === undefined && !fresh.includes(node.id)) fresh.push(node.id);
    nodes[node.id] = { ...node, origins: sortedIds([...(known?.origins ?? []), arrival.origin]) };
  }
  const links: Record<string, GraphLink> = { ...state.links };
  for (const link of arrival.links)
    if (nodes[link.from] !== undefined && nodes[link.to] !== undefined) links[link.id] = { ...link, rowIds: null };
  return { ...state, nodes, links, places: _placed(state, fresh, arrival) };
}

/** Takes nodes out, with all that hangs on them. */
export function remove(state: Investigation, ids: readonly string[]): Investigation {
  const gone = new Set(ids);
  const stays = (id: string): boolean => !gone.has(id);
  return {
    ...state,
    nodes: _only(state.nodes, stays),
    links: Object.fromEntries(Object.entries(state.links).filter(([, l]) => stays(l.from) && stays(l.to))),
    places: _only(state.places, stays),
    expanded: _only(state.expanded, stays),
    pinned: state.pinned.filter(stays),
    selected: state.selected.filter(stays),
    highlighted: state.highlighted.filter(stays),
    groups: state.groups.map((g) => ({ ...g, members: g.members.filter(stays) })).filter((g) => g.members.length > 0),
    measures: Object.fromEntries(Object.entries(state.measures).map(([id, values]) => [id, _only(values, stays)])),
    notes: state.notes.filter((n) => n.node === null || stays(n.node)),
    arrows: state.arrows.filter((a) => stays(a.from) && stays(a.to)),
    filter: { ...state.filter, hiddenNodes: state.filter.hiddenNodes.filter(stays) },
  };
}

/** Takes back what expanding `node` brought. A node stays when something else brought it too, when it was itself expanded, pinned or written on. */
export function collapse(state: Investigation, node: string): Investigation {
  const origin = `expand:${node}`;
  const kept = new Set<string>([node, ...state.pinned, ...Object.keys(state.expanded)]);
  for (const note of state.notes) if (note.node !== null) kept.add(note.node);
  for (const arrow of state.arrows) for (const end of [arrow.from, arrow.to]) kept.add(end);
  const nodes: Record<string, CanvasNode> = {};
  const gone: string[] = [];
  for (const [id, n] of Object.entries(state.nodes)) {
    const origins = n.origins.filter((o) => o !== origin);
    if (origins.length === 0 && !kept.has(id)) gone.push(id);
    else nodes[id] = origins.length === n.origins.length ? n : { ...n, origins };
  }
  const { [node]: _taken, ...expanded } = state.expanded;
  const left = remove({ ...state, expanded }, gone);
  return { ...left, nodes };
}

function _placed(
  state: Investigation,
  fresh: readonly string[],
  { near, places = {} }: Pick<Arrival, 'near' | 'places'>,
): Record<string, Place> {
  const centre = near === null ? undefined : state.places[near];
  const given = Object.fromEntries(fresh.flatMap((id) => (places[id] === undefined ? [] : [[id, places[id]]])));
  const taken = [...Object.values(state.places), ...Object.values(given)];
  const others = fresh.filter((id) => given[id] === undefined);
  return { ...state.places, ...given, ...placesAround(others, centre ?? _beside(taken), taken) };
}

/** Right of everything, for what comes in without a neighbour. */
function _beside(taken: readonly Place[]): Place {
  if (taken.length === 0) return { x: 0, y: 0 };
  const right = taken.reduce((most, p) => Math.max(most, p.x), -Infinity);
  const middle = taken.reduce((sum, p) => sum + p.y, 0) / taken.length;
  return { x: right + 3, y: middle };
}

function _only<T>(record: Readonly<Record<string, T>>, stays: (id: string) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([id]) => stays(id)));
}
