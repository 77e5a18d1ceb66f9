import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Progress, sha256OfFile } from '../../ingest/base/index.ts';
import { lakeFiles } from '../../ingest/lake/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { type EvidenceBundle, type Verification, verifyBundle } from '../evidence/index.ts';
import { type WorkspacePaths, currentRun, runFolder, warehouseFile } from '../workspace/index.ts';
import { evidenceFile } from './reports.ts';

/** Recomputes the chain of one lead, or of every report of the served run.
 *  @param options.warehouse  the served run's snapshot when this process has it open already; it is not closed
 *  @throws InputError `no-such-lead` */
export async function verifyLeads(
  paths: WorkspacePaths,
  leadId: string | null,
  progress: Progress,
  options: { readonly warehouse?: Database } = {},
): Promise<Verification[]> {
  const runId = currentRun(paths);
  const folder = join(paths.reports, runId);
  const files = leadId === null ? _bundles(folder) : [evidenceFile(paths, leadId)];
  const known = new Map<string, Promise<string>>();
  const hashOf = (path: string): Promise<string> => {
    if (!known.has(path)) known.set(path, sha256OfFile(path));
    return known.get(path)!;
  };
  const inputs = inputPaths(paths);
  const reader = await Database.open(':memory:');
  let warehouse: Database | null = null;
  progress.step('verify');
  try {
    const out: Verification[] = [];
    for (const file of files) {
      const bundle = JSON.parse(readFileSync(file, 'utf8')) as EvidenceBundle;
      const openWarehouse = async (): Promise<Database> =>
        options.warehouse ??
        (warehouse ??= await Database.open(warehouseFile(runFolder(paths, runId)), { readOnly: true }));
      out.push(
        await verifyBundle(bundle, {
          workspace: paths.root,
          reader,
          openWarehouse,
          hashOf,
          inputPath: (id, hash) => inputs.get(`${id}|${hash}`) ?? null,
        }),
      );
      progress.tick(out.length, files.length, 'chains');
    }
    return out;
  } finally {
    reader.close();
    (warehouse as Database | null)?.close();
  }
}

/** `source/file name|sha256` → where the file lay when it was ingested. */
export function inputPaths(paths: WorkspacePaths): Map<string, string> {
  if (!existsSync(paths.lake)) return new Map();
  const sources = readdirSync(paths.lake, { withFileTypes: true }).filter(
    (e) => e.isDirectory() && !e.name.startsWith('.'),
  );
  const files = sources.flatMap((e) => lakeFiles(paths.root, e.name));
  return new Map(files.map((f) => [`${f.source}/${f.fileName}|${f.sha256}`, f.inputPath]));
}

function _bundles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((f) => f.endsWith('.evidence.json'))
    .sort()
    .map((f) => join(folder, f));
}
