import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, StateError, canonicalJson, sha256 } from '../../ingest/base/index.ts';
import type { BlindList, ListedBy } from './blind-list.ts';
import type { TrialResult } from './trial-report.ts';

/** What is fixed before the first week. */
export interface TrialPlan {
  readonly trialId: string;
  /** ISO, UTC. */
  readonly startedAt: string;
  readonly startedBy: string;
  /** Model ids behind the letters; the letters were drawn. */
  readonly arms: { readonly a: string; readonly b: string };
  /** Checks a week. */
  readonly capacity: number;
  readonly metric: 'hit rate of the first places, difference a − b, 95 % bootstrap over subjects';
  readonly seed: string;
}

/** A week as kept: who listed whom stays in here; people are given the subjects only. */
export interface TrialWeek {
  readonly runId: string;
  readonly depth: number;
  readonly listed: readonly ListedBy[];
}

const _folder = (root: string, id: string): string => join(root, 'trials', id);

/** Starts a trial: writes its plan, which nothing changes afterwards. @throws StateError `trial-exists` */
export async function startTrial(root: string, plan: Omit<TrialPlan, 'trialId' | 'metric'>): Promise<TrialPlan> {
  const whole = {
    ...plan,
    metric: 'hit rate of the first places, difference a − b, 95 % bootstrap over subjects',
  } as const;
  const trialId = `t-${sha256(canonicalJson(whole)).slice(0, 12)}`;
  const folder = _folder(root, trialId);
  if (existsSync(folder)) throw new StateError('trial-exists', `trial: ${trialId} is there already`, { trialId });
  await mkdir(folder, { recursive: true });
  const kept = { trialId, ...whole };
  await writeFile(join(folder, 'plan.json'), `${canonicalJson(kept)}\n`, { flag: 'wx' });
  return kept;
}

/** @throws InputError `no-such-trial` naming those there are */
export async function readTrial(root: string, id: string): Promise<TrialPlan> {
  const path = join(_folder(root, id), 'plan.json');
  if (!/^t-[0-9a-f]{12}$/.test(id) || !existsSync(path)) {
    const there = await listTrials(root);
    throw new InputError('no-such-trial', `trial: no trial "${id}"; there are ${there.join(', ') || 'none'}`, {
      id,
      there,
    });
  }
  return JSON.parse(await readFile(path, 'utf8')) as TrialPlan;
}

export async function listTrials(root: string): Promise<readonly string[]> {
  const folder = join(root, 'trials');
  return existsSync(folder) ? (await readdir(folder)).filter((f) => /^t-[0-9a-f]{12}$/.test(f)).sort() : [];
}

/** Keeps the list of one run; a run gives one list, asked again it is the same. */
export async function keepWeek(
  root: string,
  id: string,
  week: BlindList & { readonly runId: string },
): Promise<TrialWeek> {
  const known = (await weeksOf(root, id)).find((w) => w.runId === week.runId);
  if (known !== undefined) return known;
  const kept: TrialWeek = { runId: week.runId, depth: week.depth, listed: week.listed };
  await appendFile(join(_folder(root, id), 'weeks.jsonl'), `${canonicalJson(kept)}\n`);
  return kept;
}

export async function weeksOf(root: string, id: string): Promise<readonly TrialWeek[]> {
  return _lines<TrialWeek>(join(_folder(root, id), 'weeks.jsonl'));
}

/** Records what a check found. A later record of the same subject and run replaces the earlier in the report; both stay in the file.
 *  @throws InputError `not-listed` */
export async function recordResult(
  root: string,
  id: string,
  result: {
    readonly runId: string;
    readonly subjectId: string;
    readonly found: boolean;
    readonly by: string;
    readonly at: string;
  },
): Promise<void> {
  const week = (await weeksOf(root, id)).find((w) => w.runId === result.runId);
  if (week === undefined || !week.listed.some((l) => l.subjectId === result.subjectId))
    throw new InputError(
      'not-listed',
      `trial: ${result.subjectId} is not on the list of run ${result.runId}; results are taken for listed subjects only`,
      result,
    );
  await appendFile(join(_folder(root, id), 'results.jsonl'), `${canonicalJson(result)}\n`);
}

/** Every listed subject with what was found, null where nobody has looked. */
export async function resultsOf(
  root: string,
  id: string,
): Promise<readonly (ListedBy & { readonly found: TrialResult['found'] | null })[]> {
  const found = new Map<string, boolean>();
  for (const r of await _lines<{ runId: string; subjectId: string; found: boolean }>(
    join(_folder(root, id), 'results.jsonl'),
  ))
    found.set(JSON.stringify([r.runId, r.subjectId]), r.found);
  return (await weeksOf(root, id)).flatMap((w) =>
    w.listed.map((l) => ({ ...l, found: found.get(JSON.stringify([w.runId, l.subjectId])) ?? null })),
  );
}

async function _lines<T>(path: string): Promise<T[]> {
  if (!existsSync(path)) return [];
  return (await readFile(path, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
