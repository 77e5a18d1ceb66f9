import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, StateError } from '../../ingest/base/index.ts';
import { Database, quoteText } from '../../ingest/tables/index.ts';
import type { WorkspacePaths } from '../workspace/index.ts';

/** Files of the lake, workspace-relative, sorted. */
export function lakeParquetFiles(paths: WorkspacePaths): string[] {
  if (!existsSync(paths.lake)) return [];
  return readdirSync(paths.lake, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile() && e.name.endsWith('.parquet') && !e.name.endsWith('.reject.parquet'))
    .map((e) => join(e.parentPath, e.name))
    .sort();
}

/** The latest moment at which anything that the lake knows of happened, never later than the clock: the default as-of.
 *  (Some rows become known, or begin to hold, only weeks later: they wait for a later run.)
 *  @throws StateError `empty-lake` */
export async function latestKnown(paths: WorkspacePaths, clock: Clock): Promise<number> {
  const files = lakeParquetFiles(paths);
  if (files.length === 0)
    throw new StateError('empty-lake', `run: the lake of ${paths.root} is empty; "tributary ingest <files>" fills it`, {
      workspace: paths.root,
    });
  const db = await Database.open(':memory:');
  try {
    const now = new Date(clock()).toISOString().slice(0, 23).replace('T', ' ');
    const [row] = await db.rows<{ latest: number | null }>(
      `select max(epoch_ms(event_at))::double as latest from read_parquet([${files.map(quoteText).join(', ')}], union_by_name = true) where event_at <= known_at and event_at <= timestamp ${quoteText(now)}`,
    );
    if (row?.latest === null || row === undefined)
      throw new StateError(
        'empty-lake',
        `run: no row in the lake of ${paths.root} has a moment; check the descriptions' eventAt and knownAt`,
        {},
      );
    return row.latest;
  } finally {
    db.close();
  }
}
