import { type SourceDescription, typedColumns } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { linkIdSql } from './links.ts';
import { type Rings, boxOf, isInside, polygonsOf } from './polygon.ts';
import { mentionIdSql, roleSql, rowsSql } from './role-sql.ts';

/** Kinds whose place is looked up in zones. */
const PLACED_KINDS = ['site', 'gate', 'outlet', 'section'];
const CELL_DEGREES = 0.01;

interface Zone {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
  readonly rowId: string;
  readonly rings: Rings;
}

/** Derives `within` links (site, gate, outlet, section → zone or area) by point in polygon, and fills `entity.town` where an area holds the entity
 *  and the address did not say. Zones are the `zone` and `area` mentions of sources that have a `geometry` column (GeoJSON).
 *  A link is known when both the zone and the place are. @returns links made */
export async function addWithinLinks(db: Database, descriptions: readonly SourceDescription[]): Promise<number> {
  const zones = await _zonesOf(db, descriptions);
  if (zones.length === 0) return 0;
  const kinds = PLACED_KINDS.map((k) => `'${k}'`).join(', ');
  const placed = await db.rows<{ entity_id: string; lon: number; lat: number }>(
    `select entity_id, lon, lat from entity where kind in (${kinds}) and lon is not null and lat is not null order by entity_id`,
  );
  const grid = _gridOf(zones);
  const hits: { entity: string; zone: Zone }[] = [];
  for (const p of placed) {
    const seen = new Set<string>();
    for (const z of grid.get(_cell(p.lon, p.lat)) ?? [])
      if (!seen.has(z.id) && z.id !== p.entity_id && isInside(p.lon, p.lat, z.rings)) {
        seen.add(z.id);
        hits.push({ entity: p.entity_id, zone: z });
      }
  }
  await _write(db, hits);
  return hits.length;
}

async function _zonesOf(db: Database, descriptions: readonly SourceDescription[]): Promise<Zone[]> {
  const zones: Zone[] = [];
  for (const d of descriptions) {
    if (!typedColumns(d).some((c) => c.name === 'geometry')) continue;
    for (const m of d.mentions) {
      if ((m.kind !== 'zone' && m.kind !== 'area') || m.distinct === true || m.each !== undefined) continue;
      const role = roleSql(m);
      const name = role.fields.find((f) => f.field === 'name')?.sql ?? 'null::varchar';
      const rows = await db.rows<{ id: string; kind: string; name: string | null; row_id: string; geometry: string }>(
        `select e.entity_id as id, e.kind, r.name_ as name, r.row_id, r.geometry
         from (select row_id, geometry, ${name} as name_, ${mentionIdSql(d, role)} as mention_id from ${rowsSql(d, [m])} where ${role.condition} and geometry is not null) r
         join entity_mention e using (mention_id) order by r.row_id`,
      );
      for (const r of rows)
        for (const rings of polygonsOf(r.geometry))
          zones.push({ id: r.id, kind: r.kind, name: r.name, rowId: r.row_id, rings });
    }
  }
  return zones;
}

/** Zones by the cell of a grid of about a kilometre that their box touches. */
function _gridOf(zones: readonly Zone[]): Map<string, Zone[]> {
  const grid = new Map<string, Zone[]>();
  for (const z of zones) {
    const [west, south, east, north] = boxOf(z.rings);
    for (let x = Math.floor(west / CELL_DEGREES); x <= Math.floor(east / CELL_DEGREES); x++)
      for (let y = Math.floor(south / CELL_DEGREES); y <= Math.floor(north / CELL_DEGREES); y++) {
        const list = grid.get(`${x} ${y}`);
        if (list === undefined) grid.set(`${x} ${y}`, [z]);
        else list.push(z);
      }
  }
  return grid;
}

function _cell(lon: number, lat: number): string {
  return `${Math.floor(lon / CELL_DEGREES)} ${Math.floor(lat / CELL_DEGREES)}`;
}

async function _write(db: Database, hits: readonly { entity: string; zone: Zone }[]): Promise<void> {
  const text = (of: (h: { entity: string; zone: Zone }) => string | null) => ({
    kind: 'text' as const,
    values: hits.map(of),
  });
  await db.tableFrom('inside', {
    rows: hits.length,
    data: {
      entity_id: text((h) => h.entity),
      zone_id: text((h) => h.zone.id),
      zone_kind: text((h) => h.zone.kind),
      zone_name: text((h) => h.zone.name),
      zone_row: text((h) => h.zone.rowId),
    },
  });
  await db.run(`create or replace temp table place_row as
    select e.entity_id, arg_min(m.row_id, {'k': m.known_at, 'r': m.row_id}) as row_id, min(m.known_at) as known_at
    from entity_mention e join mention m using (mention_id) where m.lon is not null and m.lat is not null and e.entity_id in (select entity_id from inside) group by e.entity_id`);
  await db.run(`insert into link
    select ${linkIdSql("'within'", 'i.entity_id', 'i.zone_id', "'derived'")}, 'within', i.entity_id, i.zone_id, null, null,
      greatest(min(p.known_at), min(z.known_at)), 'derived', null, 1, list_sort(list_distinct([min(p.row_id), min(i.zone_row)]))
    from inside i left join place_row p on p.entity_id = i.entity_id
    left join (select entity_id, min(known_at) as known_at from entity_mention join mention using (mention_id) group by entity_id) z on z.entity_id = i.zone_id
    group by i.entity_id, i.zone_id order by i.entity_id, i.zone_id`);
  await db.run(`update entity set town = t.town from (select entity_id, min(zone_name) as town from inside where zone_kind = 'area' and zone_name is not null group by entity_id) t
    where entity.entity_id = t.entity_id and entity.town is null`);
  await db.run('drop table place_row');
  await db.run('drop table inside');
}
