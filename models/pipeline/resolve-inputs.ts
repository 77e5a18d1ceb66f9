import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, sha256, sha256OfFile } from '../../ingest/base/index.ts';
import { type JudgementRow, identityFile, readJudgements } from '../../ingest/resolve/index.ts';
import { readLineage } from '../evidence/index.ts';
import { type WorkspacePaths, currentRun, runFolder } from '../workspace/index.ts';

/** What resolution takes beside the lake: what people decided, and the run whose entity ids live on. */
export interface ResolveInputs {
  readonly judgements: readonly JudgementRow[];
  /** SHA-256 of all judgement rows, in order of id; null = there are none. */
  readonly judgementsSha256: string | null;
  /** The run before, with the hash of what it says entities are; null = fresh ids. */
  readonly identityFrom: { readonly runId: string; readonly sha256: string } | null;
}

/** Judgements of `casework/judgements.jsonl` and those handed over by whoever keeps them elsewhere. @throws InputError `bad-judgements` */
export function judgementsOf(
  paths: WorkspacePaths,
  given: readonly JudgementRow[],
): Pick<ResolveInputs, 'judgements' | 'judgementsSha256'> {
  const file = join(paths.root, 'casework', 'judgements.jsonl');
  const kept = existsSync(file) ? readJudgements(readFileSync(file, 'utf8'), file) : [];
  const byId = new Map([...kept, ...given].map((j) => [j.id, j]));
  const judgements = [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { judgements, judgementsSha256: judgements.length === 0 ? null : sha256(canonicalJson(judgements)) };
}

/** The run whose ids live on: the one that a finished run with the same inputs took them from, so that a rerun is the same run; else the served one.
 *  @param inputs  hash of everything else that goes in */
export async function identityFrom(paths: WorkspacePaths, inputs: string): Promise<ResolveInputs['identityFrom']> {
  for (const runId of _runs(paths)) {
    const lineage = readLineage(runFolder(paths, runId));
    if (lineage.inputsSha256 !== inputs) continue;
    const before = lineage.identityFrom ?? null;
    if (before === null) return null;
    const found = await _identityOf(paths, before.runId);
    if (found?.sha256 === before.sha256) return found;
  }
  return existsSync(paths.current) ? _identityOf(paths, currentRun(paths)) : null;
}

async function _identityOf(paths: WorkspacePaths, runId: string): Promise<ResolveInputs['identityFrom']> {
  const file = identityFile(runFolder(paths, runId));
  return file === null ? null : { runId, sha256: await sha256OfFile(file) };
}

/** Finished runs, by name. */
function _runs(paths: WorkspacePaths): string[] {
  if (!existsSync(paths.snapshots)) return [];
  return readdirSync(paths.snapshots, { withFileTypes: true })
    .filter((e) => e.isDirectory() && existsSync(join(paths.snapshots, e.name, 'lineage.json')))
    .map((e) => e.name)
    .sort();
}
