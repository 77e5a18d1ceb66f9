import { parseAddress } from '../resolve/names/index.ts';
import { type SourceDescription, typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import type { DatumGroup, DatumUnit } from './datum-mixture.ts';
import { roleSql } from './role-sql.ts';

/** How far apart the rows of one identifier, of one door, of one village or park may truly be. */
const SIGMA_METRES = { id: 60, door: 200, place: 700 } as const;
/** A known place larger than this says nothing about half a kilometre. */
const LARGEST_KNOWN_METRES = 1_500;
const METRES_PER_DEGREE = 111_195;

/** Sent points of the sources whose datum is to be inferred, the known places beside them, and what should coincide. */
export interface DatumProblem {
  readonly units: readonly DatumUnit[];
  readonly groups: readonly DatumGroup[];
  /** Unit of each row, by source and row id. */
  readonly unitOf: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

interface Sent {
  readonly row_id: string;
  readonly lon: number;
  readonly lat: number;
  readonly id: string | null;
  readonly address: string | null;
}

/** Gathers the problem from `src_*`: rows of one permit or number, of one door, of one village or park; and named elements of sources in WGS-84 whose
 *  name such a village bears. */
export async function datumProblem(
  db: Database,
  inferred: readonly SourceDescription[],
  all: readonly SourceDescription[],
): Promise<DatumProblem> {
  const units: DatumUnit[] = [];
  const groups = new Map<string, { members: number[]; sigmaMetres: number }>();
  const unitOf = new Map<string, Map<string, number>>();
  const join = (unit: number, key: string, sigmaMetres: number): void => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { members: [unit], sigmaMetres });
    else if (!group.members.includes(unit)) group.members.push(unit);
  };
  for (const d of all)
    for (const k of await _knownPlaces(db, d)) {
      units.push({ source: `known ${d.id}`, at: [k.lon, k.lat], isKnown: true });
      join(units.length - 1, `place|${k.bare}`, SIGMA_METRES.place);
    }
  for (const d of inferred) {
    const own = new Map<string, number>();
    const seen = new Map<string, number>();
    for (const r of await _sentRows(db, d)) {
      const spot = JSON.stringify([r.lon, r.lat, r.id, r.address]);
      let unit = seen.get(spot);
      if (unit === undefined) {
        unit = units.push({ source: d.id, at: [r.lon, r.lat], isKnown: false }) - 1;
        seen.set(spot, unit);
        for (const [key, sigma] of _keysOf(d, r)) join(unit, key, sigma);
      }
      own.set(r.row_id, unit);
    }
    unitOf.set(d.id, own);
  }
  return { units, groups: [...groups.values()].filter((g) => g.members.length > 1), unitOf };
}

function _keysOf(d: SourceDescription, r: Sent): [string, number][] {
  const out: [string, number][] = [];
  if (r.id !== null) out.push([`id|${d.id}|${r.id}`, SIGMA_METRES.id]);
  if (r.address === null) return out;
  const a = parseAddress(r.address);
  const line = a.road === '' ? a.village : a.road;
  if (line !== '' && a.number !== '' && a.town !== '')
    out.push([`door|${a.town}|${line}|${a.number}`, SIGMA_METRES.door]);
  if (a.village !== '') out.push([`place|${a.village}`, SIGMA_METRES.place]);
  return out;
}

/** One row for each sent point, with the number of the thing (a permit, a farm) and its address, from the mention that has the place. */
async function _sentRows(db: Database, d: SourceDescription): Promise<Sent[]> {
  const place = d.mentions
    .map(roleSql)
    .find((r) => r.mention.each === undefined && r.fields.some((f) => f.field === 'lon'));
  if (place === undefined) return [];
  const field = (...names: string[]): string => {
    const found = place.fields.filter((f) => names.includes(f.field)).map((f) => f.sql);
    return found.length === 0 ? 'null::varchar' : `coalesce(${found.join(', ')})`;
  };
  return db.rows<Sent>(
    `select row_id, lon_raw as lon, lat_raw as lat, ${field('permit_no', 'site_code', 'meter_no', 'key')} as id, ${field('address')} as address
     from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null order by row_id`,
  );
}

async function _knownPlaces(db: Database, d: SourceDescription): Promise<{ bare: string; lon: number; lat: number }[]> {
  const names = new Set(typedColumns(d).map((c) => c.name));
  if (d.datum !== 'wgs84' && d.datum !== 'cgcs2000') return [];
  if (!['name', 'lon', 'lat', 'min_lon', 'max_lon', 'min_lat', 'max_lat'].every((n) => names.has(n))) return [];
  const rows = await db.rows<{ name: string; lon: number; lat: number; size: number }>(
    `select name, lon, lat, ${METRES_PER_DEGREE} * greatest(coalesce(max_lon - min_lon, 0), coalesce(max_lat - min_lat, 0)) as size
     from ${quoteIdent(`src_${d.id}`)} where name is not null and lon is not null and lat is not null order by row_id`,
  );
  return rows
    .filter((r) => r.size <= LARGEST_KNOWN_METRES)
    .map((r) => ({ ...r, bare: parseAddress(r.name).village }))
    .filter((r) => r.bare !== '');
}
