import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError, type Progress } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type Lineage, collectEvidence, readLineage } from '../evidence/index.ts';
import { listLeads } from '../queries/index.ts';
import { loadModel } from '../registry/index.ts';
import { type Language, type ReportGround, reportGround, writeReport } from '../reports/index.ts';
import {
  type Settings,
  type WorkspacePaths,
  currentRun,
  descriptionsOf,
  readSettings,
  runFolder,
  warehouseFile,
} from '../workspace/index.ts';

/** A run open for reading, and where it lies. */
export interface OpenRun {
  readonly paths: WorkspacePaths;
  readonly runId: string;
  readonly db: Database;
}

/** Writes the reports (HTML and Word) of the first `settings.reports` leads of a run, and the evidence bundle of each.
 *  @returns workspace-relative paths */
export async function writeRunReports(run: OpenRun, settings: Settings, progress: Progress): Promise<string[]> {
  const leads = await listLeads(run.db, settings.reports);
  const desk = await _desk(run, settings);
  const files: string[] = [];
  for (const [i, lead] of leads.entries()) {
    files.push(...(await _write(desk, lead.leadId, settings.language)));
    progress.tick(i + 1, leads.length, 'reports');
  }
  return files.map((f) => relative(run.paths.root, f));
}

/** Path of one report of an open run; written now if it is not there yet.
 *  @throws InputError `no-such-lead` */
export async function reportFile(
  run: OpenRun,
  leadId: string,
  form: { readonly format: 'html' | 'docx'; readonly language: Language },
): Promise<string> {
  const path = join(run.paths.reports, run.runId, `${fileNameOf(leadId)}.${form.language}.${form.format}`);
  if (!existsSync(path)) await _write(await _desk(run, readSettings(run.paths)), leadId, form.language);
  return path;
}

/** Path of a lead's evidence bundle in the served run. @throws InputError `no-such-lead` when no report of it was written */
export function evidenceFile(paths: WorkspacePaths, leadId: string): string {
  const path = join(paths.reports, currentRun(paths), `${fileNameOf(leadId)}.evidence.json`);
  if (!existsSync(path)) {
    throw new InputError(
      'no-such-lead',
      `evidenceFile: no evidence bundle of lead "${leadId}" in the served run; "tributary report ${leadId}" writes it`,
      { leadId },
    );
  }
  return path;
}

/** A lead's id as a file name: what is not a letter, digit, dot, dash or underscore becomes a dash. */
export function fileNameOf(leadId: string): string {
  return leadId.replace(/[^A-Za-z0-9._-]/g, '-');
}

/** What all reports of a run share, read once. */
interface _Desk {
  readonly run: OpenRun;
  readonly ground: ReportGround;
  readonly lineage: Lineage;
}

async function _desk(run: OpenRun, settings: Settings): Promise<_Desk> {
  const lineage = readLineage(runFolder(run.paths, run.runId));
  const model = await loadModel(run.paths.models, lineage.modelId);
  const ground = await reportGround(run.db, {
    descriptions: descriptionsOf(run.paths, settings),
    model,
    capacity: settings.capacity,
  });
  return { run, ground, lineage };
}

async function _write({ run, ground, lineage }: _Desk, leadId: string, language: Language): Promise<string[]> {
  const { paths, runId, db } = run;
  const folder = join(paths.reports, runId);
  mkdirSync(folder, { recursive: true });
  const name = fileNameOf(leadId);
  const written = await writeReport(db, leadId, { language, stem: join(folder, name), ground });
  const reports = readdirSync(folder).filter((f) => f.startsWith(`${name}.`) && /\.(html|docx)$/.test(f));
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
  const bundlePath = join(folder, `${name}.evidence.json`);
  writeFileSync(bundlePath, `${JSON.stringify(bundle, null, 1)}\n`);
  return [...written, bundlePath];
}
