import { type Clock, InputError } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import type { Batch } from './batch.ts';
import { batchReports } from './batch-reports.ts';
import { buildDatum } from './build-datum.ts';
import { buildMaps, buildUnits } from './build-maps.ts';
import { type CleanedTable, coordinatePair, unitColumnOf } from './cleaned-sql.ts';
import { collectRejects } from './collect-rejects.ts';
import { buildHalf, columnPlans } from './column-plan.ts';
import { findColumns } from './find-header.ts';
import { flagRows } from './flag-rows.ts';
import type { FileReport } from './report.ts';
import { writeParquet } from './write-entry.ts';

/** Cleans a batch under one description and writes each file's two Parquet files to the scratch folder. Several descriptions run on one batch, one after the other.
 *  @param options.withBad  counts the unreadable records here; true for one description of a file only
 *  @param options.isLast  nobody needs `raw` afterwards: its memory is given back as soon as it has been read
 *  @returns a report for each file of the batch, in order
 *  @throws InputError `wrong-headers`, `bad-description` */
export async function loadBatch(
  db: Database,
  description: SourceDescription,
  options: {
    readonly batch: Batch;
    readonly scratch: string;
    readonly clock: Clock;
    readonly withBad: boolean;
    readonly isLast: boolean;
  },
): Promise<FileReport[]> {
  const startedMs = options.clock();
  const { batch } = options;
  const shown = batch.files.slice(0, 3).map((f) => f.found.fileName);
  const names = shown.join(', ') + (batch.files.length > 3 ? ` and ${batch.files.length - 3} more` : '');
  const found = findColumns(description, batch.raw.columns, names);
  const plans = columnPlans(found.columns, batch.raw);
  await buildHalf(db, plans);
  if (options.isLast) await _dropRaw(db);
  const table: CleanedTable = {
    description,
    plans,
    mapped: await buildMaps(db, plans),
    pair: coordinatePair(plans),
  };
  for (const plan of plans) {
    const unit = unitColumnOf(table, plan);
    if (unit !== null) await buildUnits(db, plan, unit);
    else if (plan.column.unit?.fromColumn !== undefined)
      throw _noUnitColumn(description, plan.column.name, plan.column.unit.fromColumn);
  }
  await buildDatum(db, table);
  await flagRows(db, table, { nowMs: startedMs, file: names });
  await collectRejects(db, table, { raw: batch.raw, withBad: options.withBad });
  const counted = await writeParquet(db, table, options);
  return batchReports(db, table, { batch, found, counted, startedMs, endedMs: options.clock() });
}

function _noUnitColumn(description: SourceDescription, name: string, from: string): InputError {
  return new InputError(
    'bad-description',
    `ingestFiles: column "${name}" of "${description.id}" takes its unit from "${from}", which is not described`,
    { name, from },
  );
}

/** Gives the sent table's memory back; `raw` is a view over `records`, or the table itself. */
async function _dropRaw(db: Database): Promise<void> {
  const found = await db.rows<{ name: string; type: string }>(
    `select table_name as name, table_type as type from information_schema.tables where table_schema = current_schema() and table_name in ('raw', 'records') order by name`,
  );
  for (const { name, type } of found) await db.run(`drop ${type === 'VIEW' ? 'view' : 'table'} ${name}`);
}
