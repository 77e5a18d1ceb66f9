import { numbersOf } from '../base/index.ts';
import { type Datum, toWgs84 } from '../clean/index.ts';
import type { Database } from '../tables/index.ts';
import { type CleanedTable, isShifted, joinsSql, valueSql } from './cleaned-sql.ts';

/** WGS-84 of every distinct pair sent in a stated GCJ-02 or BD-09, into `datum_pairs`. */
export async function buildDatum(db: Database, table: CleanedTable): Promise<void> {
  if (table.pair === null || !isShifted(table.description)) return;
  const datum = table.description.datum as Datum;
  const [lon, lat] = table.pair.map((p) => valueSql(table, p));
  const page = await db.columns(
    `select distinct lon, lat from (select ${lon} as lon, ${lat} as lat from half ${joinsSql(table, table.pair)}) where lon is not null and lat is not null order by lon, lat`,
  );
  const rows = page.rows;
  const [xs, ys] =
    rows === 0
      ? [new Float64Array(), new Float64Array()]
      : [numbersOf(page, 'lon').values, numbersOf(page, 'lat').values];
  const [toLon, toLat] = [new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) [toLon[i], toLat[i]] = toWgs84([xs[i]!, ys[i]!], datum);
  const column = (values: Float64Array) => ({ kind: 'number' as const, values, valid: null });
  await db.tableFrom('datum_pairs', {
    rows,
    data: { lon: column(xs), lat: column(ys), to_lon: column(toLon), to_lat: column(toLat) },
  });
}
