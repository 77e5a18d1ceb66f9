import type { Bilingual } from '../../../ingest/schema/index.ts';
import type { Database } from '../../../ingest/tables/index.ts';
import { TONES, type Tile, type TileGroup, type TileRow, type Tone } from './tile.ts';
import { TILES, isThere, sqlOf, tableNames, tileRows } from './tiles.ts';

/** A tile on the wall: how many lines its list has, of which tone, and the first of them. */
export interface TileFigure {
  readonly id: string;
  readonly group: TileGroup;
  readonly title: Bilingual;
  readonly note: Bilingual;
  readonly total: number;
  readonly tones: Readonly<Record<Tone, number>>;
  readonly rows: readonly TileRow[];
  readonly notShown: number;
}

/** Something counted by month over the last year, oldest first; months without any are 0. */
export interface Trend {
  readonly id: string;
  readonly title: Bilingual;
  readonly points: readonly { readonly month: string; readonly count: number }[];
}

export interface Cockpit {
  readonly asOf: string;
  readonly tiles: readonly TileFigure[];
  readonly trends: readonly Trend[];
  /** Places that the map shows: one point a line of the tiles that have coordinates. */
  readonly points: readonly (Pick<TileRow, 'id' | 'zh' | 'en' | 'tone' | 'lon' | 'lat' | 'entityId' | 'leadId'> & {
    readonly tile: string;
  })[];
  /** Lines with a place that are not among `points`. */
  readonly pointsNotShown: number;
}

const MAP_TILES = ['sections', 'monitors', 'power', 'leads-week', 'signals-month', 'tickets-week'];
const MAX_POINTS = 1500;

/** All that the wall shows of a run. Cost: one query a tile; a caller may keep it as long as the snapshot. */
export async function cockpit(db: Database): Promise<Cockpit> {
  const tables = await tableNames(db);
  const asOf = await _asOf(db, tables);
  const there = TILES.filter((t) => isThere(t, tables));
  const tiles: TileFigure[] = [];
  for (const tile of there) tiles.push(await _figure(db, tile, { tables, asOf }));
  const points: Cockpit['points'][number][] = [];
  for (const tile of there.filter((t) => MAP_TILES.includes(t.id)))
    for (const r of await tileRows(db, sqlOf(tile, tables), { order: tile.order, asOf, limit: 100_000, offset: 0 }))
      if (r.lon !== null && r.lat !== null)
        points.push({
          tile: tile.id,
          id: r.id,
          zh: r.zh,
          en: r.en,
          tone: r.tone,
          lon: r.lon,
          lat: r.lat,
          entityId: r.entityId,
          leadId: r.leadId,
        });
  return {
    asOf,
    tiles,
    trends: await _trends(db, tables, asOf),
    points: points.slice(0, MAX_POINTS),
    pointsNotShown: Math.max(0, points.length - MAX_POINTS),
  };
}

/** The moment of a snapshot, ISO 8601 UTC: what its run was made as of. */
export async function snapshotAsOf(db: Database): Promise<string> {
  return _asOf(db, await tableNames(db));
}

async function _asOf(db: Database, tables: ReadonlySet<string>): Promise<string> {
  for (const [table, column] of [
    ['as_of', 'as_of'],
    ['lead', 'as_of'],
    ['run_info', 'as_of'],
  ] as const) {
    if (!tables.has(table)) continue;
    const at = (await db.rows<{ at: string | null }>(`select max(${column}) as "at" from ${table}`))[0]?.at;
    if (at !== null && at !== undefined) return at;
  }
  return '1970-01-01T00:00:00.000Z';
}

async function _figure(
  db: Database,
  tile: Tile,
  { tables, asOf }: { readonly tables: ReadonlySet<string>; readonly asOf: string },
): Promise<TileFigure> {
  const sql = sqlOf(tile, tables);
  const counts = (
    await db.rows<Record<Tone | 'total', number>>(
      `select count(*) as total, ${TONES.map((t) => `count(*) filter (tone = '${t}') as "${t}"`).join(', ')} from (${sql})`,
      { asOf },
    )
  )[0]!;
  const { total, ...tones } = counts;
  const rows =
    tile.shown === 0 ? [] : await tileRows(db, sql, { order: tile.order, asOf, limit: tile.shown, offset: 0 });
  const { id, group, title, note } = tile;
  return { id, group, title, note, total, tones, rows, notShown: total - rows.length };
}

const TRENDS = [
  { id: 'complaints', title: { zh: '投诉', en: 'Complaints' }, needs: 'event', from: `event where kind = 'complaint'` },
  { id: 'signals', title: { zh: '模型信号', en: 'Signals' }, needs: 'signal', from: `signal where true` },
  { id: 'penalties', title: { zh: '处罚', en: 'Penalties' }, needs: 'event', from: `event where kind = 'penalty'` },
] as const;

/** The last twelve whole months and the present one, in China time. */
async function _trends(db: Database, tables: ReadonlySet<string>, asOf: string): Promise<Trend[]> {
  const out: Trend[] = [];
  for (const trend of TRENDS) {
    if (!tables.has(trend.needs)) continue;
    const points = await db.rows<Trend['points'][number]>(
      `with m as (select unnest(generate_series(date_trunc('month', $asOf::timestamp + interval 8 hour) - interval 12 month,
          date_trunc('month', $asOf::timestamp + interval 8 hour), interval 1 month)) as month),
        n as (select date_trunc('month', "at" + interval 8 hour) as month, count(*) as n from ${trend.from} and "at" <= $asOf::timestamp group by 1)
       select strftime(m.month, '%Y-%m') as month, coalesce(n.n, 0) as count from m left join n on n.month = m.month order by 1`,
      { asOf },
    );
    out.push({ id: trend.id, title: trend.title, points });
  }
  return out;
}
