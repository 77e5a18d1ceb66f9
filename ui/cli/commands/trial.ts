import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { seeded } from '../../../ingest/base/index.ts';
import {
  type TrialReport,
  readTrial,
  recordResult,
  resultsOf,
  startTrialOf,
  trialReport,
  trialWeek,
  withSnapshot,
} from '../../../models/index.ts';
import { subjectLabels } from '../../../models/queries/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';
import { textTable } from '../terminal.ts';
import { usageError, wholeNumber } from '../usage.ts';

/** `tributary trial …`: two models against each other in the field, blind. */
export function registerTrial(program: Command, context: CliContext): void {
  const trial = program
    .command('trial')
    .description('a blind field trial of two models: one mixed list a run, results recorded, hit rates with intervals')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary trial start m-0123456789abcdef m-fedcba9876543210 --capacity 40\n  tributary trial list t-0123456789ab\n  tributary trial record t-0123456789ab company:1 found\n  tributary trial report t-0123456789ab',
    );
  trial
    .command('start')
    .argument('<model>')
    .argument('<model>')
    .option('--capacity <number>', 'checks a week', '40')
    .description('fix the two models, the capacity and the metric; who is a and who is b is drawn')
    .action(async (one: string, other: string, options: { capacity: string }, command: Command) => {
      const shared = sharedOf(command, context);
      const plan = await startTrialOf(shared.paths, {
        models: [one, other],
        capacity: wholeNumber('--capacity', options.capacity, 2, 10_000),
        by: userInfo().username,
        at: new Date(context.clock()).toISOString(),
      });
      const { trialId, capacity, metric } = plan;
      answer(
        context,
        shared,
        { trialId, capacity, metric },
        `Trial ${trialId}: ${capacity} checks a week. Metric: ${metric}.`,
      );
    });
  trial
    .command('list')
    .argument('<trial>')
    .description('the blind list of the served run')
    .action(async (id: string, _o: unknown, command: Command) => {
      const shared = sharedOf(command, context);
      const list = await withSnapshot(shared.paths, async (db, runId) => {
        const week = await trialWeek({ paths: shared.paths, db, runId }, id, shared.progress);
        const ids = week.listed.map((l) => l.subjectId);
        return { trialId: id, runId, subjects: await subjectLabels(db, ids) };
      });
      const rows = list.subjects.map((s, i) => [String(i + 1), s.subjectId, s.kind, s.label]);
      answer(
        context,
        shared,
        list,
        `${textTable(['#', 'subject', 'kind', 'name'], rows)}\n\nRun ${list.runId}; the order is drawn.`,
      );
    });
  _results(trial, context);
}

function _results(trial: Command, context: CliContext): void {
  trial
    .command('record')
    .argument('<trial>')
    .argument('<subject>')
    .argument('<result>', 'found, or clean')
    .option('--run <run id>', 'the run whose list it was; default: the served one')
    .description('what the check of a listed subject found')
    .action(async (id: string, subjectId: string, result: string, options: { run?: string }, command: Command) => {
      const shared = sharedOf(command, context);
      if (result !== 'found' && result !== 'clean')
        throw usageError(`trial record: "${result}" is neither found nor clean`);
      const runId = options.run ?? (await withSnapshot(shared.paths, (_db, run) => Promise.resolve(run)));
      await readTrial(shared.paths.root, id);
      const by = userInfo().username;
      const at = new Date(context.clock()).toISOString();
      await recordResult(shared.paths.root, id, { runId, subjectId, found: result === 'found', by, at });
      answer(context, shared, { trialId: id, runId, subjectId, result }, `Recorded: ${subjectId} ${result}.`);
    });
  trial
    .command('report')
    .argument('<trial>')
    .description('hit rates of the two models, their difference and gain, with 95 % intervals; this opens the blind')
    .action(async (id: string, _o: unknown, command: Command) => {
      const shared = sharedOf(command, context);
      const plan = await readTrial(shared.paths.root, id);
      const report = trialReport(await resultsOf(shared.paths.root, id), { random: seeded(`report:${plan.seed}`) });
      answer(context, shared, { trialId: id, arms: plan.arms, ...report }, _text(plan.arms, report));
    });
}

function _text(arms: { readonly a: string; readonly b: string }, r: TrialReport): string {
  const share = (v: { value: number; low: number; high: number }): string =>
    `${(100 * v.value).toFixed(1)} % [${(100 * v.low).toFixed(1)}, ${(100 * v.high).toFixed(1)}]`;
  return [
    `${r.checked} checked${r.unchecked === 0 ? '' : `, ${r.unchecked} listed and not yet checked`}.`,
    `a = ${arms.a}: ${share(r.rate.a)}`,
    `b = ${arms.b}: ${share(r.rate.b)}`,
    `a − b: ${share(r.difference)}`,
    r.gain === null
      ? 'b found nothing: no gain can be told.'
      : `a over b: ${r.gain.value >= 0 ? '+' : ''}${share(r.gain)}`,
  ].join('\n');
}
