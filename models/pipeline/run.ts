import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  type Clock,
  ExternalError,
  type Progress,
  TributaryError,
  canonicalJson,
  chinaDate,
  messageOf,
  sha256,
  sha256OfFile,
} from '../../ingest/base/index.ts';
import type { JudgementRow } from '../../ingest/resolve/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { codeVersion } from '../code-version.ts';
import type { LeadModel } from '../registry/index.ts';
import { type StepRecord, writeLineage } from '../evidence/index.ts';
import {
  type Settings,
  type WorkspacePaths,
  buildingFolder,
  descriptionsOf,
  readSettings,
  removeUnfinished,
  runFolder,
  serveRun,
  warehouseFile,
  withWorkspaceLock,
  workspacePaths,
} from '../workspace/index.ts';
import { lakeParquetFiles, latestKnown } from './as-of.ts';
import { type Decided, decidedOf } from './decided.ts';
import { pinnedModel } from './pinned-model.ts';
import type { RunContext } from './context.ts';
import { innerProgress } from './inner-progress.ts';
import { type ModelFigures, figuresOf } from './headline.ts';
import { writeRunReports } from './reports.ts';
import { type ResolveInputs, identityFrom, judgementsOf } from './resolve-inputs.ts';
import { STEPS } from './steps.ts';

export interface RunOptions {
  /** Folder of the workspace. */
  readonly workspace: string;
  /** End of what may be known, ms since 1970 UTC; null = the latest moment in the lake. */
  readonly asOf: number | null;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Judgements on records kept elsewhere than in `casework/judgements.jsonl` of the workspace (a casework store); they come beside those. */
  readonly judgements?: readonly JudgementRow[];
}

export interface RunReport {
  readonly runId: string;
  /** China date. */
  readonly asOf: string;
  readonly modelId: string;
  readonly steps: readonly StepRecord[];
  readonly seconds: number;
  readonly leads: number;
  /** The served model first, then the variants made for comparison. */
  readonly models: readonly ModelFigures[];
  /** Workspace-relative paths. */
  readonly reports: readonly string[];
}

/** From the lake to ranked leads and reports. Everything is built beside the served run, which changes only at the very end, by one rename:
 *  a run that fails or is killed leaves the last good one in place, and a rerun finishes the work.
 *  @throws StateError `workspace-locked`, `empty-lake` · whatever a step throws, with the step's name in front */
export async function runPipeline(options: RunOptions): Promise<RunReport> {
  const paths = workspacePaths(options.workspace);
  return withWorkspaceLock(paths, () => _run(paths, options));
}

async function _run(paths: WorkspacePaths, { asOf, progress, clock, judgements }: RunOptions): Promise<RunReport> {
  const started = clock();
  for (const name of removeUnfinished(paths)) progress.note(`removed what an unfinished run left: ${name}`);
  const settings = readSettings(paths);
  const asOfMs = asOf ?? (await latestKnown(paths, clock));
  const pinned = await pinnedModel(paths, settings, asOfMs);
  if (pinned.note !== '') progress.note(pinned.note);
  const judged = judgementsOf(paths, judgements ?? []);
  const decided = decidedOf(paths);
  const identity = await _identity(paths, settings, {
    asOfMs,
    pinned: pinned.model?.model_id ?? null,
    judgementsSha256: judged.judgementsSha256,
    decidedSha256: decided.sha256,
  });
  const folder = buildingFolder(paths, identity.runId);
  mkdirSync(folder, { recursive: true });
  try {
    const { steps, modelId, leads, figures } = await _build(paths, settings, {
      identity,
      resolveInputs: { ...judged, identityFrom: identity.identityFrom },
      decided,
      pinned: pinned.model,
      folder,
      progress,
      clock,
    });
    const warehouseSha256 = await sha256OfFile(warehouseFile(folder));
    writeLineage(folder, {
      ...identity,
      asOf: new Date(asOfMs).toISOString(),
      seed: settings.seed,
      modelId,
      warehouseSha256,
      steps,
    });
    rmSync(runFolder(paths, identity.runId), { recursive: true, force: true });
    renameSync(folder, runFolder(paths, identity.runId));
    const reportStep = await _timed('reports', clock, progress, () =>
      _reports(paths, identity.runId, settings, progress),
    );
    serveRun(paths, identity.runId);
    return {
      runId: identity.runId,
      asOf: chinaDate(asOfMs),
      modelId,
      steps: [...steps, reportStep.record],
      seconds: (clock() - started) / 1000,
      leads,
      models: figures,
      reports: reportStep.value.files,
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function _reports(
  paths: WorkspacePaths,
  runId: string,
  settings: Settings,
  progress: Progress,
): Promise<{ rows: number; note: string; files: string[] }> {
  const db = await Database.open(warehouseFile(runFolder(paths, runId)), { readOnly: true });
  try {
    const files = await writeRunReports({ paths, runId, db }, settings, progress);
    return { rows: files.length, note: '', files };
  } finally {
    db.close();
  }
}

interface Identity {
  readonly runId: string;
  readonly codeVersion: string;
  readonly settingsSha256: string;
  readonly lakeHash: string;
  readonly asOfMs: number;
  readonly inputsSha256: string;
  readonly judgementsSha256: string | null;
  /** Of the verdicts that people gave; null = there are none. */
  readonly decidedSha256: string | null;
  readonly identityFrom: ResolveInputs['identityFrom'];
}

/** The run's id follows from what goes in: as-of, lake, settings, code, the judgements and the model where people chose one, and the run whose
 *  entity ids live on. */
async function _identity(
  paths: WorkspacePaths,
  settings: Settings,
  {
    asOfMs,
    pinned,
    judgementsSha256,
    decidedSha256,
  }: { asOfMs: number; pinned: string | null; judgementsSha256: string | null; decidedSha256: string | null },
): Promise<Identity> {
  const files = lakeParquetFiles(paths).map((f) => relative(paths.lake, f));
  const lakeHash = sha256(files.join('\n'));
  const settingsSha256 = sha256(canonicalJson(settings));
  const code = codeVersion();
  const inputs = {
    lakeHash,
    settingsSha256,
    code,
    asOfMs,
    ...(pinned === null ? {} : { pinned }),
    ...(judgementsSha256 === null ? {} : { judgementsSha256 }),
    ...(decidedSha256 === null ? {} : { decidedSha256 }),
  };
  const inputsSha256 = sha256(canonicalJson(inputs));
  const before = await identityFrom(paths, inputsSha256);
  const hash = sha256(canonicalJson({ ...inputs, ...(before === null ? {} : { before: before.sha256 }) }));
  return {
    runId: `${chinaDate(asOfMs)}-${hash.slice(0, 8)}`,
    codeVersion: code,
    settingsSha256,
    lakeHash,
    asOfMs,
    inputsSha256,
    judgementsSha256,
    decidedSha256,
    identityFrom: before,
  };
}

interface Building {
  readonly identity: Identity;
  readonly resolveInputs: ResolveInputs;
  readonly decided: Decided;
  readonly pinned: LeadModel | null;
  readonly folder: string;
  readonly progress: Progress;
  readonly clock: Clock;
}

async function _build(
  paths: WorkspacePaths,
  settings: Settings,
  { identity, resolveInputs, decided, pinned, folder, progress, clock }: Building,
): Promise<{ steps: StepRecord[]; modelId: string; leads: number; figures: ModelFigures[] }> {
  const db = await Database.open(warehouseFile(folder), {
    memoryLimit: settings.memoryLimit,
    threads: settings.threads,
    tempFolder: join(folder, 'spill'),
  });
  const context: RunContext = {
    paths,
    settings,
    db,
    progress: innerProgress(progress),
    clock,
    descriptions: descriptionsOf(paths, settings),
    runId: identity.runId,
    asOfMs: identity.asOfMs,
    codeVersion: identity.codeVersion,
    resolveInputs,
    decided,
    pinned,
    model: null,
    models: [],
    lakeHash: identity.lakeHash,
    settingsSha256: identity.settingsSha256,
  };
  try {
    const steps: StepRecord[] = [];
    for (const step of STEPS) steps.push((await _timed(step.name, clock, progress, () => step.run(context))).record);
    const leads = (await db.rows<{ n: number }>('select count(*) as n from lead'))[0]!.n;
    await db.run('checkpoint');
    return {
      steps,
      modelId: context.model!.model_id,
      leads,
      figures: context.models.map((m) => figuresOf(m, settings.language)),
    };
  } finally {
    db.close();
    rmSync(join(folder, 'spill'), { recursive: true, force: true });
  }
}

async function _timed<T extends { rows: number | null; note: string }>(
  name: string,
  clock: Clock,
  progress: Progress,
  work: () => Promise<T>,
): Promise<{ record: StepRecord; value: T }> {
  progress.step(name);
  const started = clock();
  try {
    const value = await work();
    const record = {
      name,
      seconds: (clock() - started) / 1000,
      rows: value.rows,
      note: value.note,
      rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
    };
    if (value.note !== '') progress.note(`${name}: ${value.note}`);
    return { record, value };
  } catch (error) {
    if (error instanceof TributaryError) {
      error.message = `step ${name}: ${error.message}`;
      throw error;
    }
    const full = /no space left|ENOSPC/i.test(messageOf(error));
    if (full)
      throw new ExternalError(
        'disk-full',
        `step ${name}: the disk is full; free some space and run again, the last good run is still served`,
        {},
        { cause: error },
      );
    throw error;
  }
}
