import { describe, expect, it } from 'vitest';
import { EMPTY, drawnOf, reduce } from '../../state/index.ts';
import { lookOf, legendOf } from '../../state/index.ts';
import { LAYOUTS } from './layout-request.ts';
import { layOut } from './lay-out.ts';
import { layoutRequestOf } from './run-layout.ts';
import { sceneOf } from './scene.ts';
import { svgOf } from './picture.ts';

const none = { validFrom: null, validTo: null, knownAt: null, probability: null, weight: null, rowIds: null };

/** A star: a firm and five trucks, one pinned. */
function star() {
  const node = (id: string, i: number) => ({
    id,
    kind: id.split(':')[0]!,
    label: `<${id}>`,
    mentions: i,
    firstKnownAt: null,
    lon: 120 + i / 10,
    lat: 30,
    town: i < 3 ? '织里' : null,
  });
  const trucks = [1, 2, 3, 4, 5].map((i) => node(`vehicle:${i}`, i));
  const loaded = reduce(EMPTY, {
    do: 'load',
    nodes: [node('company:1', 0), ...trucks],
    links: trucks.map((t, i) => ({
      ...none,
      id: `l${i}`,
      kind: 'owns',
      from: 'company:1',
      to: t.id,
      origin: 'recorded',
      validFrom: `2025-0${i + 1}-01T00:00:00.000Z`,
    })),
    origin: 'search',
    near: null,
  });
  return reduce(loaded, { do: 'pin', nodes: ['vehicle:3'], pinned: true });
}

describe('layouts (c15, c16)', () => {
  it.each(LAYOUTS)('%s gives every node a place, and moves a pinned one by nothing', (layout) => {
    const state = star();
    const request = layoutRequestOf(state, drawnOf(state), layout);
    const { x, y } = layOut(request);
    expect([...x, ...y].every(Number.isFinite)).toBe(true);
    const pinned = request.ids.indexOf('vehicle:3');
    expect([x[pinned], y[pinned]]).toEqual([state.places['vehicle:3']!.x, state.places['vehicle:3']!.y]);
  });

  it('newcomers are set down among those that hold still', () => {
    const state = star();
    const request = layoutRequestOf(
      { ...state, pinned: Object.keys(state.nodes).slice(0, 5) },
      drawnOf(state),
      'force',
    );
    const { x } = layOut(request);
    expect([...x].slice(0, 5)).toEqual([...request.x].slice(0, 5));
  });
});

describe('rules (c19)', () => {
  const options = { dark: false, glyph: () => '企', nameOf: (k: string) => k, totals: new Map([['company:1', 7]]) };

  it('size by a number, colour by a text, a badge under a condition; the legend says the same', () => {
    const state = reduce(star(), {
      do: 'rules',
      rules: [
        { id: 'rule:1', target: 'node', when: null, set: 'size', value: null, by: 'mentions' },
        { id: 'rule:2', target: 'node', when: null, set: 'color', value: null, by: 'town' },
        {
          id: 'rule:3',
          target: 'node',
          when: { property: 'mentions', operator: '>=', value: 5 },
          set: 'badge',
          value: '!',
          by: null,
        },
      ],
    });
    const legend = legendOf(state);
    expect(legend[0]!.range).toEqual([0, 5]);
    expect(legend[1]!.colors.map((c) => c.value)).toEqual(['织里']);
    const look = lookOf(state, legend);
    const drawn = drawnOf(state).nodes;
    expect(look(drawn[0]!)).toEqual({ size: 0.7, color: legend[1]!.colors[0]!.color, badge: null });
    expect(look(drawn[5]!)).toMatchObject({ size: 2.5, color: null, badge: '!' });
  });

  it('a badge counts the neighbours that are not loaded (c3), and markup in a name stays text', () => {
    const state = star();
    const scene = sceneOf(state, drawnOf(state), options);
    expect(scene.nodes[0]!.hidden).toBe(2);
    expect(scene.edges.every((e) => e.kind === 'arrow')).toBe(true);
    const svg = svgOf(scene, state);
    expect(svg).toContain('&lt;company:1&gt;');
    expect(svg).not.toContain('<company');
  });
});
