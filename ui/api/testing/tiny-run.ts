import { mkdirSync } from 'node:fs';
import { WAREHOUSE_TABLES, createTableSql } from '../../../ingest/schema/index.ts';
import { Database } from '../../../ingest/tables/index.ts';
import { type WorkspacePaths, runFolder, serveRun, warehouseFile } from '../../../models/workspace/index.ts';

/** A run small enough to count by eye, with a handful of source rows as of 2026-06-30 (UTC). Personal values are `张某某`. */
export async function makeTinyRun(paths: WorkspacePaths, runId: string): Promise<void> {
  mkdirSync(runFolder(paths, runId), { recursive: true });
  const db = await Database.open(warehouseFile(runFolder(paths, runId)));
  for (const t of Object.keys(WAREHOUSE_TABLES)) await db.run(createTableSql(t));
  for (const sql of STATEMENTS) await db.run(sql.replaceAll(':run', runId));
  db.close();
  serveRun(paths, runId);
}

const STATEMENTS = [
  `create table as_of as select timestamp '2026-06-30 12:00:00' as as_of`,
  `insert into entity (entity_id, kind, label, mentions, lon, lat, town) values
    ('company:1', 'company', '湖州甲公司', 2, null, null, null), ('site:1', 'site', '甲厂区', 1, 120.2, 30.9, '织里'),
    ('vehicle:1', 'vehicle', '浙E00001', 1, null, null, null), ('section:1', 'section', '一号断面', 1, 120.1, 30.8, null)`,
  `insert into subject values ('company:1', 'company', 'company:1'), ('company:1', 'company', 'site:1'), ('vehicle:1', 'vehicle', 'vehicle:1')`,
  `insert into entity_key values ('section', 'element_id', 'S1', 'section:1'), ('site', 'permit_no', '91330599FAKE00013E001P', 'site:1')`,
  `insert into signal values ('s1', 'T03', 'night-treatment-off', 'company:1', timestamp '2026-06-20', timestamp '2026-06-20', 0.75, 300, 'min', 0, 30,
     ['mkt_entity:aaaaaaaa:1'], ['company:1'], '[]'),
    ('s2', 'T05', 'convoy', 'vehicle:1', timestamp '2026-05-01', timestamp '2026-05-01', 0.4, 1, '', 0, 0, ['mkt_entity:aaaaaaaa:1'], ['vehicle:1'], '[]'),
    ('s3', 'T05', 'convoy', 'vehicle:1', timestamp '2026-06-29', timestamp '2026-07-05', 0.4, 1, '', 0, 0, ['mkt_entity:aaaaaaaa:1'], ['vehicle:1'], '[]')`,
  `insert into lead (lead_id, rank, subject_id, kind, as_of, probability, score, low, high, grade, pick, reasons_json, against_json, law_json, row_ids, signal_ids, model_id, run_id)
    values ('L1', 1, 'company:1', 'company', timestamp '2026-06-30 12:00:00', 0.4, 1.5, 0.3, 0.5, '高', 'ranked',
      '[{"id":"signal:T03","family":"signals","direction":"for","contribution":1.2,"text":{"zh":"夜间停运","en":"off at night"},"value":1,"unit":null,"peerLow":0,"peerHigh":0,"features":[],"rowIds":["mkt_entity:aaaaaaaa:1"],"signalIds":["s1"]}]',
      '[{"id":"x","kind":"look-alike","text":{"zh":"检修","en":"maintenance"},"tested":true,"holds":false,"typology":"T03","rowIds":[]}]',
      '[{"typology":"T03","conductFrom":"2026-06-20T00:00:00.000Z","conductTo":"2026-06-20T00:00:00.000Z"}]', ['mkt_entity:aaaaaaaa:1'], ['s1'], 'm', ':run'),
    ('L2', 2, 'vehicle:1', 'vehicle', timestamp '2026-06-30 12:00:00', 0.1, 0.2, 0.05, 0.2, null, 'reserve', '[]',
      '[{"id":"y","kind":"model-limit","text":{"zh":"多数未查实","en":"most were not"},"tested":false,"holds":null,"typology":null,"rowIds":[]}]', '[]', [], ['s2'], 'm', ':run')`,
  `insert into event values ('e1', 'complaint', timestamp '2026-06-28 02:00:00', timestamp '2026-06-28 02:00:00', null, null, null, null, '大气', 'hot_ticket:bbbbbbbb:1'),
    ('e2', 'inspection', timestamp '2026-04-02 02:00:00', timestamp '2026-04-02 04:00:00', null, null, null, null, '责令改正', 'eco_inspection:cccccccc:1'),
    ('e3', 'inspection', timestamp '2026-06-30 02:00:00', timestamp '2026-07-02 04:00:00', null, null, null, null, '未发现问题', 'eco_inspection:cccccccc:2')`,
  `insert into event_participant values ('e1', 'place', 'site:1'), ('e2', 'place', 'site:1'), ('e3', 'place', 'site:1')`,
  `insert into outcome values ('o1', 'company:1', 'confirmed', '偷排', timestamp '2026-04-01', timestamp '2026-04-02', timestamp '2026-04-02', 'random', null, 'eco_inspection:cccccccc:1')`,
  `insert into source_file (source, file_name, sha256, read_rows, accepted_rows, rejected_rows) values
    ('mkt_entity', 'market/mkt_entity.csv', 'aaaaaaaa00', 3, 2, 1), ('hot_ticket', 'hotline/hot_ticket-2026.jsonl', 'bbbbbbbb00', 10, 6, 4)`,
  `insert into reject values ('hot_ticket:bbbbbbbb:7', 'hot_ticket', null, null, 'duplicate', 'the same key as line 6', true),
    ('mkt_entity:aaaaaaaa:1', 'mkt_entity', 'legal_rep', '张某某', 'name', 'odd name 张某某', false),
    ('mkt_entity:aaaaaaaa:3', 'mkt_entity', 'uscc', '123', 'uscc-length', 'three characters', true)`,
  `create table src_mkt_entity as select 'mkt_entity:aaaaaaaa:1' as row_id, timestamp '2026-01-01' as event_at, timestamp '2026-01-01' as known_at,
    '91330599FAKE00013E' as uscc, '湖州甲公司' as name, '张某某' as legal_rep, '湖州甲(公司)' as name_raw`,
  `create table src_geo_element as select 'geo_element:dddddddd:1' as row_id, timestamp '2020-01-01' as event_at, timestamp '2020-01-01' as known_at, 'town' as kind, '织里镇' as name`,
  `create table src_hot_ticket as select * from (values
     ('hot_ticket:bbbbbbbb:1', timestamp '2026-06-28 02:00:00', 'T1', '生态环境>大气', '分局', null::timestamp, null::varchar, 120.2, 30.9),
     ('hot_ticket:bbbbbbbb:2', timestamp '2026-06-20 02:00:00', 'T2', '生态环境>水', '分局', timestamp '2026-06-22', 'T1', null, null),
     ('hot_ticket:bbbbbbbb:3', timestamp '2026-05-01 02:00:00', 'T3', '生态环境>水', '分局', timestamp '2026-07-20', null, null, null))
     as t(row_id, "at", ticket_no, class, unit, closed_at, repeat_of, lon, lat)`,
  `alter table src_hot_ticket add column event_at timestamp`,
  `update src_hot_ticket set event_at = "at"`,
  `create table src_wat_section as select * from (values
     ('wat_section:eeeeeeee:1', timestamp '2026-06-30 04:00:00', 'S1', 'w01018', 35.0), ('wat_section:eeeeeeee:2', timestamp '2026-06-30 04:00:00', 'S1', 'w21003', 0.4),
     ('wat_section:eeeeeeee:3', timestamp '2026-06-29 04:00:00', 'S1', 'w01018', 12.0))
     as t(row_id, "at", section, factor, value)`,
  `alter table src_wat_section add column event_at timestamp`,
  `update src_wat_section set event_at = "at"`,
];
