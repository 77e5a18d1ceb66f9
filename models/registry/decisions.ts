import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ExternalError, InputError, StateError, canonicalJson, messageOf, sha256 } from '../../ingest/base/index.ts';
import type { ModelComparison } from './comparison.ts';
import { loadModel } from './model-file.ts';

/** What a person decided about a model. `promote` and `rollback` name the champion from then on; `shadow` scores beside it, unseen. */
export type DecisionAction = 'promote' | 'rollback' | 'shadow' | 'end-shadow' | 'release';

/** One line of `models/registry.jsonl`: appended, never changed; each holds the hash of the one before. */
export interface ModelDecision {
  readonly seq: number;
  /** ISO, UTC. */
  readonly at: string;
  readonly action: DecisionAction;
  /** Empty for `release`: runs train their own model again. */
  readonly modelId: string;
  readonly by: string;
  readonly why: string;
  /** What was known of the two models when it was decided; null = nothing to compare with. */
  readonly comparison: ModelComparison | null;
  readonly previous: string;
  readonly hash: string;
}

const FILE = 'registry.jsonl';

/** Every decision in order, its chain of hashes recomputed. @throws InputError `registry-changed` with the first line that does not fit */
export async function readDecisions(folder: string): Promise<readonly ModelDecision[]> {
  const path = join(folder, FILE);
  if (!existsSync(path)) return [];
  const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
  let previous = '';
  return lines.map((line, i) => {
    const decision = _parsed(line, `${FILE}: line ${i + 1}`);
    if (decision.seq !== i || decision.previous !== previous || decision.hash !== _hashOf(decision))
      throw new InputError(
        'registry-changed',
        `${FILE}: line ${i + 1} does not fit its hash; the log was changed after it was written, restore it from a copy`,
        { line: i + 1 },
      );
    previous = decision.hash;
    return decision;
  });
}

/** Appends a decision. @returns it, with its place and hash
 *  @throws InputError `no-such-model`, `model-not-servable`, `no-reason` · StateError `nothing-to-roll-back`, `not-in-shadow` */
export async function decide(
  folder: string,
  given: Pick<ModelDecision, 'action' | 'modelId' | 'by' | 'why' | 'comparison'>,
  at: string,
): Promise<ModelDecision> {
  if (given.why.trim() === '')
    throw new InputError('no-reason', `models ${given.action}: a decision needs its reason; pass --why "…"`, {});
  const before = await readDecisions(folder);
  if (given.action !== 'release' && given.action !== 'end-shadow') {
    const model = await loadModel(folder, given.modelId);
    if (!model.servable)
      throw new InputError(
        'model-not-servable',
        `models ${given.action}: ${given.modelId} was trained with banned columns, for comparison only; choose another`,
        { modelId: given.modelId },
      );
  }
  if (given.action === 'end-shadow' && !shadowsOf(before).includes(given.modelId))
    throw new StateError('not-in-shadow', `models: ${given.modelId} is not in shadow`, { modelId: given.modelId });
  const body = { ...given, seq: before.length, at, previous: before.at(-1)?.hash ?? '' };
  const decision: ModelDecision = { ...body, hash: _hashOf(body) };
  try {
    await mkdir(folder, { recursive: true });
    await appendFile(join(folder, FILE), `${canonicalJson(decision)}\n`);
  } catch (cause) {
    throw new ExternalError('registry-not-written', `${FILE}: ${messageOf(cause)}`, { folder }, { cause });
  }
  return decision;
}

/** The model that people chose to serve; null while every run trains its own. */
export function championOf(decisions: readonly ModelDecision[]): string | null {
  const last = decisions.findLast((d) => d.action === 'promote' || d.action === 'rollback' || d.action === 'release');
  return last === undefined || last.action === 'release' ? null : last.modelId;
}

/** Models that score beside the champion, in order of id. */
export function shadowsOf(decisions: readonly ModelDecision[]): readonly string[] {
  const shadows = new Set<string>();
  for (const d of decisions) {
    if (d.action === 'shadow') shadows.add(d.modelId);
    if (d.action === 'end-shadow' || d.action === 'promote') shadows.delete(d.modelId);
  }
  return [...shadows].sort();
}

/** The champion before the present one. @throws StateError `nothing-to-roll-back` */
export function rollbackTarget(decisions: readonly ModelDecision[]): string {
  // A rollback takes the last promotion off the pile; so two rollbacks go back two champions.
  const pile: string[] = [];
  for (const d of decisions) {
    if (d.action === 'promote') pile.push(d.modelId);
    if (d.action === 'rollback') pile.pop();
    if (d.action === 'release') pile.length = 0;
  }
  const target = pile.at(-2);
  if (target === undefined)
    throw new StateError(
      'nothing-to-roll-back',
      `models rollback: ${pile.length === 0 ? 'no model was promoted yet' : 'there is no champion before the present one'}; see "tributary models list"`,
      {},
    );
  return target;
}

function _hashOf(decision: Omit<ModelDecision, 'hash'> & { readonly hash?: string }): string {
  return sha256(canonicalJson({ ...decision, hash: undefined }));
}

function _parsed(line: string, where: string): ModelDecision {
  try {
    return JSON.parse(line) as ModelDecision;
  } catch (cause) {
    throw new InputError(
      'registry-changed',
      `${where}: is not whole JSON (${messageOf(cause)}); restore the log from a copy`,
      { where },
    );
  }
}
