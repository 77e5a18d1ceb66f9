import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { type World, type WorldLink, writeWorld } from '../stores/contract-world.ts';
import { tinyGraph } from '../tiny-graph.ts';
import { graphFromDatabase } from './from-database.ts';

async function withWorld(world: World, work: (db: Database) => Promise<void>): Promise<void> {
  const db = await Database.open(':memory:');
  try {
    await writeWorld(db, world);
    await work(db);
  } finally {
    db.close();
  }
}

const world: World = {
  entities: [
    ['b', 'company', 'B'],
    ['a', 'site', 'A'],
  ],
  links: [
    ['l0', 'owns', 'b', 'a', '2026-01-01', null, '2026-01-02', 2],
    ['l1', 'met', 'a', 'b', null, null, '2026-03-01'],
    ['l2', 'owns', 'a', 'ghost', null, null, '2026-01-01'],
    ['l3', 'owns', 'a', 'a'],
  ],
};

describe('graphFromDatabase', () => {
  it('numbers nodes by id and keeps rows, kinds and times', async () => {
    await withWorld(world, async (db) => {
      const { graph, report } = await graphFromDatabase(db);
      expect(graph.ids).toEqual(['a', 'b']);
      expect([...graph.nodeKind].map((k) => graph.nodeKinds[k])).toEqual(['site', 'company']);
      expect([...graph.row]).toEqual([3, 1, 0]);
      expect([...graph.kind].map((k) => graph.linkKinds[k])).toEqual(['owns', 'met', 'owns']);
      expect([...graph.validFromMs!]).toEqual([-Infinity, -Infinity, Date.parse('2026-01-01')]);
      expect([...graph.knownAtMs!]).toEqual([Infinity, Date.parse('2026-03-01'), Date.parse('2026-01-02')]);
      expect([...graph.weight!]).toEqual([1, 1, 2]);
      expect(report).toMatchObject({ read: 4, kept: 3, dangling: 1, outside: 0, danglingExamples: ['a → ghost'] });
    });
  });

  it('loads as of a moment, and some kinds only', async () => {
    await withWorld(world, async (db) => {
      const asOf = await graphFromDatabase(db, { asOfMs: Date.parse('2026-02-01') });
      expect([...asOf.graph.row]).toEqual([0]);
      expect(asOf.report).toMatchObject({ read: 4, kept: 1, dangling: 1, outside: 2 });
      const met = await graphFromDatabase(db, { linkKinds: ['met'], sliceRows: 1 });
      expect([...met.graph.row]).toEqual([1]);
      const not = await graphFromDatabase(db, { withoutLinkKinds: ['met'] });
      expect([...not.graph.row]).toEqual([3, 0]);
    });
  });

  it('agrees with the graph of columns, in slices of any size', async () => {
    const id = fc.constantFrom('甲', 'b', 'c', '𠀀', 'none');
    const link = fc.tuple(id, id, fc.constantFrom('x', 'y'), fc.option(fc.integer({ min: 0, max: 9 })));
    await fc.assert(
      fc.asyncProperty(fc.array(link, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), async (rows, sliceRows) => {
        const nodes = ['b', 'c', '甲', '𠀀'];
        const links = rows.map(([from, to, kind, weight], i): WorldLink => [
          `l${i}`,
          kind,
          from,
          to,
          null,
          null,
          null,
          weight,
        ]);
        await withWorld({ entities: nodes.map((n) => [n, 'thing', n] as const), links }, async (db) => {
          const { graph, report } = await graphFromDatabase(db, { sliceRows });
          const twin = tinyGraph(
            nodes,
            rows.map(([from, to, kind, weight]) => [from, to, { kind, weight }] as const),
          );
          expect(report).toEqual(twin.report);
          expect({ ...graph, kind: 0, linkKinds: 0 }).toEqual({ ...twin.graph, kind: 0, linkKinds: 0 });
          expect([...graph.kind].map((k) => graph.linkKinds[k])).toEqual(
            [...twin.graph.kind].map((k) => twin.graph.linkKinds[k]),
          );
        });
      }),
      { numRuns: 25 },
    );
  });

  it('refuses a repeated id and a negative weight', async () => {
    await withWorld({ entities: [world.entities[0]!, world.entities[0]!], links: [] }, async (db) => {
      await expect(graphFromDatabase(db)).rejects.toMatchObject({ code: 'repeated-id' });
    });
    await withWorld({ ...world, links: [['l', 'x', 'a', 'b', null, null, null, -2]] }, async (db) => {
      await expect(graphFromDatabase(db)).rejects.toMatchObject({ code: 'bad-weight' });
    });
  });
});
