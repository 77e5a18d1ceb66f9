import { type Clock, InputError } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import type { Batch } from './batch.ts';
import { batchReports } from './batch-reports.ts';
import { buildDatum } from './build-datum.ts';
import { buildMaps, buildUnits } from './build-maps.ts';
import { type CleanedTable, coordinatePair, unitColumnOf } from './cleaned-sql.ts';
import { collectRejects } from './collect-rejects.ts';
import { columnPlans } from './column-plan.ts';
import { findColumns } from './find-header.ts';
import { flagRows } from './flag-rows.ts';
import type { FileReport } from './report.ts';
import { writeParquet } from './write-entry.ts';

/** Cleans a batch under one description and writes each file's two Parquet files to the scratch folder. Several descriptions run on one batch, one after the other.
 *  @param options.withBad  counts the unreadable records here; true for one description of a file only
 *  @returns a report for each file of the batch, in order
 *  @throws InputError `wrong-headers`, `bad-description` */
export async function loadBatch(
  db: Database,
  description: SourceDescription,
  options: { readonly batch: Batch; readonly scratch: string; readonly clock: Clock; readonly withBad: boolean },
): Promise<FileReport[]> {
  const startedMs = options.clock();
  const { batch } = options;
  const shown = batch.files.slice(0, 3).map((f) => f.found.fileName);
  const names = shown.join(', ') + (batch.files.length > 3 ? ` and ${batch.files.length - 3} more` : '');
  const found = findColumns(description, batch.raw.columns, names);
  const plans = columnPlans(found.columns, batch.raw);
  const table: CleanedTable = { description, plans, mapped: await buildMaps(db, plans), pair: coordinatePair(plans) };
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
