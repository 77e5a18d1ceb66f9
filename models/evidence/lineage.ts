import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateError, messageOf } from '../../ingest/base/index.ts';

/** One step of a run, for people and for `bench`. */
export interface StepRecord {
  readonly name: string;
  readonly seconds: number;
  readonly rows: number | null;
  readonly note: string;
  readonly rssMb: number;
}

/** What a finished run was made of; lies beside its warehouse as lineage.json. */
export interface Lineage {
  readonly runId: string;
  readonly asOf: string;
  readonly codeVersion: string;
  readonly settingsSha256: string;
  readonly lakeHash: string;
  /** Hash of all that went in but the run before. */
  readonly inputsSha256?: string;
  /** Hash of the judgements that resolution obeyed; null = there were none. */
  readonly judgementsSha256?: string | null;
  /** The run whose entity ids live on, with the hash of its identity.parquet. */
  readonly identityFrom?: { readonly runId: string; readonly sha256: string } | null;
  readonly seed: number;
  readonly modelId: string;
  readonly warehouseSha256: string;
  readonly steps: readonly StepRecord[];
}

const FILE = 'lineage.json';

export function writeLineage(folder: string, lineage: Lineage): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(lineage, null, 2)}\n`);
}

/** @throws StateError `no-lineage` when the file is absent or not JSON */
export function readLineage(folder: string): Lineage {
  try {
    return JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Lineage;
  } catch (cause) {
    throw new StateError(
      'no-lineage',
      `readLineage: ${join(folder, FILE)} cannot be read (${messageOf(cause)}); run "tributary run" again`,
      { folder },
    );
  }
}
