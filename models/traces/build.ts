import { type Progress, InputError, SILENT, withDefaults } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { buildTraceLinks } from './links.ts';
import { buildGaps, buildMeetings, buildShipKeys, makeGapTable } from './ships.ts';
import { buildConvoys, buildSightings, buildSkews, buildVehicleKeys } from './sightings.ts';
import { buildStops } from './stops.ts';

export interface TraceOptions {
  /** Rows known later are not expected in `src_*` (`buildSources` leaves them out); kept for the record. UTC ISO 8601 or ms since 1970. */
  readonly asOf: string | number;
  /** Shortest stop. */
  readonly minDwellMin: number;
  /** Longest time between two vehicles of a convoy at one gate. */
  readonly togetherS: number;
  /** Gates at which a convoy must be seen in one night. */
  readonly convoyGates: number;
  /** Shortest silence of a ship or a terminal. */
  readonly gapMin: number;
  /** Ships side by side: at most so far apart … */
  readonly meetingM: number;
  /** … for longer than this. */
  readonly meetingMin: number;
  readonly progress: Progress;
}

/** Rows of each trace table and derived links by kind; `absent` names source tables that were not there. */
export interface TraceReport {
  readonly rows: Readonly<Record<string, number>>;
  readonly links: Readonly<Record<string, number>>;
  readonly absent: readonly string[];
}

const DEFAULTS: TraceOptions = Object.freeze({
  asOf: '',
  minDwellMin: 5,
  togetherS: 120,
  convoyGates: 3,
  gapMin: 60,
  meetingM: 50,
  meetingMin: 20,
  progress: SILENT,
});

const STOP_TABLE = `create or replace table trace_stop (stop_id VARCHAR, vehicle_id VARCHAR, terminal VARCHAR, plate VARCHAR, start_at TIMESTAMP, end_at TIMESTAMP, dwell_min DOUBLE,
  lon DOUBLE, lat DOUBLE, load_before INTEGER, load_after INTEGER, points BIGINT, power_cut BOOLEAN, element_id VARCHAR, element_kind VARCHAR, element_m DOUBLE,
  site_id VARCHAR, site_m DOUBLE, row_ids VARCHAR[], known_at TIMESTAMP)`;
const SIGHTING_TABLE = `create or replace table trace_sighting (row_id VARCHAR, vehicle_id VARCHAR, plate VARCHAR, plate_class VARCHAR, gate VARCHAR, gate_id VARCHAR, "at" TIMESTAMP,
  pass_at TIMESTAMP, direction VARCHAR, covered BOOLEAN, reliability DOUBLE, brand VARCHAR, colour VARCHAR, known_at TIMESTAMP)`;

/** Turns tracks and passes into stops, sightings, convoys, gaps and meetings (`trace_*`), and into derived links. A source table that is absent gives an empty trace.
 *  GPS is handled in parts by terminal, passes and AIS by month: memory does not grow with the years. @throws InputError `no-entity-key` before resolution */
export async function buildTraces(db: Database, options: Partial<TraceOptions> = {}): Promise<TraceReport> {
  const o = withDefaults('buildTraces', DEFAULTS, options);
  for (const t of ['entity', 'entity_key'])
    if (!(await db.has(t)))
      throw new InputError('no-entity-key', `buildTraces: no table "${t}"; run resolveEntities first`, { table: t });
  const absent: string[] = [];
  const present = async (t: string): Promise<boolean> => {
    const has = await db.has(t);
    if (!has) absent.push(t);
    return has;
  };
  await buildVehicleKeys(db);
  await buildShipKeys(db);
  await makeGapTable(db);
  o.progress.step('traces', 'stops');
  if (await present('src_trn_gps')) await buildStops(db, o);
  else await db.run(STOP_TABLE);
  o.progress.step('traces', 'gate passes');
  await buildSkews(db);
  if (await present('src_pol_gate_pass')) await buildSightings(db);
  else await db.run(SIGHTING_TABLE);
  await buildConvoys(db, { togetherS: o.togetherS, gates: o.convoyGates });
  o.progress.step('traces', 'ships');
  await present('src_ship_ais');
  await buildGaps(db, o);
  await buildMeetings(db, { metres: o.meetingM, minutes: o.meetingMin });
  const links = await buildTraceLinks(db);
  for (const t of ['trace_plate', 'trace_terminal', 'trace_ship']) await db.run(`drop table ${t}`);
  const rows: Record<string, number> = {};
  for (const t of ['trace_stop', 'trace_sighting', 'trace_gate_skew', 'trace_convoy', 'trace_gap', 'trace_meeting'])
    rows[t] = (await db.rows<{ n: number }>(`select count(*) as n from ${t}`))[0]!.n;
  if (absent.length > 0) o.progress.note(`traces: no table ${absent.join(', ')}`);
  return { rows, links, absent };
}
