import type { SourceDescription } from '../schema/index.ts';
import { typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import type { Reference } from './datum-mixture.ts';
import { roleSql } from './role-sql.ts';

const METRES_PER_DEGREE = 111_195;
/** Least spread of a place known as an area, and spread of a single point of the same name. */
const NEAR_METRES = 150;
/** A named place larger than this says nothing about half a kilometre. */
const FAR_METRES = 2_500;

interface Known {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly sigma: number;
}

/** For each row (by id), the best known place that the row names: the same thing by name, or the smallest place that its address contains. */
export async function referencesOf(
  db: Database,
  d: SourceDescription,
  rowIds: readonly string[],
  all: readonly SourceDescription[],
): Promise<(Reference | null)[]> {
  const known = await _knownPlaces(db, all);
  const texts = await _textsOf(db, d);
  return rowIds.map((id) => {
    const own = texts.get(id);
    return own === undefined ? null : _best(own, known);
  });
}

function _best(texts: readonly string[], known: ReadonlyMap<string, Known>): Reference | null {
  let best: Known | null = null;
  for (const text of texts) {
    for (let from = 0; from < text.length; from++) {
      for (let to = Math.min(text.length, from + 16); to >= from + 2; to--) {
        const hit = known.get(text.slice(from, to));
        if (hit !== undefined && (best === null || hit.sigma < best.sigma)) best = hit;
      }
    }
  }
  return best === null ? null : { at: [best.lon, best.lat], sigmaMetres: best.sigma };
}

/** Places of sources whose datum is stated, by name; a name that two places far apart bear says nothing. */
async function _knownPlaces(db: Database, all: readonly SourceDescription[]): Promise<Map<string, Known>> {
  const out = new Map<string, Known>();
  const twice = new Set<string>();
  for (const d of all) {
    const names = new Set(typedColumns(d).map((c) => c.name));
    if (
      (d.datum !== 'wgs84' && d.datum !== 'cgcs2000') ||
      !['name', 'lon', 'lat', 'min_lon'].every((n) => names.has(n))
    )
      continue;
    const rows = await db.rows<{ name: string; lon: number; lat: number; east: number; north: number }>(
      `select name, lon, lat, coalesce(max_lon - min_lon, 0) as east, coalesce(max_lat - min_lat, 0) as north from ${quoteIdent(`src_${d.id}`)}
       where name is not null and length(name) >= 2 and lon is not null and lat is not null order by row_id`,
    );
    for (const r of rows) {
      const half = (Math.hypot(r.east * Math.cos((r.lat * Math.PI) / 180), r.north) / 2) * METRES_PER_DEGREE;
      const sigma = Math.max(NEAR_METRES, half);
      if (sigma > FAR_METRES) continue;
      const other = out.get(r.name);
      if (other === undefined) out.set(r.name, { name: r.name, lon: r.lon, lat: r.lat, sigma });
      else if (Math.hypot(other.lon - r.lon, other.lat - r.lat) * METRES_PER_DEGREE > sigma) twice.add(r.name);
    }
  }
  for (const name of twice) out.delete(name);
  return out;
}

/** Names and addresses of each row, from its mentions that have a place. */
async function _textsOf(db: Database, d: SourceDescription): Promise<Map<string, string[]>> {
  const out = new Map<string, string[]>();
  for (const m of d.mentions) {
    const role = roleSql(m);
    const has = new Set(role.fields.map((f) => f.field));
    if (m.each !== undefined || !has.has('lon') || !has.has('lat')) continue;
    for (const f of role.fields) {
      if (f.field !== 'name' && f.field !== 'address') continue;
      const rows = await db.rows<{ row_id: string; text: string }>(
        `select row_id, ${f.sql} as text from ${quoteIdent(`src_${d.id}`)} where ${f.sql} is not null and ${role.condition} and ${quoteText('')} <> ${f.sql} order by row_id`,
      );
      for (const r of rows) out.set(r.row_id, [...(out.get(r.row_id) ?? []), r.text]);
    }
  }
  return out;
}
