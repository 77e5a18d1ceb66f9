import { type LonLat, toWgs84 } from '../clean/index.ts';
import { type SourceDescription, typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import { CANDIDATES, type DatumChoice, datumsOf } from './datum-mixture.ts';
import { datumProblem } from './datum-places.ts';
import { shiftedOnTracks } from './datum-tracks.ts';

/** What was decided about one source's coordinates. */
export interface DatumReport {
  readonly source: string;
  /** Rows with coordinates. */
  readonly rows: number;
  /** Rows of each datum. */
  readonly datums: Readonly<Record<string, number>>;
  /** Mean probability of the choices, 0–1; null without rows. */
  readonly confidence: number | null;
}

/** Turns the coordinates of sources whose datum is to be inferred into WGS-84 (a stated datum was converted at ingest): points of things with an
 *  identifier or address by what should coincide, all sources together; points of tracks by their jumps. */
export async function inferDatums(db: Database, all: readonly SourceDescription[]): Promise<DatumReport[]> {
  const inferred = all.filter((d) => d.datum === 'infer' && _hasPlace(d));
  const placed = inferred.filter((d) => d.mentions.some((m) => m.fields.lon !== undefined));
  const problem = await datumProblem(db, placed, all);
  const choices = datumsOf(problem.units, problem.groups);
  const reports: DatumReport[] = [];
  for (const d of inferred) {
    const units = problem.unitOf.get(d.id);
    if (units !== undefined) {
      await _write(db, d, new Map([...units].map(([row, unit]) => [row, choices[unit]!])));
    } else {
      const shifted = await shiftedOnTracks(db, d);
      await _writeTracks(db, d, shifted);
    }
    reports.push(await _report(db, d));
  }
  return reports;
}

function _hasPlace(d: SourceDescription): boolean {
  const names = new Set(typedColumns(d).map((c) => c.name));
  return names.has('lon') && names.has('lat');
}

/** Points that jump are GCJ-02, the others WGS-84 with the share of those that do not jump as confidence. */
async function _writeTracks(db: Database, d: SourceDescription, shifted: ReadonlyMap<string, number>): Promise<void> {
  const table = quoteIdent(`src_${d.id}`);
  const [n] = await db.rows<{ n: number }>(`select count(lon_raw) as n from ${table}`);
  const share = n!.n === 0 ? 1 : Math.round((1 - shifted.size / n!.n) * 1e4) / 1e4;
  await db.run(
    `update ${table} set datum = 'wgs84', datum_confidence = ${share} where lon_raw is not null and lat_raw is not null`,
  );
  await _write(db, d, new Map([...shifted].map(([row, confidence]) => [row, { datum: 'gcj02', confidence }])));
}

async function _write(db: Database, d: SourceDescription, choices: ReadonlyMap<string, DatumChoice>): Promise<void> {
  const table = quoteIdent(`src_${d.id}`);
  const ids = [...choices.keys()];
  await db.tableFrom('chosen', {
    rows: ids.length,
    data: {
      row_id: { kind: 'text', values: ids },
      datum: { kind: 'text', values: ids.map((id) => choices.get(id)!.datum) },
      confidence: {
        kind: 'number',
        values: Float64Array.from(ids, (id) => choices.get(id)!.confidence),
        valid: null,
      },
    },
  });
  const sent = await db.rows<{ row_id: string; lon: number; lat: number; datum: (typeof CANDIDATES)[number] }>(
    `select c.row_id, s.lon_raw as lon, s.lat_raw as lat, c.datum from chosen c join ${table} s using (row_id) where c.datum <> 'wgs84' order by row_id`,
  );
  const places = sent.map((s) => toWgs84([s.lon, s.lat] as LonLat, s.datum));
  await db.tableFrom('moved', {
    rows: sent.length,
    data: {
      row_id: { kind: 'text', values: sent.map((s) => s.row_id) },
      lon: { kind: 'number', values: Float64Array.from(places, (p) => Math.round(p[0] * 1e7) / 1e7), valid: null },
      lat: { kind: 'number', values: Float64Array.from(places, (p) => Math.round(p[1] * 1e7) / 1e7), valid: null },
    },
  });
  await db.run(
    `update ${table} set datum = c.datum, datum_confidence = c.confidence from chosen c where c.row_id = ${table}.row_id`,
  );
  await db.run(`update ${table} set lon = m.lon, lat = m.lat from moved m where m.row_id = ${table}.row_id`);
  await db.run('drop table chosen');
  await db.run('drop table moved');
}

async function _report(db: Database, d: SourceDescription): Promise<DatumReport> {
  const rows = await db.rows<{ datum: string; n: number; c: number }>(
    `select datum, count(*) as n, sum(datum_confidence) as c from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null group by datum order by datum`,
  );
  const n = rows.reduce((sum, r) => sum + r.n, 0);
  const confidence = n === 0 ? null : Math.round((rows.reduce((sum, r) => sum + r.c, 0) / n) * 1e4) / 1e4;
  return { source: d.id, rows: n, datums: Object.fromEntries(rows.map((r) => [r.datum, r.n])), confidence };
}
