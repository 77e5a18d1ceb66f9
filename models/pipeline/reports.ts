import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { InputError, type Progress, sha256OfFile } from '../../ingest/base/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import {
  type EvidenceBundle,
  type Verification,
  collectEvidence,
  readLineage,
  verifyBundle,
} from '../evidence/index.ts';
import { listLeads } from '../queries/index.ts';
import { loadModel } from '../registry/index.ts';
import { type Language, writeReport } from '../reports/index.ts';
import {
  type Settings,
  type WorkspacePaths,
  currentRun,
  descriptionsOf,
  readSettings,
  runFolder,
  warehouseFile,
} from '../workspace/index.ts';

/** Writes the reports (HTML and Word) of the first `settings.reports` leads of a run, and the evidence bundle of each. */
export async function writeRunReports(
  paths: WorkspacePaths,
  runId: string,
  settings: Settings,
  progress: Progress,
): Promise<{ rows: number; note: string; files: string[] }> {
  const files: string[] = [];
  const db = await Database.open(warehouseFile(runFolder(paths, runId)), { readOnly: true });
  try {
    const leads = await listLeads(db, settings.reports);
    for (const [i, lead] of leads.entries()) {
      files.push(...(await _write(db, paths, runId, lead.leadId, settings.language, settings)));
      progress.tick(i + 1, leads.length, 'reports');
    }
    return { rows: leads.length, note: '', files };
  } finally {
    db.close();
  }
}

/** Path of one report of the served run; written now if it is not there yet.
 *  @throws InputError `no-such-lead` */
export async function reportFile(
  paths: WorkspacePaths,
  leadId: string,
  format: 'html' | 'docx',
  language: Language,
): Promise<string> {
  const runId = currentRun(paths);
  const path = join(paths.reports, runId, `${fileNameOf(leadId)}.${language}.${format}`);
  if (existsSync(path)) return path;
  const db = await Database.open(warehouseFile(runFolder(paths, runId)), { readOnly: true });
  try {
    await _write(db, paths, runId, leadId, language, readSettings(paths));
  } finally {
    db.close();
  }
  return path;
}

/** Path of a lead's evidence bundle in the served run. @throws InputError `no-such-lead` when no report of it was written */
export function evidenceFile(paths: WorkspacePaths, leadId: string): string {
  const path = join(paths.reports, currentRun(paths), `${fileNameOf(leadId)}.evidence.json`);
  if (!existsSync(path))
    throw new InputError(
      'no-such-lead',
      `evidenceFile: no evidence bundle of lead "${leadId}" in the served run; "tributary report ${leadId}" writes it`,
      { leadId },
    );
  return path;
}

/** Recomputes the chain of one lead, or of every report of the served run.
 *  @throws InputError `no-such-lead` */
export async function verifyLeads(
  paths: WorkspacePaths,
  leadId: string | null,
  progress: Progress,
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
  const out = new Map<string, string>();
  if (!existsSync(paths.lake)) return out;
  for (const entry of readdirSync(paths.lake, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/^[0-9a-f]{16}\.json$/.test(entry.name)) continue;
    const meta = JSON.parse(readFileSync(join(entry.parentPath, entry.name), 'utf8')) as {
      fileName?: string;
      sha256?: string;
      path?: string;
    };
    if (meta.path !== undefined) out.set(`${basename(entry.parentPath)}/${meta.fileName}|${meta.sha256}`, meta.path);
  }
  return out;
}

/** A lead's id as a file name: what is not a letter, digit, dot, dash or underscore becomes a dash. */
export function fileNameOf(leadId: string): string {
  return leadId.replace(/[^A-Za-z0-9._-]/g, '-');
}

async function _write(
  db: Database,
  paths: WorkspacePaths,
  runId: string,
  leadId: string,
  language: Language,
  settings: Settings,
): Promise<string[]> {
  const folder = join(paths.reports, runId);
  mkdirSync(folder, { recursive: true });
  const lineage = readLineage(runFolder(paths, runId));
  const model = await loadModel(paths.models, lineage.modelId);
  const stem = join(folder, fileNameOf(leadId));
  const written = await writeReport(db, leadId, {
    language,
    stem,
    descriptions: descriptionsOf(paths, settings),
    model,
    capacity: settings.capacity,
  });
  const bundlePath = `${stem}.evidence.json`;
  const reports = readdirSync(folder)
    .filter((f) => f.startsWith(`${fileNameOf(leadId)}.`) && /\.(html|docx)$/.test(f))
    .sort();
  const warehouse = relative(paths.root, warehouseFile(runFolder(paths, runId)));
  const bundle = await collectEvidence(db, leadId, {
    workspace: paths.root,
    runId,
    codeVersion: lineage.codeVersion,
    modelId: lineage.modelId,
    modelPath: relative(paths.root, join(paths.models, `${lineage.modelId}.json`)),
    reportPaths: reports.map((f) => relative(paths.root, join(folder, f))),
    warehouse: { id: warehouse, path: warehouse, sha256: lineage.warehouseSha256 },
  });
  writeFileSync(bundlePath, `${JSON.stringify(bundle, null, 1)}\n`);
  return [...written, bundlePath];
}

function _bundles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((f) => f.endsWith('.evidence.json'))
    .sort()
    .map((f) => join(dirname(join(folder, f)), f));
}
