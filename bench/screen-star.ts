import { mkdirSync, writeFileSync } from 'node:fs';
import { WAREHOUSE_TABLES, createTableSql } from '../ingest/schema/index.ts';
import { Database } from '../ingest/tables/index.ts';
import { runFolder, warehouseFile, workspacePaths } from '../models/workspace/index.ts';

/** The node of 20,000 neighbours. */
export const BUSY = 'gate:busy';

/** A workspace whose one run holds a checkpoint that 20,000 firms touch. */
export async function makeStar(workspace: string): Promise<void> {
  const paths = workspacePaths(workspace);
  const runId = '2026-01-01-star0001';
  mkdirSync(runFolder(paths, runId), { recursive: true });
  const db = await Database.open(warehouseFile(runFolder(paths, runId)));
  try {
    for (const table of Object.keys(WAREHOUSE_TABLES)) await db.run(createTableSql(table));
    await db.run(`insert into entity select 'company:' || i, 'company', '企业' || i, null, 1, '2025-01-01', null, null, '织里' from range(20000) t(i)
      union all select '${BUSY}', 'gate', '卡口', null, 20000, '2025-01-01', 120.1, 30.8, '织里'`);
    await db.run(
      `insert into link select 'l' || i, 'seen_at', 'company:' || i, '${BUSY}', timestamp '2025-01-01' + interval (i) minute, null, '2025-02-01', 'recorded', null, null, ['r:' || i] from range(20000) t(i)`,
    );
  } finally {
    db.close();
  }
  writeFileSync(paths.current, runId);
}
