import { fromWgs84 } from '../clean/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';

/** Cells of about 100 m: roads and sites are where several vehicles have been. */
const CELLS_PER_DEGREE = 1000;
/** The shift is taken in the middle of cells of this size: good to a few metres there. */
const SHIFT_CELLS_PER_DEGREE = 10;
/** Fewer distinct cells than this say nothing. */
const LEAST_CELLS = 20;
/** The GCJ-02 reading must share cells with others more often than the sent one: by this factor, and by this share of its cells. */
const FACTOR = 1.5;
const GAIN = 0.15;

/** A track all of whose points are GCJ-02. */
export interface ShiftedTrack {
  readonly track: string;
  /** Shares of its cells where others have been: read as GCJ-02, and as sent. */
  readonly confidence: number;
}

/** Tracks that are shifted as a whole: read as GCJ-02 they run where other vehicles run, as sent they do not. Needs most tracks to be in WGS-84.
 *  @param track  SQL of the track's name · Cost: two passes and a set of cells per track */
export async function shiftedTerminals(db: Database, d: SourceDescription, track: string): Promise<ShiftedTrack[]> {
  const rows = `(select ${track} as track, lon_raw as lon, lat_raw as lat from ${quoteIdent(`src_${d.id}`)} where lon_raw is not null and lat_raw is not null)`;
  await _shifts(db, rows);
  await db.run(
    `create or replace temp table sent_cell as select distinct track, floor(lon * ${CELLS_PER_DEGREE})::integer as x, floor(lat * ${CELLS_PER_DEGREE})::integer as y from ${rows}`,
  );
  await db.run(`create or replace temp table back_cell as select distinct track, floor((lon - dx) * ${CELLS_PER_DEGREE})::integer as x, floor((lat - dy) * ${CELLS_PER_DEGREE})::integer as y
    from ${rows} r join fine_shift f on f.x = floor(lon * ${SHIFT_CELLS_PER_DEGREE}) and f.y = floor(lat * ${SHIFT_CELLS_PER_DEGREE})`);
  await db.run(
    'create or replace temp table busy as select x, y, count(*) as n, min(track) as one from sent_cell group by x, y',
  );
  const shared = (
    cells: string,
  ): string => `(select c.track, count(*) as cells, avg((coalesce(b.n, 0) > 1 or coalesce(b.one, c.track) <> c.track)::integer) as shared
      from ${cells} c left join busy b using (x, y) group by c.track)`;
  const found = await db.rows<ShiftedTrack>(
    `select s.track, round(b.shared / (b.shared + s.shared), 4) as confidence from ${shared('sent_cell')} s join ${shared('back_cell')} b using (track)
     where s.cells >= ${LEAST_CELLS} and b.shared >= ${FACTOR} * s.shared and b.shared - s.shared >= ${GAIN} order by s.track`,
  );
  for (const t of ['sent_cell', 'back_cell', 'busy', 'fine_shift']) await db.run(`drop table ${t}`);
  return found;
}

async function _shifts(db: Database, rows: string): Promise<void> {
  const cells = await db.rows<{ x: number; y: number }>(
    `select distinct floor(lon * ${SHIFT_CELLS_PER_DEGREE}) as x, floor(lat * ${SHIFT_CELLS_PER_DEGREE}) as y from ${rows} order by x, y`,
  );
  const shifts = cells.map(({ x, y }) => {
    const middle = [(x + 0.5) / SHIFT_CELLS_PER_DEGREE, (y + 0.5) / SHIFT_CELLS_PER_DEGREE] as const;
    const [lon, lat] = fromWgs84(middle, 'gcj02');
    return [x, y, lon - middle[0], lat - middle[1]];
  });
  const column = (k: number) => ({
    kind: 'number' as const,
    values: Float64Array.from(shifts, (s) => s[k]!),
    valid: null,
  });
  await db.tableFrom('fine_shift', {
    rows: cells.length,
    data: { x: column(0), y: column(1), dx: column(2), dy: column(3) },
  });
}
