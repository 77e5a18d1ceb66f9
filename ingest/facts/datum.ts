import { type LonLat, toWgs84 } from '../clean/index.ts';
import { type SourceDescription, typedColumns } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { referencesOf } from './datum-references.ts';
import { CANDIDATES, type DatumChoice, datumsOf } from './datum-mixture.ts';

/** What was decided about one source's coordinates. */
export interface DatumReport {
  readonly source: string;
  /** Rows with coordinates. */
  readonly rows: number;
  /** Of these, rows that a known place could speak for. */
  readonly referenced: number;
  /** Rows of each datum. */
  readonly datums: Readonly<Record<string, number>>;
}

interface Placed {
  readonly row_id: string;
  readonly lon: number;
  readonly lat: number;
}

/** Turns the coordinates of a source whose datum is to be inferred into WGS-84, row by row from known places (a stated datum was converted at
 *  ingest). A view, too large to copy, stays as sent with `datum` null. */
export async function placeSource(
  db: Database,
  d: SourceDescription,
  all: readonly SourceDescription[],
): Promise<DatumReport[]> {
  const names = new Set(typedColumns(d).map((c) => c.name));
  if (d.datum !== 'infer' || !names.has('lon') || !names.has('lat')) return [];
  const table = quoteIdent(`src_${d.id}`);
  if (await _isView(db, `src_${d.id}`)) return [];
  const rows = await db.rows<Placed>(
    `select row_id, lon_raw as lon, lat_raw as lat from ${table} where lon_raw is not null and lat_raw is not null order by row_id`,
  );
  const points = rows.map((r): LonLat => [r.lon, r.lat]);
  const references = await referencesOf(
    db,
    d,
    rows.map((r) => r.row_id),
    all,
  );
  const choices = datumsOf(points, references);
  await _write(db, table, rows, choices);
  const datums = Object.fromEntries(CANDIDATES.map((c) => [c, choices.filter((x) => x.datum === c).length]));
  return [{ source: d.id, rows: rows.length, referenced: references.filter((r) => r !== null).length, datums }];
}

async function _isView(db: Database, name: string): Promise<boolean> {
  const found = await db.rows(`select 1 from duckdb_views() where view_name = ${quoteText(name)} and not internal`);
  return found.length > 0;
}

async function _write(
  db: Database,
  table: string,
  rows: readonly Placed[],
  choices: readonly DatumChoice[],
): Promise<void> {
  const places = rows.map((r, i) => toWgs84([r.lon, r.lat], choices[i]!.datum));
  const numbers = (of: (i: number) => number) => ({
    kind: 'number' as const,
    values: Float64Array.from(rows, (_r, i) => of(i)),
    valid: null,
  });
  await db.tableFrom('placed', {
    rows: rows.length,
    data: {
      row_id: { kind: 'text', values: rows.map((r) => r.row_id) },
      lon: numbers((i) => Math.round(places[i]![0] * 1e7) / 1e7),
      lat: numbers((i) => Math.round(places[i]![1] * 1e7) / 1e7),
      datum: { kind: 'text', values: choices.map((c) => c.datum) },
      confidence: numbers((i) => choices[i]!.confidence),
    },
  });
  await db.run(`update ${table} set lon = p.lon, lat = p.lat, datum = p.datum, datum_confidence = p.confidence
    from placed p where p.row_id = ${table}.row_id`);
  await db.run('drop table placed');
}
