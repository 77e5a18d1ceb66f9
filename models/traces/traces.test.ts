import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { type HandRow, handDatabase, put, putEntity, utc } from '../typologies/hand-tables.ts';
import { buildTraces } from './build.ts';
import { PlaceIndex, metresBetween, metresTo } from './nearest.ts';
import { buildVehicleKeys, sightingsSql } from './sightings.ts';

const START = '2026-03-10T14:00:00'; // 22:00 local
const LON = 120.1;
const LAT = 30.8;
/** Degrees east for metres, at 30.8° N. */
const east = (m: number) => m / 95_600;

/** A left join whose condition speaks of its left side alone makes the engine compare all with all: harmless on a page of rows, endless on nine million. */
it('no join of gate passes with vehicles compares all with all', async () => {
  const db = await handDatabase();
  try {
    await buildVehicleKeys(db);
    await db.run('create table trace_gate_skew (gate VARCHAR, skew_s DOUBLE)');
    const plan = await db.rows<{ explain_value: string }>(`explain ${sightingsSql()}`);
    expect(plan.map((p) => p.explain_value).join('\n')).toContain('HASH_JOIN');
    expect(plan.map((p) => p.explain_value).join('\n')).not.toMatch(/BLOCKWISE_NL_JOIN|NESTED_LOOP_JOIN/);
  } finally {
    db.close();
  }
});

describe('traces', () => {
  let db: Database;
  beforeEach(async () => {
    db = await handDatabase();
    await putEntity(db, { id: 'v:A', kind: 'vehicle', keys: { plate: '浙EA0001', plate_class: '浙EA0001|01' } });
    await putEntity(db, { id: 'v:B', kind: 'vehicle', keys: { plate: '浙EB0002', plate_class: '浙EB0002|02' } });
    await putEntity(db, { id: 's:1', kind: 'ship', keys: { mmsi: '413990001' } });
    await putEntity(db, { id: 's:2', kind: 'ship', keys: { mmsi: '413990002' } });
    await putEntity(db, { id: 'site:1', kind: 'site', keys: { permit_no: 'P1' }, lon: LON + east(200), lat: LAT });
    await put(db, 'src_geo_element', [
      ...['G1', 'G2', 'G3'].map((id, i) => ({
        row_id: `geo:${id}`,
        element_id: id,
        kind: 'gate',
        lon: LON + 0.05 * i,
        lat: LAT,
      })),
      {
        row_id: 'geo:pit',
        element_id: 'pit-1',
        kind: 'pit',
        lon: LON,
        lat: LAT,
        geometry: JSON.stringify({ type: 'Polygon', coordinates: [square(LON, LAT, 0.0005)] }),
      },
      { row_id: 'geo:pit2', element_id: 'pit-2', kind: 'pit', lon: LON + 0.01, lat: LAT },
    ]);
    for (const id of ['G1', 'G2', 'G3', 'pit-1'])
      await putEntity(db, { id: `e:${id}`, kind: 'zone', keys: { element_id: id } });
  });
  afterEach(() => db.close());

  const gps = (points: readonly (readonly [min: number, m: number, kmh: number, load: number | null])[]): HandRow[] =>
    points.map(([min, m, kmh, load], i) => ({
      row_id: `g:${String(i).padStart(3, '0')}`,
      terminal: 'T1',
      plate: '浙EA0001',
      at: utc(START, min),
      known_at: utc(START, min + 1),
      lon: LON + east(m),
      lat: LAT,
      speed_kmh: kmh,
      load,
      alarm: 0,
    }));

  it('finds a stop of 8 minutes with load before and after, its element and site; not one of 4', async () => {
    await put(
      db,
      'src_trn_gps',
      gps([
        [0, -5000, 40, 3],
        [2, -3000, 40, 3],
        [10, 0, 0, 3],
        [14, 2, 1, null],
        [18, 1, 2, 0],
        [19, 900, 40, 0],
        [20, 2000, 0, 0],
        [24, 2000, 0, 0],
        [25, 3000, 40, 0],
      ]),
    );
    const report = await buildTraces(db);
    const stops = await db.rows('select * exclude (stop_id) from trace_stop');
    expect(stops).toEqual([
      {
        vehicle_id: 'v:A',
        terminal: 'T1',
        plate: '浙EA0001',
        start_at: `${utc(START, 10)}.000Z`,
        end_at: `${utc(START, 18)}.000Z`,
        dwell_min: 8,
        lon: expect.closeTo(LON, 4),
        lat: LAT,
        load_before: 3,
        load_after: 0,
        points: 3,
        power_cut: false,
        element_id: 'pit-1',
        element_kind: 'pit',
        element_m: 0,
        site_id: 'site:1',
        site_m: expect.closeTo(199, -1),
        row_ids: ['g:002', 'g:003', 'g:004'],
        known_at: `${utc(START, 19)}.000Z`,
      },
    ]);
    expect(report.rows['trace_stop']).toBe(1);
    expect(
      await db.rows(
        `select kind, from_id, to_id, origin, weight, row_ids, known_at from link where kind = 'stopped_at'`,
      ),
    ).toEqual([
      {
        kind: 'stopped_at',
        from_id: 'v:A',
        to_id: 'site:1',
        origin: 'derived',
        weight: 1,
        row_ids: ['g:002'],
        known_at: `${utc(START, 19)}.000Z`,
      },
    ]);
  });

  it('keeps unread plates, and links what it read', async () => {
    await put(db, 'src_pol_gate_pass', [
      pass(1, 'G1', '浙EA0001', '01', 0),
      pass(2, 'G1', null, null, 1),
      pass(3, 'G1', '浙EZ9999', '01', 2),
    ]);
    await buildTraces(db);
    expect(await db.rows('select row_id, vehicle_id, plate, gate_id from trace_sighting order by row_id')).toEqual([
      { row_id: 'p:1', vehicle_id: 'v:A', plate: '浙EA0001', gate_id: 'e:G1' },
      { row_id: 'p:2', vehicle_id: null, plate: null, gate_id: 'e:G1' },
      { row_id: 'p:3', vehicle_id: null, plate: '浙EZ9999', gate_id: 'e:G1' },
    ]);
    expect(await db.rows(`select from_id, to_id, probability from link where kind = 'seen_at'`)).toEqual([
      { from_id: 'v:A', to_id: 'e:G1', probability: 0.9 },
    ]);
  });

  it('sees a convoy at three gates within 120 s each, and none at two', async () => {
    const both = (gate: string, min: number, lag: number, n: number) => [
      pass(n, gate, '浙EA0001', '01', min),
      pass(n + 1, gate, '浙EB0002', '02', min + lag),
    ];
    await put(db, 'src_pol_gate_pass', [...both('G1', 0, 1, 1), ...both('G2', 20, 2, 3), ...both('G3', 40, -1, 5)]);
    await buildTraces(db);
    const convoys = await db.rows<{ row_ids: string[] }>('select a_id, b_id, night, gates, row_ids from trace_convoy');
    expect(convoys).toEqual([
      { a_id: 'v:A', b_id: 'v:B', night: '2026-03-10', gates: 3, row_ids: ['p:1', 'p:2', 'p:3', 'p:4', 'p:5', 'p:6'] },
    ]);
    await db.run(`update src_pol_gate_pass set pass_at = pass_at + interval 5 minute where row_id = 'p:6'`);
    await buildTraces(db);
    expect(await db.rows('select 1 from trace_convoy')).toEqual([]);
    expect(await db.rows(`select 1 from link where kind = 'travels_with'`)).toEqual([]);
  });

  it('estimates a gate clock from five passes of a vehicle with GPS, and corrects its sightings', async () => {
    const days = [0, 1, 2, 3, 4];
    await put(
      db,
      'src_trn_gps',
      days
        .flatMap((d) =>
          gps([
            [d * 1440 - 1, -700, 40, 0],
            [d * 1440, 0, 40, 0],
            [d * 1440 + 1, 700, 40, 0],
          ]),
        )
        .map((r, i) => ({ ...r, row_id: `g:${i}` })),
    );
    await put(
      db,
      'src_pol_gate_pass',
      days.map((d) => pass(d, 'G1', '浙EA0001', '01', d * 1440 + 3)),
    );
    await buildTraces(db);
    expect(await db.rows('select gate, skew_s, passes from trace_gate_skew')).toEqual([
      { gate: 'G1', skew_s: 180, passes: 5 },
    ]);
    expect(await db.rows(`select "at" from trace_sighting where row_id = 'p:0'`)).toEqual([
      { at: `${utc(START, 0)}.000Z` },
    ]);
  });

  it('sees a silence of a ship with its draught on both sides, and two ships side by side', async () => {
    const ais = (n: number, mmsi: string, min: number, m: number, sog: number, draught: number): HandRow => ({
      row_id: `a:${String(n).padStart(3, '0')}`,
      mmsi,
      at: utc(START, min),
      known_at: utc(START, min + 10),
      lon: LON + east(m),
      lat: LAT,
      sog_kn: sog,
      draught_m: draught,
    });
    const rows: HandRow[] = [];
    for (let i = 0; i < 8; i++) rows.push(ais(rows.length, '413990001', i * 5, 0, 0.2, 2.4));
    rows.push(ais(rows.length, '413990001', 200, 4000, 5, 1.1));
    for (let i = 0; i < 6; i++) rows.push(ais(rows.length, '413990002', i * 5, 30, 0.1, 1.0));
    await put(db, 'src_ship_ais', rows);
    await buildTraces(db);
    expect(
      await db.rows('select kind, subject_id, minutes, draught_before, draught_after, row_ids from trace_gap'),
    ).toEqual([
      {
        kind: 'ais',
        subject_id: 's:1',
        minutes: 165,
        draught_before: 2.4,
        draught_after: 1.1,
        row_ids: ['a:007', 'a:008'],
      },
    ]);
    const meetings = await db.rows<{ row_ids: string[] }>('select a_id, b_id, minutes, row_ids from trace_meeting');
    expect(meetings).toHaveLength(1);
    expect(meetings[0]).toMatchObject({ a_id: 's:1', b_id: 's:2', minutes: 25 });
    expect(meetings[0]!.row_ids).toHaveLength(12); // six points of each; the first ship's last two lie in a slot that the second has left
    expect(await db.rows(`select from_id, to_id from link where kind = 'met'`)).toEqual([
      { from_id: 's:1', to_id: 's:2' },
    ]);
  });

  it('gives empty traces and names what is absent', async () => {
    for (const t of ['src_trn_gps', 'src_pol_gate_pass', 'src_ship_ais']) await db.run(`drop table ${t}`);
    const report = await buildTraces(db);
    expect(report.absent).toEqual(['src_trn_gps', 'src_pol_gate_pass', 'src_ship_ais']);
    expect(Object.values(report.rows)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('refuses to run before resolution', async () => {
    const bare = await Database.open(':memory:');
    await expect(buildTraces(bare)).rejects.toThrow(/run resolveEntities first/);
    bare.close();
  });
});

describe('places', () => {
  it('agrees with a naive search', () => {
    const places = Array.from({ length: 60 }, (_x, i) => ({
      id: `p${i}`,
      kind: 'pit',
      lon: 120 + ((i * 37) % 60) / 500,
      lat: 30.8 + ((i * 53) % 60) / 500,
      polygons: i % 3 === 0 ? [[square(120 + ((i * 37) % 60) / 500, 30.8 + ((i * 53) % 60) / 500, 0.004)]] : [],
    }));
    const index = new PlaceIndex(places, 2000);
    for (let k = 0; k < 400; k++) {
      const lon = 119.99 + ((k * 71) % 400) / 2800;
      const lat = 30.79 + ((k * 113) % 400) / 2800;
      const naive = places
        .map((place) => ({ place, metres: metresTo(place, lon, lat) }))
        .filter((n) => n.metres <= 2000)
        .sort((a, b) => a.metres - b.metres || (a.place.id < b.place.id ? -1 : 1))[0];
      expect(index.nearest(lon, lat)?.place.id ?? null).toBe(naive?.place.id ?? null);
    }
  });

  it('agrees with a naive search among thousands, where the grid is narrow and rings are left out', () => {
    const places = Array.from({ length: 5600 }, (_x, i) => ({
      id: `p${i}`,
      kind: 'site',
      lon: 120 + ((i * 7919) % 5600) / 40_000,
      lat: 30.8 + ((i * 104_729) % 5591) / 40_000,
      polygons: [],
    }));
    const index = new PlaceIndex(places, 1000);
    for (let k = 0; k < 80; k++) {
      const [lon, lat] = [119.985 + ((k * 71) % 80) / 480, 30.785 + ((k * 37) % 80) / 480];
      const naive = places
        .map((place) => ({ place, metres: metresTo(place, lon, lat) }))
        .filter((n) => n.metres <= 1000)
        .sort((x, y) => x.metres - y.metres || (x.place.id < y.place.id ? -1 : 1))[0];
      expect(index.nearest(lon, lat)?.place.id ?? null).toBe(naive?.place.id ?? null);
    }
  });

  it('measures a hundredth of a degree', () => {
    expect(metresBetween(120, 31, 120.01, 31)).toBeCloseTo(954.2, 0);
    expect(metresBetween(120, 31, 120, 31.01)).toBeCloseTo(1109.5, 0);
  });

  it('refuses a reach of nothing', () => {
    expect(() => new PlaceIndex([], 0)).toThrow(/pass metres > 0/);
  });
});

function square(lon: number, lat: number, half: number): [number, number][] {
  return [
    [lon - half, lat - half],
    [lon + half, lat - half],
    [lon + half, lat + half],
    [lon - half, lat + half],
    [lon - half, lat - half],
  ];
}

function pass(n: number, gate: string, plate: string | null, plateClass: string | null, minute: number): HandRow {
  return {
    row_id: `p:${n}`,
    pass_id: String(n),
    gate,
    plate,
    plate_class: plateClass,
    reliability: 90,
    direction: 'in',
    covered: false,
    pass_at: utc(START, minute),
    known_at: utc(START, minute + 5),
  };
}
