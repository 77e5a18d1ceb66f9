import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SPOKES, contractWorld } from './contract-links.ts';
import type { World } from './contract-world.ts';
import type { GraphStore } from './store.ts';
import type { PathView, SubgraphView } from './views.ts';

/** What a home gives the suite: a store over a world, and how to let go of it. */
export interface OpenedStore {
  readonly store: GraphStore;
  dispose(): Promise<void>;
}

const ids = (view: { readonly nodes: readonly { readonly id: string }[] }): string[] => view.nodes.map((n) => n.id);
const linkIds = (view: SubgraphView): string[] => view.links.map((l) => l.id);
const stepIds = (path: PathView): string[][] => path.steps.map((s) => s.links.map((l) => l.id));

/** Holds a home to the answers of `GraphStore`. */
export function graphStoreContract(open: (world: World) => Promise<OpenedStore>): void {
  let opened: OpenedStore;
  let store: GraphStore;
  beforeAll(async () => {
    opened = await open(contractWorld());
    store = opened.store;
  });
  afterAll(async () => {
    await opened.dispose();
  });

  describe('nodes', () => {
    it('sets dangling links aside and keeps everything else', async () => {
      expect(await store.size()).toEqual({ nodes: 11 + SPOKES, links: 13 + SPOKES });
    });

    it('gives properties in the order asked, persons by pseudonym and never by name', async () => {
      const [person, plant, odd] = await store.nodes(['p:1', 'co:plant', 'x:\'"\\𠀀 ; drop']);
      expect(person).toMatchObject({ id: 'p:1', kind: 'person', label: '人员-7f3a', lon: null, lat: null });
      expect(plant).toEqual({
        id: 'co:plant',
        kind: 'company',
        label: '百川化工',
        mentions: 3,
        firstKnownAt: '2026-01-01T00:00:00.000Z',
        lon: 120.3,
        lat: 31.2,
        town: 'T1',
      });
      expect(odd!.label).toBe('怪名');
      expect(await store.nodes([])).toEqual([]);
    });

    it('names an id that it does not know', async () => {
      await expect(store.nodes(['co:plant', 'nobody'])).rejects.toMatchObject({ code: 'no-such-node' });
      await expect(store.expand('nobody')).rejects.toMatchObject({ code: 'no-such-node' });
      await expect(store.shortestPath('co:plant', 'nobody')).rejects.toMatchObject({ code: 'no-such-node' });
    });
  });

  describe('expand (c1)', () => {
    it('counts by kind, direction and neighbour before anything is loaded', async () => {
      expect(await store.neighbourCounts('v:2')).toEqual([
        { linkKind: 'met', direction: 'in', nodeKind: 'vehicle', links: 1, neighbours: 1 },
        { linkKind: 'owns', direction: 'in', nodeKind: 'company', links: 1, neighbours: 1 },
        { linkKind: 'stopped_at', direction: 'out', nodeKind: 'site', links: 2, neighbours: 1 },
      ]);
      expect(await store.neighbourCounts('v:2', { direction: 'out', linkKinds: ['owns', 'stopped_at'] })).toEqual([
        { linkKind: 'stopped_at', direction: 'out', nodeKind: 'site', links: 2, neighbours: 1 },
      ]);
      expect(await store.neighbourCounts('s:yard')).toEqual([
        { linkKind: 'part_of', direction: 'in', nodeKind: 'site', links: 1, neighbours: 1 },
        { linkKind: 'part_of', direction: 'out', nodeKind: 'site', links: 1, neighbours: 1 },
        { linkKind: 'stopped_at', direction: 'in', nodeKind: 'vehicle', links: 1, neighbours: 1 },
      ]);
      expect(await store.neighbourCounts('co:alone')).toEqual([]);
    });

    it('adds only the kind, direction and neighbours chosen', async () => {
      const typed = await store.expand('v:2', { linkKinds: ['stopped_at'] });
      expect(ids(typed)).toEqual(['v:2', 's:pit']);
      expect(linkIds(typed)).toEqual(['l05', 'l06']);
      expect(ids(await store.expand('v:2', { direction: 'in' }))).toEqual(['v:2', 'co:broker', 'v:1']);
      expect(ids(await store.expand('v:2', { nodeKinds: ['site'] }))).toEqual(['v:2', 's:pit']);
      expect(await store.expand('co:alone')).toMatchObject({ links: [], total: 0, shown: 0, remaining: 0 });
      expect(ids(await store.expand('s:yard'))).toEqual(['s:yard', 'v:1']);
    });

    it('gives links with their moments, weights and source rows', async () => {
      const { links } = await store.expand('co:plant', { linkKinds: ['origin_of'], evidence: true });
      expect((await store.expand('co:plant', { linkKinds: ['origin_of'] })).links[0]!.rowIds).toBeNull();
      expect(links).toEqual([
        {
          id: 'l01',
          kind: 'origin_of',
          from: 'co:plant',
          to: 'v:1',
          validFrom: '2026-03-01T00:00:00.000Z',
          validTo: '2026-03-02T00:00:00.000Z',
          knownAt: '2026-03-05T00:00:00.000Z',
          origin: 'recorded',
          probability: null,
          weight: 2,
          rowIds: ['src:l01'],
        },
      ]);
    });

    it('keeps what a link does not say apart from what it says', async () => {
      const { links } = await store.expand('p:1');
      expect(links.map((l) => [l.id, l.weight, l.validFrom, l.knownAt])).toEqual([
        ['l07', null, null, null],
        ['l08', null, null, '2025-01-01T00:00:00.000Z'],
      ]);
    });

    it('shows nothing that was not known yet, or did not hold', async () => {
      const asOf = '2026-03-01T00:00:00Z';
      expect(linkIds(await store.expand('v:2', { asOf }))).toEqual(['l03', 'l05', 'l06']);
      const window = { from: '2026-02-03T00:00:00Z', to: '2026-02-28T00:00:00Z' };
      expect(linkIds(await store.expand('v:2', { window }))).toEqual(['l03', 'l06']);
      await expect(store.expand('v:2', { asOf: 'soon' })).rejects.toMatchObject({ code: 'bad-moment' });
    });

    it('refuses what it does not understand', async () => {
      await expect(store.expand('v:2', { linkKind: 'owns' } as object)).rejects.toMatchObject({
        code: 'unknown-option',
      });
      await expect(store.expand('v:2', { limit: 0 })).rejects.toMatchObject({ code: 'bad-limit' });
      await expect(store.expand('v:2', { rank: 'luck' as 'weight' })).rejects.toMatchObject({ code: 'bad-choice' });
      await expect(store.expand('v:2', { direction: 'up' as 'in' })).rejects.toMatchObject({ code: 'bad-choice' });
    });
  });

  describe('supernode (c2)', () => {
    it('answers with a ranked page and how many remain', async () => {
      const page = await store.expand('hub', { limit: 25 });
      expect(page).toMatchObject({ total: SPOKES, shown: 25, remaining: SPOKES - 25 });
      const heavy = Array.from({ length: 20 }, (_x, i) => `n:${String(i * 1000 + 7).padStart(5, '0')}`);
      expect(ids(page)).toEqual(['hub', ...heavy, 'n:00000', 'n:00001', 'n:00002', 'n:00003', 'n:00004']);
      expect(page.links).toHaveLength(25);
    });

    it('pages on without a gap or a repeat, to the end', async () => {
      const first = await store.expand('hub', { limit: 30 });
      const a = await store.expand('hub', { limit: 15 });
      const b = await store.expand('hub', { limit: 15, offset: 15 });
      expect([...ids(a), ...ids(b).slice(1)]).toEqual(ids(first));
      const last = await store.expand('hub', { limit: 15, offset: SPOKES - 3 });
      expect(last).toMatchObject({ shown: 3, remaining: 0 });
      expect(await store.expand('hub', { offset: SPOKES + 5 })).toMatchObject({ shown: 0, remaining: 0 });
    });

    it('counts by kind, filters and ranks by other things', async () => {
      expect((await store.neighbourCounts('hub')).map((c) => [c.nodeKind, c.neighbours])).toEqual([
        ['company', SPOKES * 0.75],
        ['phone', SPOKES * 0.25],
      ]);
      expect((await store.expand('hub', { nodeKinds: ['phone'], limit: 1 })).total).toBe(SPOKES / 4);
      expect(ids(await store.expand('hub', { rank: 'degree', limit: 2 }))).toEqual(['hub', 'n:00000', 'n:00001']);
      expect(ids(await store.expand('v:2', { rank: 'recent' }))).toEqual(['v:2', 's:pit', 'v:1', 'co:broker']);
    });
  });

  describe('paths (c5)', () => {
    it('finds a path of fewest links, all links of each step side by side', async () => {
      const path = await store.shortestPath('co:plant', 's:pit');
      expect(ids(path!)).toEqual(['co:plant', 'v:1', 'v:2', 's:pit']);
      expect(stepIds(path!)).toEqual([['l01'], ['l04'], ['l05', 'l06']]);
      expect(path!.steps[2]!.links.map((l) => l.rowIds)).toEqual([['src:l05'], ['src:l06']]);
      expect(await store.shortestPath('co:plant', 'co:alone')).toBeNull();
      expect(await store.shortestPath('co:plant', 'co:plant')).toMatchObject({ steps: [] });
    });

    it('passes persons by their pseudonym, and goes round what is excluded', async () => {
      const [, person] = (await store.shortestPath('co:broker', 'co:dumper'))!.nodes;
      expect(person!.label).toBe('人员-7f3a');
      const round = await store.shortestPath('co:broker', 'co:dumper', { withoutNodeKinds: ['person'] });
      expect(ids(round!)).toEqual(['co:broker', 'v:2', 's:pit', 'co:dumper']);
      const not = { withoutNodes: ['p:1', 'v:2'] };
      expect(await store.shortestPath('co:broker', 'co:dumper', not)).toBeNull();
      const known = await store.shortestPath('co:broker', 'co:dumper', { asOf: '2026-12-31T00:00:00Z' });
      expect(ids(known!)).toEqual(['co:broker', 'v:2', 's:pit', 'co:dumper']);
    });

    it('minds direction and length', async () => {
      expect(await store.shortestPath('co:plant', 's:pit', { direction: 'out', maxHops: 2 })).toBeNull();
      expect(await store.shortestPath('co:plant', 's:pit', { direction: 'out' })).not.toBeNull();
      expect(await store.shortestPath('co:plant', 's:pit', { direction: 'in' })).toBeNull();
    });

    it('lists all shortest paths and counts them', async () => {
      const all = await store.allShortestPaths('v:1', 'co:dumper');
      expect(all.paths.map(ids)).toEqual([
        ['v:1', 'co:broker', 'p:1', 'co:dumper'],
        ['v:1', 'v:2', 's:pit', 'co:dumper'],
      ]);
      expect(all.total).toBe(2);
      expect(await store.allShortestPaths('v:1', 'co:dumper', { limit: 1 })).toMatchObject({ total: 2 });
      expect(await store.allShortestPaths('v:1', 'co:alone')).toEqual({ paths: [], total: 0 });
    });

    it('lists k short paths by length, then ids', async () => {
      expect((await store.shortPaths('v:1', 'co:dumper', 4)).map(ids)).toEqual([
        ['v:1', 'co:broker', 'p:1', 'co:dumper'],
        ['v:1', 'v:2', 's:pit', 'co:dumper'],
        ['v:1', 'co:broker', 'v:2', 's:pit', 'co:dumper'],
        ['v:1', 'v:2', 'co:broker', 'p:1', 'co:dumper'],
      ]);
      expect(await store.shortPaths('v:1', 'co:dumper', 9)).toHaveLength(4);
      expect(await store.shortPaths('v:1', 'co:dumper', 9, { maxHops: 3 })).toHaveLength(2);
      await expect(store.shortPaths('v:1', 'co:dumper', 0)).rejects.toMatchObject({ code: 'bad-k' });
    });
  });

  describe('time-respecting paths (c6)', () => {
    it('drops the path that runs backwards in time', async () => {
      const anyTime = await store.shortestPath('co:plant', 'v:2');
      expect(stepIds(anyTime!)).toEqual([['l01'], ['l04']]);
      expect(await store.timeRespectingPath('co:plant', 'v:2', { withoutNodes: ['co:broker'] })).toBeNull();
    });

    it('finds the one that runs forwards, with the moment of each step', async () => {
      const path = await store.timeRespectingPath('v:1', 's:pit');
      expect(stepIds(path!)).toEqual([['l04'], ['l05']]);
      expect(path!.steps.map((s) => s.at)).toEqual(['2026-01-10T00:00:00.000Z', '2026-02-01T00:00:00.000Z']);
      const late = await store.timeRespectingPath('v:1', 's:pit', { minGapHours: 24 * 24 });
      expect(stepIds(late!)).toEqual([['l04'], ['l06']]);
    });

    it('lets old links that still hold follow in mode during', async () => {
      const from = { withoutNodes: [], maxHops: 3 };
      expect(await store.timeRespectingPath('co:plant', 'v:2', from)).toBeNull();
      const path = await store.timeRespectingPath('co:plant', 'v:2', { ...from, mode: 'during' });
      expect(stepIds(path!)).toEqual([['l01'], ['l02'], ['l03']]);
    });
  });

  describe('surroundings', () => {
    it('joins three and says who cannot be joined', async () => {
      const network = await store.connect(['co:plant', 'co:broker', 's:yard', 'co:alone']);
      expect(ids(network)).toEqual(['co:alone', 'co:broker', 'co:plant', 's:yard', 'v:1']);
      expect(network.groups).toEqual([['co:alone'], ['co:broker', 'co:plant', 's:yard']]);
      expect(linkIds(network)).toEqual(['l02', 'l01', 'l10']);
    });

    it('gives what lies within some hops, nearest first, cut at a limit', async () => {
      const around = await store.ego(['co:plant'], { maxHops: 2 });
      expect(ids(around)).toEqual(['co:plant', 'v:1', 'x:\'"\\𠀀 ; drop', 'co:broker', 's:yard', 'v:2']);
      expect(linkIds(around)).toEqual(['l02', 'l03', 'l01', 'l11', 'l10', 'l04', 'l12']);
      const cut = await store.ego(['hub'], { maxHops: 1, limit: 10 });
      expect([cut.nodes.length, cut.total]).toEqual([10, SPOKES + 1]);
    });

    it('gives the links among some nodes', async () => {
      expect(linkIds(await store.among(['v:2', 'v:1', 's:pit', 'v:2']))).toEqual(['l04', 'l05', 'l06']);
      expect(linkIds(await store.among(['v:2', 's:pit'], { asOf: '2026-02-05T00:00:00Z' }))).toEqual(['l05']);
    });

    it('finds who touches several', async () => {
      const common = await store.commonNeighbours(['co:broker', 'co:dumper']);
      expect(common.map((c) => [c.node.id, c.node.label, c.shared])).toEqual([['p:1', '人员-7f3a', 2]]);
      const some = await store.commonNeighbours(['co:broker', 'co:dumper', 'v:2'], { least: 2 });
      expect(some.map((c) => [c.node.id, c.shared])).toEqual([
        ['p:1', 2],
        ['s:pit', 2],
        ['v:1', 2],
      ]);
      await expect(store.commonNeighbours(['v:2'])).rejects.toMatchObject({ code: 'too-few-nodes' });
    });
  });
}
