import { toWgs84 } from '../clean/index.ts';
import { type SourceDescription, typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import { datumsOf } from './datum-mixture.ts';
import { datumProblem } from './datum-places.ts';
import { type ChosenDatum, shiftedOnTracks } from './datum-tracks.ts';
import { dropRelation } from './source-table.ts';

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
    const chosen =
      units === undefined
        ? await shiftedOnTracks(db, d)
        : [...units].map(([row_id, unit]) => ({ row_id, at: problem.units[unit]!.at, ...choices[unit]! }));
    await _write(db, d, chosen, units === undefined);
    reports.push(await _report(db, d));
  }
  return reports;
}

function _hasPlace(d: SourceDescription): boolean {
  const names = new Set(typedColumns(d).map((c) => c.name));
  return names.has('lon') && names.has('lat');
}

/** Puts the choices into the table, in one copy of it, by time and row id (a join keeps no order). Points of a track that were not chosen are WGS-84, with the share of such points as confidence. */
async function _write(
  db: Database,
  d: SourceDescription,
  chosen: readonly ChosenDatum[],
  isTrack: boolean,
): Promise<void> {
  const table = quoteIdent(`src_${d.id}`);
  const places = chosen.map((c) => toWgs84(c.at, c.datum).map((x) => Math.round(x * 1e7) / 1e7));
  const numbers = (of: (i: number) => number) => ({
    kind: 'number' as const,
    values: Float64Array.from(chosen, (_c, i) => of(i)),
    valid: null,
  });
  await db.tableFrom('chosen', {
    rows: chosen.length,
    data: {
      row_id: { kind: 'text', values: chosen.map((c) => c.row_id) },
      datum: { kind: 'text', values: chosen.map((c) => c.datum) },
      confidence: numbers((i) => chosen[i]!.confidence),
      lon: numbers((i) => places[i]![0]!),
      lat: numbers((i) => places[i]![1]!),
    },
  });
  const [n] = await db.rows<{ n: number }>(`select count(lon_raw) as n from ${table}`);
  const share = n!.n === 0 ? 1 : Math.round((1 - chosen.length / n!.n) * 1e4) / 1e4;
  const rest = (value: string): string =>
    isTrack ? `case when s.lon_raw is not null and s.lat_raw is not null then ${value} end` : 'null';
  await db.run(`create or replace table placed as
    select s.* replace (coalesce(c.lon, s.lon) as lon, coalesce(c.lat, s.lat) as lat, coalesce(c.datum, ${rest("'wgs84'")}) as datum,
      coalesce(c.confidence, ${rest(String(share))}) as datum_confidence)
    from ${table} s left join chosen c on c.row_id = s.row_id order by s.event_at, s.row_id`);
  await dropRelation(db, `src_${d.id}`);
  await db.run(`alter table placed rename to ${table}`);
  await db.run('drop table chosen');
}

async function _report(db: Database, d: SourceDescription): Promise<DatumReport> {
  const rows = await db.rows<{ datum: string; n: number; c: number }>(
    `select datum, count(*) as n, sum(datum_confidence) as c from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null group by datum order by datum`,
  );
  const n = rows.reduce((sum, r) => sum + r.n, 0);
  const confidence = n === 0 ? null : Math.round((rows.reduce((sum, r) => sum + r.c, 0) / n) * 1e4) / 1e4;
  return { source: d.id, rows: n, datums: Object.fromEntries(rows.map((r) => [r.datum, r.n])), confidence };
}
