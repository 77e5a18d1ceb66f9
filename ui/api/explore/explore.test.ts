import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { graphStoreOf } from '../graph-store.ts';
import { entityContext, eventsAround, mapLayers, tracksOf } from './index.ts';
import { Database } from '../../../ingest/tables/index.ts';
import { WAREHOUSE_TABLES, createTableSql } from '../../../ingest/schema/index.ts';

let db: Database;

/** A firm with a truck and a driver: three events, one with the driver; four positions; one zone. */
beforeAll(async () => {
  db = await Database.open(':memory:');
  for (const table of Object.keys(WAREHOUSE_TABLES)) await db.run(createTableSql(table));
  await db.run(`insert into entity values
    ('company:1', 'company', '恒丰', null, 3, '2025-01-01', null, null, '织里'),
    ('vehicle:1', 'vehicle', '浙E1', null, 3, '2025-01-01', null, null, null),
    ('person:1', 'person', '张三', '人员-1', 1, '2025-01-01', null, null, null)`);
  await db.run(
    `insert into entity_key values ('vehicle', 'plate', '浙E1', 'vehicle:1'), ('person', 'person_hash', 'abc', 'person:1'), ('company', 'uscc', '913', 'company:1')`,
  );
  await db.run(`insert into event values
    ('e1', 'trip', '2025-01-31 15:59:00', null, null, null, 5, 't', 'open', 'r:1'),
    ('e2', 'trip', '2025-01-31 16:01:00', null, null, null, null, null, '张三 drove', 'r:2'),
    ('e3', 'check', '2025-03-01 00:00:00', null, 120, 30, null, null, 'other', 'r:3')`);
  await db.run(
    `insert into event_participant values ('e1', 'truck', 'vehicle:1'), ('e1', 'firm', 'company:1'), ('e2', 'truck', 'vehicle:1'), ('e2', 'driver', 'person:1'), ('e3', 'firm', 'company:1')`,
  );
  await db.run(`create table src_trn_gps (row_id varchar, plate varchar, "at" timestamp, lon double, lat double)`);
  await db.run(
    `insert into src_trn_gps select 'g:' || i, '浙E1', timestamp '2025-01-01' + interval (i) minute, 120 + i / 100.0, 30 from range(11) t(i)`,
  );
  await db.run(
    `create table src_geo_element (element_id varchar, kind varchar, name varchar, geometry varchar, valid_to date)`,
  );
  await db.run(
    `insert into src_geo_element values ('z1', 'town', '织里', '{"type":"Point","coordinates":[120,30]}', null), ('z2', 'town', 'old', '{"type":"Point","coordinates":[1,1]}', '2001-01-01')`,
  );
});
afterAll(() => db.close());

const all = { from: null, to: null, limit: 10 };

describe('events around entities', () => {
  it('come in order of time with those asked for, and their number by month in China time', async () => {
    expect(await eventsAround(db, { ...all, ids: ['company:1'] })).toMatchObject({
      events: [
        { id: 'e1', entityIds: ['company:1'], text: 'open', value: 5 },
        { id: 'e3', entityIds: ['company:1'] },
      ],
      total: 2,
      notShown: 0,
      months: [
        { month: '2025-01', kind: 'trip', count: 1 },
        { month: '2025-03', kind: 'check', count: 1 },
      ],
    });
    const two = (await eventsAround(db, { ...all, ids: ['vehicle:1'] })) as { months: { month: string }[] };
    expect(two.months.map((m) => m.month)).toEqual(['2025-01', '2025-02']);
  });

  it('say nothing in words where a person takes part', async () => {
    const { events } = (await eventsAround(db, { ...all, ids: ['vehicle:1'] })) as {
      events: { text: string | null }[];
    };
    expect(events.map((e) => e.text)).toEqual(['open', null]);
  });

  it('in a window, the latest of too many, and how many are left out', async () => {
    const asked = { ids: ['vehicle:1', 'company:1'], from: '2025-01-31T16:00:00Z', to: null, limit: 1 };
    expect(await eventsAround(db, asked)).toMatchObject({ events: [{ id: 'e3' }], total: 2, notShown: 1 });
  });
});

it('a track keeps its first and last point, and says how many were left out', async () => {
  const [track] = await tracksOf(db, { ids: ['vehicle:1', 'company:1'], from: null, to: null, points: 8 });
  expect(track!.points.map((p) => p[0])).toEqual([120, 120.03, 120.06, 120.09, 120.1]);
  expect([track!.total, track!.notShown]).toEqual([11, 6]);
  expect(await tracksOf(db, { ids: ['person:1'], from: null, to: null, points: 8 })).toEqual([]);
});

it('the ground is what holds today', async () => {
  expect(await mapLayers(db)).toMatchObject({ features: [{ id: 'z1', properties: { kind: 'town', name: '织里' } }] });
});

describe('the surroundings of one entity', () => {
  it('numbers of a firm are open, those of a person are not', async () => {
    const of = async (id: string) => (await entityContext(db, id, new Map())) as { keys: unknown[]; events: unknown[] };
    expect((await of('company:1')).keys).toEqual([{ keyKind: 'uscc', key: '913' }]);
    expect((await of('person:1')).keys).toEqual([]);
    expect((await of('company:1')).events).toHaveLength(2);
  });
  it('an entity that is not there is named', async () => {
    await expect(entityContext(db, 'company:9', new Map())).rejects.toThrow('no entity "company:9"');
  });
});

it('questions that meet an unloaded graph share the loading', async () => {
  expect(graphStoreOf(db)).toBe(graphStoreOf(db));
  expect(await (await graphStoreOf(db)).size()).toEqual({ nodes: 3, links: 0 });
});
