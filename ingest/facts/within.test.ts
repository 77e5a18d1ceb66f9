import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SourceDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { BASE, factsOf, handDatabase, table } from './hand-tables.ts';

let db: Database;
beforeEach(async () => {
  db = await handDatabase();
});
afterEach(() => db.close());

describe('within', () => {
  const GEO: SourceDescription = {
    ...BASE,
    id: 'geo',
    columns: [
      { name: 'id', kind: 'text' },
      { name: 'kind', kind: 'category' },
      { name: 'name', kind: 'text' },
      { name: 'geometry', kind: 'json' },
      { name: 'lon', kind: 'lon' },
      { name: 'lat', kind: 'lat' },
    ],
    key: ['id'],
    mentions: [
      { role: 'zone', kind: 'zone', fields: { key: 'id', name: 'name' }, when: `kind = 'zone'` },
      { role: 'town', kind: 'area', fields: { key: 'id', name: 'name' }, when: `kind = 'town'` },
      { role: 'gate', kind: 'gate', fields: { key: 'id', lon: 'lon', lat: 'lat' }, when: `kind = 'gate'` },
    ],
  };
  const square = (w: number, s: number, size: number) => [
    [w, s],
    [w + size, s],
    [w + size, s + size],
    [w, s + size],
    [w, s],
  ];

  test('points lie in the zones that hold them, not in holes, and take the town’s name', async () => {
    const holed = JSON.stringify({ type: 'Polygon', coordinates: [square(120, 30, 0.1), square(120.04, 30.04, 0.02)] });
    const town = JSON.stringify({ type: 'MultiPolygon', coordinates: [[square(119, 29, 0.01)], [square(120, 30, 1)]] });
    await table(db, GEO, [
      `'geo:1', '2026-01-01', '2026-01-03', 'z', 'zone', '禁采区', '${holed}', null, null`,
      `'geo:2', '2026-01-01', '2026-01-01', 't', 'town', '织里镇', '${town}', null, null`,
      `'geo:3', '2026-01-01', '2026-01-02', 'in', 'gate', null, null, 120.01, 30.01`,
      `'geo:4', '2026-01-01', '2026-01-02', 'hole', 'gate', null, null, 120.05, 30.05`,
      `'geo:5', '2026-01-01', '2026-01-02', 'out', 'gate', null, null, 121.5, 30.05`,
    ]);
    expect((await factsOf(db, [GEO])).withinLinks).toBe(3);
    expect(await db.rows(`select from_id, to_id, known_at, origin, row_ids from link order by all`)).toEqual([
      {
        from_id: 'gate:hole',
        to_id: 'area:t',
        known_at: '2026-01-02T00:00:00.000Z',
        origin: 'derived',
        row_ids: expect.arrayContaining(['geo:2', 'geo:4']) as unknown,
      },
      {
        from_id: 'gate:in',
        to_id: 'area:t',
        known_at: '2026-01-02T00:00:00.000Z',
        origin: 'derived',
        row_ids: expect.arrayContaining(['geo:2', 'geo:3']) as unknown,
      },
      {
        from_id: 'gate:in',
        to_id: 'zone:z',
        known_at: '2026-01-03T00:00:00.000Z',
        origin: 'derived',
        row_ids: expect.arrayContaining(['geo:1', 'geo:3']) as unknown,
      },
    ]);
    expect(await db.rows(`select entity_id, town from entity where kind = 'gate' order by all`)).toEqual([
      { entity_id: 'gate:hole', town: '织里镇' },
      { entity_id: 'gate:in', town: '织里镇' },
      { entity_id: 'gate:out', town: null },
    ]);
  });
});
