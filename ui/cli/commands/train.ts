import type { Command } from 'commander';
import {
  type LeadModel,
  type ModelComparison,
  compareKept,
  modelToBeat,
  runPipeline,
  trainChallenger,
  withSnapshot,
} from '../../../models/index.ts';
import { closedSince } from '../../../models/queries/index.ts';
import { type CliContext, type Shared, answer, sharedOf } from '../context.ts';
import { closedText, comparisonText, modelLine } from '../model-texts.ts';
import { startOfChinaDay } from '../usage.ts';

interface Trained {
  readonly model: LeadModel;
  readonly champion: string;
  /** Null when training came to the very model that is served. */
  readonly comparison: ModelComparison | null;
}

/** `tributary train`: a challenger on the served snapshot. */
export function registerTrain(program: Command, context: CliContext): void {
  program
    .command('train')
    .description(
      'train a model on the served run, compare it with the champion; nothing is served until someone promotes it',
    )
    .addHelpText('after', '\nExamples:\n  tributary train\n  tributary train --json')
    .action(async (_options: unknown, command: Command) => {
      const shared = sharedOf(command, context);
      const trained = await _train(shared, null);
      answer(context, shared, _json(trained), _text(trained));
    });
}

/** `tributary retrain`: takes in what was closed, makes a new run, trains, compares. */
export function registerRetrain(program: Command, context: CliContext): void {
  program
    .command('retrain')
    .description('rebuild the run with the cases closed since a day, train on them, and compare with the champion')
    .requiredOption('--closed-since <date>', 'count and name what became known from this day (China) on')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary retrain --closed-since 2026-05-01\nThen: tributary models promote <id> --why "…"',
    )
    .action(async (options: { closedSince: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const since = startOfChinaDay('--closed-since', options.closedSince);
      const champion = await withSnapshot(shared.paths, (_db, runId) => modelToBeat(shared.paths, runId));
      const run = await runPipeline({
        workspace: shared.paths.root,
        asOf: null,
        progress: shared.progress,
        clock: context.clock,
      });
      const closed = await withSnapshot(shared.paths, (db) => closedSince(db, since));
      const trained = await _train(shared, champion.model_id);
      answer(
        context,
        shared,
        { runId: run.runId, closedSince: options.closedSince, closed, ..._json(trained) },
        `${closedText(options.closedSince, closed)}\n\nRun ${run.runId}.\n${_text(trained)}`,
      );
    });
}

async function _train(shared: Shared, toBeat: string | null): Promise<Trained> {
  return withSnapshot(shared.paths, async (db, runId) => {
    const of = { paths: shared.paths, db, runId };
    const champion = toBeat ?? (await modelToBeat(shared.paths, runId)).model_id;
    const model = await trainChallenger(of, shared.progress);
    const comparison =
      model.model_id === champion || model.card.form !== 'district'
        ? null
        : await compareKept(of, { challenger: model.model_id, champion }, shared.progress);
    return { model, champion, comparison };
  });
}

function _json({ model, champion, comparison }: Trained): Record<string, unknown> {
  return { modelId: model.model_id, setting: model.setting, champion, comparison };
}

function _text({ model, champion, comparison }: Trained): string {
  if (model.model_id === champion)
    return `${modelLine(model)}\nThe same data and settings gave the same model; nothing to compare.`;
  const how =
    comparison === null
      ? `Champion ${champion}: a table model is compared by its card (models/${model.model_id}.card.html).`
      : comparisonText(comparison);
  return `${modelLine(model)}\n\n${how}`;
}
