import type { Action } from './action.ts';
import { type Group, type Investigation, sortedIds } from './investigation.ts';
import { collapse, load, remove } from './load.ts';

/** The next state. Pure: the given state is never changed, and an action that changes nothing returns it. */
export function reduce(state: Investigation, action: Action): Investigation {
  switch (action.do) {
    case 'load':
      return load(state, action);
    case 'expand':
      return _expand(state, action);
    case 'collapse':
      return collapse(state, action.node);
    case 'remove':
      return action.nodes.length === 0 ? state : remove(state, action.nodes);
    case 'place':
      return {
        ...state,
        places: { ...state.places, ..._known(state, action.places) },
        layout: action.layout ?? state.layout,
      };
    case 'pin':
      return { ...state, pinned: _with(state, state.pinned, action.nodes, action.pinned) };
    case 'select':
      return { ...state, selected: sortedIds(action.nodes.filter((id) => state.nodes[id] !== undefined)) };
    case 'highlight':
      return { ...state, highlighted: _with(state, state.highlighted, action.nodes, action.on) };
    case 'filter':
      return { ...state, filter: { ...state.filter, ...action.change } };
    case 'group':
      return { ...state, groups: _grouped(state, action.group) };
    case 'ungroup':
      return { ...state, groups: state.groups.filter((g) => g.id !== action.group) };
    case 'fold-group':
      return {
        ...state,
        groups: state.groups.map((g) => (g.id === action.group ? { ...g, folded: action.folded } : g)),
      };
    case 'fold':
      return { ...state, fold: action.level };
    case 'rules':
      return { ...state, rules: action.rules };
    case 'measure':
      return { ...state, measures: _measured(state, action.measure, action.values) };
    case 'note':
      return { ...state, notes: [...state.notes.filter((n) => n.id !== action.note.id), action.note] };
    case 'remove-note':
      return { ...state, notes: state.notes.filter((n) => n.id !== action.note) };
    case 'arrow':
      return { ...state, arrows: [...state.arrows.filter((a) => a.id !== action.arrow.id), action.arrow] };
    case 'remove-arrow':
      return { ...state, arrows: state.arrows.filter((a) => a.id !== action.arrow) };
    case 'replace':
      return action.with;
  }
}

function _expand(state: Investigation, action: Extract<Action, { do: 'expand' }>): Investigation {
  const { node, nodes, links, shown, places } = action;
  const next = load(state, {
    nodes: nodes.filter((n) => n.id !== node),
    links,
    origin: `expand:${node}`,
    near: node,
    ...(places === undefined ? {} : { places }),
  });
  return next.nodes[node] === undefined ? state : { ...next, expanded: { ...next.expanded, [node]: shown } };
}

function _known<T>(state: Investigation, record: Readonly<Record<string, T>>): Record<string, T> {
  const isThere = (id: string): boolean =>
    state.nodes[id] !== undefined || id.startsWith('fold:') || id.startsWith('group:');
  return Object.fromEntries(Object.entries(record).filter(([id]) => isThere(id)));
}

function _with(state: Investigation, list: readonly string[], ids: readonly string[], on: boolean): string[] {
  if (!on) return list.filter((id) => !ids.includes(id));
  return sortedIds([...list, ...ids.filter((id) => state.nodes[id] !== undefined)]);
}

/** A node is in one group at most: the newest takes it from the others. */
function _grouped(state: Investigation, group: Group): Group[] {
  const members = sortedIds(group.members.filter((id) => state.nodes[id] !== undefined));
  const taken = new Set(members);
  const others = state.groups
    .filter((g) => g.id !== group.id)
    .map((g) => ({ ...g, members: g.members.filter((id) => !taken.has(id)) }))
    .filter((g) => g.members.length > 0);
  return members.length === 0 ? others : [...others, { ...group, members }];
}

function _measured(
  state: Investigation,
  measure: string,
  values: Readonly<Record<string, number>> | null,
): Investigation['measures'] {
  const { [measure]: _old, ...others } = state.measures;
  return values === null ? others : { ...others, [measure]: _known(state, values) };
}
