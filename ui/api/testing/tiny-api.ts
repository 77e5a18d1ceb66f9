import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Express } from 'express';
import { type Casework, openCasework } from '../../../casework/index.ts';
import { systemClock } from '../../../ingest/base/index.ts';
import { WAREHOUSE_TABLES, createTableSql } from '../../../ingest/schema/index.ts';
import { Database } from '../../../ingest/tables/index.ts';
import { SnapshotReader } from '../../../models/queries/index.ts';
import {
  type WorkspacePaths,
  runFolder,
  serveRun,
  warehouseFile,
  workspacePaths,
} from '../../../models/workspace/index.ts';
import { appOf } from '../app.ts';

/** The API over a workspace of three entities and one lead, with its own casework. For tests only. */
export interface TinyApi {
  readonly paths: WorkspacePaths;
  readonly casework: Casework;
  readonly app: Express;
  /** Faults that are ours; a test ends with none. */
  readonly faults: unknown[];
  /** Moves casework's clock forward, ms. */
  readonly pass: (ms: number) => void;
  /** Makes a run; it is served once `serve` is called. */
  readonly makeRun: (runId: string, label: string) => Promise<void>;
  readonly serve: (runId: string) => void;
  readonly close: () => Promise<void>;
}

export async function tinyApi(): Promise<TinyApi> {
  const root = mkdtempSync(join(tmpdir(), 'tributary-api-'));
  const paths = workspacePaths(root);
  const snapshot = new SnapshotReader(paths);
  const faults: unknown[] = [];
  let passed = 0;
  const begun = systemClock();
  const casework = await openCasework({ folder: paths.casework, clock: () => begun + passed });
  const app = appOf({ paths, snapshot, casework, version: '0-test', onFault: (e) => faults.push(e) });
  return {
    paths,
    casework,
    app,
    faults,
    pass: (ms) => void (passed += ms),
    makeRun: (runId, label) => _makeRun(paths, runId, label),
    serve: (runId) => serveRun(paths, runId),
    close: async () => {
      await snapshot.close();
      await casework.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function _makeRun(paths: WorkspacePaths, runId: string, label: string): Promise<void> {
  mkdirSync(runFolder(paths, runId), { recursive: true });
  const db = await Database.open(warehouseFile(runFolder(paths, runId)));
  for (const t of Object.keys(WAREHOUSE_TABLES)) await db.run(createTableSql(t));
  await db.run(`insert into entity (entity_id, kind, label, pseudonym, mentions, lon, lat) values
    ('company:1', 'company', '${label}', null, 2, 120.1, 30.8), ('site:1', 'site', '一号厂区', null, 1, 120.2, 30.9),
    ('person:1', 'person', null, '人员-7F3A', 1, null, null), ('person:far', 'person', null, '人员-0000', 1, null, null)`);
  await db.run(`insert into statement values
    ('company:1', 'name', '${label}', 'mkt_entity:aaaaaaaa:1', timestamp '2026-01-01'),
    ('company:1', 'legal_rep', '张某某', 'mkt_entity:aaaaaaaa:1', timestamp '2026-01-01'),
    ('person:1', 'phone', '13812345678', 'mkt_entity:aaaaaaaa:1', timestamp '2026-01-01')`);
  await db.run(`insert into link (link_id, kind, from_id, to_id, known_at, origin, probability, weight, row_ids) values
    ('l1', 'operates', 'company:1', 'site:1', timestamp '2026-01-01', 'recorded', 1, 1, ['eco_permit:bbbbbbbb:2']),
    ('l2', 'legal_rep_of', 'person:1', 'company:1', timestamp '2026-01-01', 'recorded', 1, 1, ['mkt_entity:aaaaaaaa:1'])`);
  await db.run(`insert into lead (lead_id, rank, subject_id, kind, as_of, probability, score, pick, reasons_json, against_json, law_json, row_ids, signal_ids, model_id, run_id)
    values ('L1', 1, 'company:1', 'company', timestamp '2026-06-30', 0.4, 1.5, 'ranked', '[]',
    '[{"id":"x","kind":"look-alike","text":{"zh":"待核","en":"open"},"tested":false,"holds":null,"typology":null,"rowIds":[]}]', '[]', ['mkt_entity:aaaaaaaa:1'], [], 'm', '${runId}')`);
  await db.run(`insert into mention by name select 'mkt_entity:aaaaaaaa:1#rep' as mention_id, 'mkt_entity:aaaaaaaa:1' as row_id,
    'mkt_entity' as source, 'rep' as role, 'person' as kind, '张某某' as name`);
  await db.run(`insert into subject values ('company:1', 'company', 'company:1'), ('company:1', 'company', 'site:1')`);
  await db.run(
    `insert into entity_mention values ('company:1', 'mkt_entity:aaaaaaaa:1#company', 'company'), ('person:1', 'mkt_entity:aaaaaaaa:1#rep', 'person'), ('site:1', 'eco_permit:bbbbbbbb:2#site', 'site')`,
  );
  await db.run(
    `insert into source_file (source, file_name, sha256, read_rows, accepted_rows, rejected_rows) values ('mkt_entity', 'market/mkt_entity.csv', 'aa', 3, 2, 1)`,
  );
  db.close();
}
