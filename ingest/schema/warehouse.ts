/** The tables that every stage agrees on (docs/architecture.md), as DDL. Lists are VARCHAR[]; moments are UTC TIMESTAMP. */
export const WAREHOUSE_TABLES: Readonly<Record<string, string>> = Object.freeze({
  run_info: `run_id VARCHAR, as_of TIMESTAMP, seed BIGINT, code_version VARCHAR, settings_json VARCHAR, lake_hash VARCHAR, started_at TIMESTAMP`,
  source_file: `source VARCHAR, file_name VARCHAR, sha256 VARCHAR, bytes BIGINT, read_rows BIGINT, accepted_rows BIGINT, rejected_rows BIGINT,
    lake_path VARCHAR, lake_sha256 VARCHAR, description_sha256 VARCHAR, ingested_at TIMESTAMP`,
  reject: `row_id VARCHAR, source VARCHAR, column_name VARCHAR, value VARCHAR, rule VARCHAR, message VARCHAR, refused_row BOOLEAN`,
  mention: `mention_id VARCHAR, row_id VARCHAR, source VARCHAR, role VARCHAR, kind VARCHAR, rows_count BIGINT,
    name VARCHAR, name_norm VARCHAR, uscc VARCHAR, old_names VARCHAR[], plate VARCHAR, plate_class VARCHAR, mmsi VARCHAR, person_hash VARCHAR,
    phone_hash VARCHAR, address VARCHAR, lon DOUBLE, lat DOUBLE, permit_no VARCHAR, site_code VARCHAR, meter_no VARCHAR, mn VARCHAR, key VARCHAR,
    event_at TIMESTAMP, known_at TIMESTAMP`,
  match: `kind VARCHAR, left_id VARCHAR, right_id VARCHAR, weight DOUBLE, probability DOUBLE, decision VARCHAR, levels_json VARCHAR, rules VARCHAR[]`,
  match_model: `kind VARCHAR, comparison VARCHAR, level VARCHAR, m DOUBLE, u DOUBLE, weight DOUBLE, prior DOUBLE, threshold DOUBLE`,
  entity: `entity_id VARCHAR, kind VARCHAR, label VARCHAR, pseudonym VARCHAR, mentions BIGINT, first_known_at TIMESTAMP, lon DOUBLE, lat DOUBLE, town VARCHAR`,
  entity_mention: `entity_id VARCHAR, mention_id VARCHAR, kind VARCHAR`,
  entity_key: `kind VARCHAR, key_kind VARCHAR, key VARCHAR, entity_id VARCHAR`,
  judgement: `judgement_id VARCHAR, left_id VARCHAR, right_id VARCHAR, verdict VARCHAR, undoes VARCHAR, judged_by VARCHAR, judged_at TIMESTAMP, why VARCHAR,
    state VARCHAR`,
  judgement_conflict: `left_id VARCHAR, right_id VARCHAR, through_ids VARCHAR[], judgement_ids VARCHAR[], set_aside VARCHAR`,
  entity_change: `run_id VARCHAR, kind VARCHAR, change VARCHAR, entity_id VARCHAR, from_ids VARCHAR[], into_ids VARCHAR[], why VARCHAR, judgement_ids VARCHAR[], mentions BIGINT`,
  statement: `entity_id VARCHAR, property VARCHAR, value VARCHAR, row_id VARCHAR, first_known_at TIMESTAMP`,
  link: `link_id VARCHAR, kind VARCHAR, from_id VARCHAR, to_id VARCHAR, valid_from TIMESTAMP, valid_to TIMESTAMP, known_at TIMESTAMP,
    origin VARCHAR, probability DOUBLE, weight DOUBLE, row_ids VARCHAR[]`,
  event: `event_id VARCHAR, kind VARCHAR, "at" TIMESTAMP, known_at TIMESTAMP, lon DOUBLE, lat DOUBLE, value DOUBLE, unit VARCHAR, text VARCHAR, row_id VARCHAR`,
  event_participant: `event_id VARCHAR, role VARCHAR, entity_id VARCHAR`,
  subject: `subject_id VARCHAR, kind VARCHAR, member_id VARCHAR`,
  signal: `signal_id VARCHAR, typology VARCHAR, rule VARCHAR, subject_id VARCHAR, "at" TIMESTAMP, known_at TIMESTAMP, strength DOUBLE, value DOUBLE,
    unit VARCHAR, peer_low DOUBLE, peer_high DOUBLE, row_ids VARCHAR[], entity_ids VARCHAR[], against_json VARCHAR`,
  outcome: `outcome_id VARCHAR, subject_id VARCHAR, verdict VARCHAR, act VARCHAR, conduct_at TIMESTAMP, found_at TIMESTAMP, known_at TIMESTAMP, channel VARCHAR,
    reason VARCHAR, row_id VARCHAR`,
  feature: `subject_id VARCHAR, as_of TIMESTAMP, name VARCHAR, value DOUBLE, latest_known_at TIMESTAMP`,
  lead: `lead_id VARCHAR, rank BIGINT, subject_id VARCHAR, kind VARCHAR, as_of TIMESTAMP, probability DOUBLE, score DOUBLE, low DOUBLE, high DOUBLE, confidence VARCHAR, grade VARCHAR,
    pick VARCHAR, pick_chance DOUBLE, reasons_json VARCHAR, against_json VARCHAR, law_json VARCHAR, row_ids VARCHAR[], signal_ids VARCHAR[],
    model_id VARCHAR, run_id VARCHAR`,
});

/** `create table` text for one warehouse table. */
export function createTableSql(table: string): string {
  const columns = WAREHOUSE_TABLES[table];
  if (columns === undefined) throw new Error(`createTableSql: no warehouse table "${table}"`);
  return `create or replace table ${table} (${columns})`;
}

/** Verdicts of a check; "never checked" has no row. */
export const VERDICTS = ['confirmed', 'clean', 'rectified', 'unverifiable', 'withdrawn'] as const;
export type Verdict = (typeof VERDICTS)[number];
