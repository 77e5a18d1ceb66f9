import { expect, it } from 'vitest';
import { toGexf, toGraphml, toGraphologyJson } from '../../../../graph/interchange/index.ts';
import { EMPTY, NO_FILTER, reduce, textOf } from '../../../state/index.ts';
import { exchangeGraphOf, investigationOf } from './exchange.ts';

const none = { validFrom: null, validTo: null, knownAt: null, probability: 0.5, weight: 2, rowIds: null };
const node = (id: string) => ({
  id,
  kind: id.split(':')[0]!,
  label: '恒丰 & "<b>"',
  mentions: 3,
  firstKnownAt: null,
  lon: 120,
  lat: 30,
  town: null,
});
const state = reduce(
  reduce(EMPTY, {
    do: 'load',
    nodes: ['company:1', 'vehicle:1', 'person:1'].map(node),
    links: [
      { ...none, id: 'l1', kind: 'owns', from: 'company:1', to: 'vehicle:1', origin: 'derived' },
      { ...none, id: 'l2', kind: 'drives', from: 'person:1', to: 'vehicle:1', origin: 'recorded' },
    ],
    origin: 'search',
    near: null,
  }),
  { do: 'note', note: { id: 'n', text: '夜间', author: '张', at: '2026-01-01', node: 'company:1', place: null } },
);

it('JSON read back is the same state (c26)', () => {
  expect(textOf(investigationOf(textOf(state)))).toBe(textOf(state));
});

it.each([
  ['GraphML', toGraphml],
  ['graphology', toGraphologyJson],
])('%s read back has the same entities, links and places', (_name, write) => {
  const back = investigationOf(write(exchangeGraphOf(state)));
  expect(Object.keys(back.nodes)).toEqual(Object.keys(state.nodes));
  expect(back.links).toEqual(state.links);
  expect(back.places).toEqual(state.places);
  expect(back.nodes['company:1']!.label).toBe('恒丰 & "<b>"');
});

it('what the filters hide does not leave; a note leaves with its author and time (c21)', () => {
  const hidden = { ...state, filter: { ...NO_FILTER, hiddenNodeKinds: ['person'] } };
  const graph = exchangeGraphOf(hidden);
  expect(graph.nodes.map((n) => n.id)).toEqual(['company:1', 'vehicle:1']);
  expect(graph.edges.map((e) => e.id)).toEqual(['l1']);
  expect(toGexf(graph)).toContain('夜间 (张, 2026-01-01)');
});

it('a file that is none of these is refused in words', () => {
  expect(() => investigationOf('hello')).toThrow('fromGraphologyJson');
  expect(() => investigationOf('<html/>')).toThrow('graphml');
});
