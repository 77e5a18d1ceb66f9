import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphLink, GraphNode } from '../contract/index.ts';
import type { Action } from './action.ts';
import { EMPTY, type Investigation, NO_FILTER } from './investigation.ts';
import {
  allShown,
  compare,
  drawnOf,
  historyOf,
  insideOutline,
  inverted,
  ofKind,
  passing,
  placesAround,
  redo,
  reduce,
  stateOf,
  step,
  textOf,
  undo,
  union,
  withNeighbours,
} from './index.ts';

function node(id: string, more: Partial<GraphNode> = {}): GraphNode {
  const none = { mentions: null, firstKnownAt: null, lon: null, lat: null, town: null };
  return { id, kind: id.split(':')[0]!, label: id, ...none, ...more };
}

function link(id: string, from: string, to: string, more: Partial<GraphLink> = {}): GraphLink {
  const none = { validFrom: null, validTo: null, knownAt: null, probability: null, weight: null, rowIds: null };
  return { id, kind: 'owns', from, to, origin: 'recorded', ...none, ...more };
}

/** A firm with two trucks and a site; the site was expanded too and brought another firm and the second truck. */
function small(): Investigation {
  const [firm, site, other] = [node('company:1'), node('site:1'), node('company:2')];
  const [a, b] = [node('vehicle:a', { town: '织里镇' }), node('vehicle:b', { town: '织里镇' })];
  const actions: Action[] = [
    { do: 'load', nodes: [firm], links: [], origin: 'search', near: null },
    {
      do: 'expand',
      node: firm.id,
      nodes: [firm, site, a, b],
      links: [link('l1', firm.id, a.id), link('l2', firm.id, b.id), link('l3', firm.id, site.id, { kind: 'operates' })],
      shown: 3,
    },
    {
      do: 'expand',
      node: site.id,
      nodes: [site, other, b],
      links: [link('l4', other.id, site.id), link('l5', b.id, site.id, { kind: 'stopped_at' })],
      shown: 2,
    },
  ];
  return actions.reduce(reduce, EMPTY);
}

describe('collapse (c4)', () => {
  it('takes back what one node brought and leaves what another brought', () => {
    const after = reduce(small(), { do: 'collapse', node: 'company:1' });
    expect(Object.keys(after.nodes)).toEqual(['company:1', 'site:1', 'vehicle:b', 'company:2']);
    expect(Object.keys(after.links)).toEqual(['l2', 'l3', 'l4', 'l5']);
    expect(after.expanded).toEqual({ 'site:1': 2 });
  });

  it('keeps what was pinned or written on', () => {
    const pinned = reduce(small(), { do: 'pin', nodes: ['vehicle:a'], pinned: true });
    expect(Object.keys(reduce(pinned, { do: 'collapse', node: 'company:1' }).nodes)).toContain('vehicle:a');
  });
});

describe('what is drawn', () => {
  it('leaves no loose edge when a kind is hidden (c18)', () => {
    const drawn = drawnOf({ ...small(), filter: { ...NO_FILTER, hiddenNodeKinds: ['vehicle'] } });
    expect(drawn.nodes.map((n) => n.id)).toEqual(['company:1', 'site:1', 'company:2']);
    expect(drawn.edges.map((e) => e.links)).toEqual([['l3'], ['l4']]);
    expect([drawn.hiddenNodes, drawn.hiddenLinks]).toEqual([2, 3]);
  });

  it('folds like nodes, counts their links, and unfolds again (c14)', () => {
    const trucks = Array.from({ length: 500 }, (_x, i) => node(`vehicle:${i}`));
    const state = reduce(EMPTY, {
      do: 'load',
      nodes: [node('company:1'), ...trucks],
      links: trucks.map((t, i) => link(`l${i}`, 'company:1', t.id)),
      origin: 'search',
      near: null,
    });
    const folded = drawnOf(reduce(state, { do: 'fold', level: 1 }));
    expect(folded.nodes).toHaveLength(2);
    expect(folded.edges.map((e) => [e.from, e.links.length])).toEqual([['company:1', 500]]);
    expect(drawnOf(reduce(reduce(state, { do: 'fold', level: 1 }), { do: 'fold', level: 0 }))).toEqual(drawnOf(state));
  });

  it('draws links between the same two as one, dashed when none is a fact (c28)', () => {
    const state = reduce(small(), {
      do: 'load',
      nodes: [],
      links: [
        link('m1', 'vehicle:a', 'site:1', { kind: 'seen_at', origin: 'derived', probability: 0.4 }),
        link('m2', 'vehicle:a', 'site:1', { kind: 'seen_at', origin: 'derived', probability: 0.7 }),
      ],
      origin: 'among',
      near: null,
    });
    const edge = drawnOf(state).edges.find((e) => e.kind === 'seen_at')!;
    expect(edge).toMatchObject({ links: ['m1', 'm2'], probability: 0.7, uncertain: true });
  });

  it('a window of time hides dated links outside it and who has none inside (c11)', () => {
    const dated = reduce(small(), {
      do: 'load',
      nodes: [],
      links: [
        link('l1', 'company:1', 'vehicle:a', { validFrom: '2025-01-01T00:00:00.000Z' }),
        link('l5', 'vehicle:b', 'site:1', { validFrom: '2025-06-01T00:00:00.000Z' }),
      ],
      origin: 'search',
      near: null,
    });
    const window = { from: '2025-05-25T00:00:00.000Z', to: '2025-06-02T00:00:00.000Z' };
    const shown = passing(reduce(dated, { do: 'filter', change: { window } }));
    expect(shown.nodes.map((n) => n.id)).toEqual(['company:1', 'site:1', 'vehicle:b', 'company:2']);
    expect(shown.links.map((l) => l.id)).toEqual(['l2', 'l3', 'l4', 'l5']);
  });
});

describe('selection (c17)', () => {
  const state = reduce(small(), { do: 'select', nodes: ['site:1', 'nobody'] });
  it('knows only what is there', () => expect(state.selected).toEqual(['site:1']));
  it('all, by kind, inverted, neighbours', () => {
    expect(allShown(state)).toHaveLength(5);
    expect(ofKind(state, 'vehicle')).toEqual(['vehicle:a', 'vehicle:b']);
    expect(inverted(state)).toEqual(['company:1', 'vehicle:a', 'vehicle:b', 'company:2']);
    expect(withNeighbours(state).toSorted()).toEqual(['company:1', 'company:2', 'site:1', 'vehicle:b']);
  });
  it('an outline holds what lies inside', () => {
    const at = (id: string, x: number, y: number) => ({ id, kind: 'k', label: id, place: { x, y }, members: [id] });
    const outline = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 0, y: 4 },
    ];
    expect(insideOutline([at('in', 1, 1), at('out', 3, 3), at('far', -1, 1)], outline)).toEqual(['in']);
  });
});

it('a node is in one group at most, and its group is forgotten with its last member', () => {
  const group = (id: string, members: string[]): Action => ({
    do: 'group',
    group: { id, label: id, members, folded: true },
  });
  const two = [group('group:1', ['vehicle:a', 'vehicle:b']), group('group:2', ['vehicle:b'])].reduce(reduce, small());
  expect(two.groups.map((g) => g.members)).toEqual([['vehicle:a'], ['vehicle:b']]);
  expect(reduce(two, { do: 'remove', nodes: ['vehicle:a'] }).groups.map((g) => g.id)).toEqual(['group:2']);
});

it('union and difference of two investigations (c30)', () => {
  const first = small();
  const second = reduce(EMPTY, {
    do: 'load',
    nodes: [node('company:1'), node('company:9')],
    links: [link('l9', 'company:1', 'company:9')],
    origin: 'search',
    near: null,
  });
  const { both, onlyFirst, onlySecond, linksOnlySecond } = compare(first, second);
  expect([both, onlyFirst.length, onlySecond, linksOnlySecond]).toEqual([['company:1'], 4, ['company:9'], ['l9']]);
  const all = union(first, second);
  expect([Object.keys(all.nodes).length, Object.keys(all.links).length]).toEqual([6, 6]);
  expect(all.places['company:1']).toEqual(first.places['company:1']);
});

it('new places keep clear of each other and of what is there', () => {
  const taken = [{ x: 0, y: 0 }];
  const places = Object.values(
    placesAround(
      Array.from({ length: 300 }, (_x, i) => `n${i}`),
      { x: 0, y: 0 },
      taken,
    ),
  );
  const all = [...taken, ...places];
  let nearest = Infinity;
  all.forEach((a, i) => {
    for (const b of all.slice(i + 1)) nearest = Math.min(nearest, Math.hypot(a.x - b.x, a.y - b.y));
  });
  expect(nearest).toBeGreaterThan(0.4);
});

const ids = fc.subarray(['company:1', 'company:2', 'site:1', 'vehicle:a', 'vehicle:b', 'ship:x', 'ship:y']);
const oneId = fc.constantFrom('company:1', 'site:1', 'vehicle:a', 'ship:x', 'nobody');
const place = fc.record({ x: fc.integer({ min: -9, max: 9 }), y: fc.integer({ min: -9, max: 9 }) });
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.tuple(ids, fc.constantFrom('search', 'path')).map(([list, origin]): Action => ({
    do: 'load',
    nodes: list.map((id) => node(id)),
    links: list.slice(1).map((id) => link(`${list[0]}-${id}`, list[0]!, id)),
    origin,
    near: null,
  })),
  fc.tuple(oneId, ids).map(([at, list]): Action => ({
    do: 'expand',
    node: at,
    nodes: list.map((id) => node(id)),
    links: list.map((id) => link(`${at}>${id}`, at, id)),
    shown: list.length,
  })),
  oneId.map((id): Action => ({ do: 'collapse', node: id })),
  ids.map((nodes): Action => ({ do: 'remove', nodes })),
  fc.tuple(oneId, place).map(([id, p]): Action => ({ do: 'place', places: { [id]: p }, layout: null })),
  fc.tuple(ids, fc.boolean()).map(([nodes, pinned]): Action => ({ do: 'pin', nodes, pinned })),
  ids.map((nodes): Action => ({ do: 'select', nodes })),
  fc.tuple(ids, fc.boolean()).map(([nodes, on]): Action => ({ do: 'highlight', nodes, on })),
  ids.map((hiddenNodes): Action => ({ do: 'filter', change: { hiddenNodes } })),
  fc.constantFrom('vehicle', 'ship').map((k): Action => ({ do: 'filter', change: { hiddenNodeKinds: [k] } })),
  fc
    .tuple(ids, fc.boolean())
    .map(([members, folded]): Action => ({ do: 'group', group: { id: 'group:1', label: '组', members, folded } })),
  fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const).map((level): Action => ({ do: 'fold', level })),
  fc.constant<Action>({ do: 'measure', measure: 'degree', values: { 'company:1': 3, nobody: 1 } }),
  fc.tuple(oneId, fc.string()).map(([at, text]): Action => ({
    do: 'note',
    note: { id: 'note:1', text, author: '张', at: '2026-01-01T00:00:00.000Z', node: at, place: null },
  })),
  fc.constant<Action>({ do: 'remove-note', note: 'note:1' }),
);

describe('undo and redo (c22)', () => {
  it('any actions, taken back, leave the start byte for byte; taken again, the end', () => {
    fc.assert(
      fc.property(fc.array(actions, { minLength: 20, maxLength: 60 }), (list) => {
        const start = historyOf(small());
        let h = list.reduce(step, start);
        const end = textOf(h.present);
        const steps = h.past.length;
        for (let i = 0; i < steps; i++) h = undo(h);
        expect(textOf(h.present)).toBe(textOf(start.present));
        expect(undo(h)).toBe(h);
        for (let i = 0; i < steps; i++) h = redo(h);
        expect(textOf(h.present)).toBe(end);
        expect(redo(h)).toBe(h);
      }),
    );
  });

  it('after any actions no link, place, pin, group or note hangs on what is gone, and the saved text reads back the same', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 40 }), (list) => {
        const state = list.reduce(reduce, small());
        const has = (id: string): boolean => state.nodes[id] !== undefined;
        expect(Object.values(state.links).every((l) => has(l.from) && has(l.to))).toBe(true);
        expect(Object.keys(state.places).every(has)).toBe(true);
        expect(Object.keys(state.nodes).every((id) => state.places[id] !== undefined)).toBe(true);
        expect([...state.pinned, ...state.selected, ...state.highlighted].every(has)).toBe(true);
        expect(state.groups.every((g) => g.members.length > 0 && g.members.every(has))).toBe(true);
        const drawn = drawnOf(state);
        const shown = new Set(drawn.nodes.map((n) => n.id));
        expect(drawn.edges.every((e) => shown.has(e.from) && shown.has(e.to))).toBe(true);
        const members = drawn.nodes.flatMap((n) => n.members);
        expect(new Set(members).size).toBe(members.length);
        expect(members.length + drawn.hiddenNodes).toBe(Object.keys(state.nodes).length);
        expect(textOf(stateOf(textOf(state))!)).toBe(textOf(state));
      }),
    );
  });
});

it('a text that is no investigation is refused; a loose edge in a file is dropped', () => {
  expect(stateOf('{')).toBeNull();
  expect(stateOf('{"version":2}')).toBeNull();
  const loose = { ...small(), links: { ...small().links, x: link('x', 'company:1', 'nobody') } };
  expect(Object.keys(stateOf(JSON.stringify(loose))!.links)).toEqual(['l1', 'l2', 'l3', 'l4', 'l5']);
});
