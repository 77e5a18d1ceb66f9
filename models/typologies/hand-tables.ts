import { createTableSql } from '../../ingest/schema/index.ts';
import { Database, quoteIdent, quoteText } from '../../ingest/tables/index.ts';

/** Cleaned columns of the source tables (docs/sources.md), for tests on tables made by hand. */
const COLUMNS: Readonly<Record<string, string>> = {
  src_mkt_entity: `uscc VARCHAR, name VARCHAR, old_names VARCHAR[], type VARCHAR, legal_rep VARCHAR, rep_id_hash VARCHAR, industry VARCHAR, address VARCHAR, founded DATE, cancelled DATE, status VARCHAR, scope VARCHAR, phone_hash VARCHAR, updated DATE`,
  src_eco_permit: `permit_no VARCHAR, uscc VARCHAR, site_name VARCHAR, address VARCHAR, industry VARCHAR, class VARCHAR, valid_from DATE, valid_to DATE, outlet_code VARCHAR, outlet_type VARCHAR, lon DOUBLE, lat DOUBLE, factor VARCHAR, limit_value DOUBLE, limit_unit VARCHAR, ton_year DOUBLE, section VARCHAR`,
  src_eco_monitor: `mn VARCHAR, permit_no VARCHAR, outlet_code VARCHAR, maintainer_name VARCHAR, maintainer_uscc VARCHAR, installed DATE, key_unit BOOLEAN`,
  src_eco_hw_ledger: `uscc VARCHAR, name VARCHAR, month DATE, waste_code VARCHAR, opening_t DOUBLE, generated_t DOUBLE, self_t DOUBLE, sent_t DOUBLE, closing_t DOUBLE, unit_sent VARCHAR, product_t DOUBLE`,
  src_eco_hw_manifest: `manifest_no VARCHAR, origin_uscc VARCHAR, origin_name VARCHAR, carrier_uscc VARCHAR, carrier_name VARCHAR, receiver_uscc VARCHAR, receiver_name VARCHAR, plate VARCHAR, trailer VARCHAR, driver_hash VARCHAR, waste_code VARCHAR, sent_t DOUBLE, accepted_t DOUBLE, created_at TIMESTAMP, departed_at TIMESTAMP, arrived_at TIMESTAMP, accepted_at TIMESTAMP, state VARCHAR, approval_no VARCHAR`,
  src_eco_cems_hour: `mn VARCHAR, cn INTEGER, st VARCHAR, factor VARCHAR, data_time TIMESTAMP, received_at TIMESTAMP, min_value DOUBLE, avg_value DOUBLE, max_value DOUBLE, cou_value DOUBLE, flag VARCHAR, crc_ok BOOLEAN, hj_version VARCHAR, info VARCHAR`,
  src_eco_inspection: `inspection_no VARCHAR, kind VARCHAR, uscc VARCHAR, name VARCHAR, address VARCHAR, unit VARCHAR, officers VARCHAR, in_at TIMESTAMP, out_at TIMESTAMP, items VARCHAR[], result VARCHAR, due DATE, recheck VARCHAR, plate VARCHAR, ship_name VARCHAR, source_ref VARCHAR`,
  src_pwr_point_15m: `site_code VARCHAR, point VARCHAR, role VARCHAR, device VARCHAR, "at" TIMESTAMP, kw DOUBLE, kwh DOUBLE, amps DOUBLE, online BOOLEAN`,
  src_pwr_pair: `site_code VARCHAR, permit_no VARCHAR, produce_point VARCHAR, treat_point VARCHAR, mn VARCHAR, owner VARCHAR, updated DATE`,
  src_pwr_meter_month: `meter_no VARCHAR, holder_name VARCHAR, address VARCHAR, tariff VARCHAR, month DATE, kwh DOUBLE, night_kwh DOUBLE, max_kw DOUBLE, min_kw DOUBLE`,
  src_pol_gate_pass: `pass_id VARCHAR, gate VARCHAR, lane VARCHAR, plate VARCHAR, plate_class VARCHAR, plate_colour VARCHAR, reliability DOUBLE, pass_at TIMESTAMP, speed_kmh DOUBLE, direction VARCHAR, covered BOOLEAN, brand VARCHAR, colour VARCHAR, url_hash VARCHAR`,
  src_pol_precursor: `buyer_uscc VARCHAR, seller_uscc VARCHAR, chemical VARCHAR, amount DOUBLE, amount_unit VARCHAR, bought DATE`,
  src_pol_case: `case_no VARCHAR, kind VARCHAR, cause VARCHAR, happened_at TIMESTAMP, place VARCHAR, summary VARCHAR, accepted DATE, filed DATE, sent_up DATE, closed DATE, state VARCHAR, transfer_no VARCHAR, party_name VARCHAR, plate VARCHAR, ship_name VARCHAR`,
  src_adm_penalty: `doc_no VARCHAR, unit VARCHAR, party_name VARCHAR, party_kind VARCHAR, uscc VARCHAR, rep VARCHAR, act VARCHAR, facts VARCHAR, basis VARCHAR, content VARCHAR, fine_wan DOUBLE, decided DATE, published DATE, conduct DATE, found DATE, plate VARCHAR, ship_name VARCHAR, channel VARCHAR`,
  src_trn_gps: `terminal VARCHAR, plate VARCHAR, "at" TIMESTAMP, received_at TIMESTAMP, lon DOUBLE, lat DOUBLE, speed_kmh DOUBLE, heading_deg DOUBLE, acc BOOLEAN, load INTEGER, alarm BIGINT`,
  src_trn_licence: `firm_name VARCHAR, uscc VARCHAR, plate VARCHAR, plate_class VARCHAR, scope VARCHAR, hazmat_class VARCHAR, rated_t DOUBLE, valid_from DATE, valid_to DATE, terminal VARCHAR, driver_hash VARCHAR`,
  src_muck_permit: `permit_no VARCHAR, project VARCHAR, builder_name VARCHAR, address VARCHAR, m3 DOUBLE, route VARCHAR, hours VARCHAR, disposal_site VARCHAR, hauler_name VARCHAR, trucks VARCHAR[], valid_from DATE, valid_to DATE`,
  src_muck_trip: `trip_no VARCHAR, permit_no VARCHAR, plate VARCHAR, load_at TIMESTAMP, unload_at TIMESTAMP, site VARCHAR, m3 DOUBLE`,
  src_ship_ais: `mmsi VARCHAR, ship_name VARCHAR, "at" TIMESTAMP, lon DOUBLE, lat DOUBLE, sog_kn DOUBLE, cog_deg DOUBLE, heading_deg DOUBLE, draught_m DOUBLE, ship_type VARCHAR, static_at TIMESTAMP`,
  src_hot_ticket: `ticket_no VARCHAR, "at" TIMESTAMP, channel VARCHAR, class VARCHAR, text VARCHAR, address VARCHAR, lon DOUBLE, lat DOUBLE, unit VARCHAR, signed_at TIMESTAMP, closed_at TIMESTAMP, verdict VARCHAR, satisfaction VARCHAR, repeat_of VARCHAR`,
  src_wat_section: `section VARCHAR, "at" TIMESTAMP, factor VARCHAR, value DOUBLE, flag VARCHAR, river VARCHAR, upstream VARCHAR`,
  src_agr_farm: `farm_no VARCHAR, name VARCHAR, uscc VARCHAR, address VARCHAR, lon DOUBLE, lat DOUBLE, heads DOUBLE, quarantine_no VARCHAR, land_mu DOUBLE, updated DATE`,
  src_agr_boat: `boat_no VARCHAR, ship_name VARCHAR, owner_hash VARCHAR, status VARCHAR, updated DATE`,
  src_geo_element: `element_id VARCHAR, kind VARCHAR, name VARCHAR, unit VARCHAR, valid_from DATE, valid_to DATE, props VARCHAR, geometry VARCHAR, lon DOUBLE, lat DOUBLE, min_lon DOUBLE, min_lat DOUBLE, max_lon DOUBLE, max_lat DOUBLE`,
};

const WAREHOUSE = ['entity', 'entity_key', 'link', 'event', 'event_participant', 'subject'];

/** One row by hand; `row_id` and `known_at` are given by the caller. */
export type HandRow = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A warehouse in memory with every source table empty, for tests; the caller closes it. */
export async function handDatabase(): Promise<Database> {
  const db = await Database.open(':memory:', { threads: 1 });
  for (const [table, columns] of Object.entries(COLUMNS))
    await db.run(`create table ${table} (row_id VARCHAR, event_at TIMESTAMP, known_at TIMESTAMP, ${columns})`);
  for (const table of WAREHOUSE) await db.run(createTableSql(table));
  return db;
}

/** Inserts rows; columns that a row leaves out are null. */
export async function put(db: Database, table: string, rows: readonly HandRow[]): Promise<void> {
  const names = [...new Set(rows.flatMap((r) => Object.keys(r)))];
  for (let start = 0; start < rows.length; start += 2000) {
    const tuples = rows
      .slice(start, start + 2000)
      .map((r) => `(${names.map((n) => _literal(r[n] ?? null)).join(', ')})`);
    await db.run(`insert into ${table} (${names.map(quoteIdent).join(', ')}) values ${tuples.join(', ')}`);
  }
}

/** A site that is its own subject, known by the given keys (`key_kind` → key). */
export async function putSite(
  db: Database,
  id: string,
  keys: Readonly<Record<string, string>>,
  place?: { lon: number; lat: number },
) {
  await putEntity(db, { id, kind: 'site', keys, ...place });
}

/** An entity that is its own subject. */
export async function putEntity(
  db: Database,
  e: { id: string; kind: string; keys: Readonly<Record<string, string>>; lon?: number; lat?: number },
): Promise<void> {
  await put(db, 'entity', [{ entity_id: e.id, kind: e.kind, label: e.id, lon: e.lon ?? null, lat: e.lat ?? null }]);
  await put(db, 'subject', [{ subject_id: e.id, kind: e.kind, member_id: e.id }]);
  const keys = Object.entries(e.keys);
  if (keys.length > 0)
    await put(
      db,
      'entity_key',
      keys.map(([key_kind, key]) => ({ kind: e.kind, key_kind, key, entity_id: e.id })),
    );
}

function _literal(v: HandRow[string]): string {
  if (v === null || v === undefined) return 'null';
  if (typeof v === 'number') return String(v);
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  if (typeof v === 'string') return quoteText(v);
  return `[${v.map(quoteText).join(', ')}]`;
}

/** `2026-03-15T18:00:00` plus minutes, as a UTC timestamp text without zone. */
export function utc(start: string, minutes = 0): string {
  return new Date(Date.parse(`${start}Z`) + minutes * 60_000).toISOString().slice(0, 19);
}
