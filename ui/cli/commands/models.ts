import { userInfo } from 'node:os';
import type { Command } from 'commander';
import {
  type LeadModel,
  type ModelDecision,
  championOf,
  compareKept,
  decide,
  driftOfRun,
  listModels,
  loadModel,
  modelToBeat,
  readDecisions,
  rollbackTarget,
  shadowsOf,
  withSnapshot,
} from '../../../models/index.ts';
import { StateError } from '../../../ingest/base/index.ts';
import { type CliContext, type Shared, answer, sharedOf } from '../context.ts';
import { cardText, comparisonText, decisionsText, driftText, modelsText } from '../model-texts.ts';

interface Decided {
  readonly why: string;
  readonly by?: string;
  readonly despite?: boolean;
}

/** `tributary models …`: the registry of models; what is served is a person's decision, logged. */
export function registerModels(program: Command, context: CliContext): void {
  const models = program
    .command('models')
    .description('the kept models: list, show, compare, promote, roll back, shadow')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary models list\n  tributary models compare m-0123456789abcdef\n  tributary models promote m-0123456789abcdef --why "better on the newest period"\n  tributary models rollback --why "false leads in Zhili"',
    );
  models
    .command('list')
    .description('every kept model, the champion, what was decided')
    .action(async (_o: unknown, command: Command) => _list(context, sharedOf(command, context)));
  models
    .command('show')
    .argument('<id>')
    .description('the card of a model')
    .action(async (id: string, _o: unknown, command: Command) => {
      const shared = sharedOf(command, context);
      const model = await loadModel(shared.paths.models, id);
      answer(
        context,
        shared,
        { modelId: id, setting: model.setting, asOf: model.asOf, card: model.card },
        cardText(model),
      );
    });
  models
    .command('compare')
    .argument('<challenger>')
    .argument('[champion]', 'default: the promoted model, else the one of the served run')
    .description('two models on results that became known after the champion was trained')
    .action(async (challenger: string, champion: string | undefined, _o: unknown, command: Command) => {
      const shared = sharedOf(command, context);
      const found = await _compare(shared, challenger, champion);
      answer(context, shared, found, comparisonText(found));
    });
  models
    .command('drift')
    .argument('[id]', 'default: the promoted model, else the one of the served run')
    .description(
      'whether the served run has left what the model was trained on: inputs, scores, label delay, base rate',
    )
    .action(async (id: string | undefined, _o: unknown, command: Command) => {
      const shared = sharedOf(command, context);
      const report = await withSnapshot(shared.paths, async (db, runId) => {
        const model =
          id === undefined ? await modelToBeat(shared.paths, runId) : await loadModel(shared.paths.models, id);
        return driftOfRun({ paths: shared.paths, db, runId }, model, shared.progress);
      });
      answer(context, shared, report, driftText(report));
    });
  _decisions(models, context);
}

function _decisions(models: Command, context: CliContext): void {
  const decided = (name: string, description: string): Command =>
    models
      .command(name)
      .description(description)
      .requiredOption('--why <text>', 'the reason, kept in the log')
      .option('--by <name>', 'who decides; default: the name of the login');
  decided('promote', 'serve this model from the next run on')
    .argument('<id>')
    .option('--despite', 'although the comparison does not allow it; the log says so')
    .action(async (id: string, options: Decided, command: Command) => {
      const shared = sharedOf(command, context);
      const before = championOf(await readDecisions(shared.paths.models));
      const comparison = before === null || before === id ? null : await _compare(shared, id, before);
      if (comparison !== null && comparison.verdict !== 'may-promote' && options.despite !== true)
        throw new StateError(
          'not-to-be-promoted',
          `models promote: ${comparisonText(comparison)}\nPass --despite to promote it all the same; the log will hold this comparison.`,
          { comparison },
        );
      await _decide(context, shared, { action: 'promote', modelId: id, comparison }, options);
    });
  decided('rollback', 'serve the champion before the present one again').action(
    async (options: Decided, command: Command) => {
      const shared = sharedOf(command, context);
      const modelId = rollbackTarget(await readDecisions(shared.paths.models));
      await _decide(context, shared, { action: 'rollback', modelId, comparison: null }, options);
    },
  );
  decided('release', 'let every run train its own model again').action(async (options: Decided, command: Command) =>
    _decide(context, sharedOf(command, context), { action: 'release', modelId: '', comparison: null }, options),
  );
  decided('shadow', 'score with this model beside the champion, unseen by those who check')
    .argument('<id>')
    .action(async (id: string, options: Decided, command: Command) =>
      _decide(context, sharedOf(command, context), { action: 'shadow', modelId: id, comparison: null }, options),
    );
  decided('end-shadow', 'stop scoring with this model beside the champion')
    .argument('<id>')
    .action(async (id: string, options: Decided, command: Command) =>
      _decide(context, sharedOf(command, context), { action: 'end-shadow', modelId: id, comparison: null }, options),
    );
}

async function _decide(
  context: CliContext,
  shared: Shared,
  what: Pick<ModelDecision, 'action' | 'modelId' | 'comparison'>,
  options: Decided,
): Promise<void> {
  const by = options.by ?? userInfo().username;
  const decision = await decide(
    shared.paths.models,
    { ...what, by, why: options.why },
    new Date(context.clock()).toISOString(),
  );
  answer(context, shared, decision, decisionsText([decision]));
}

async function _compare(shared: Shared, challenger: string, champion: string | undefined) {
  return withSnapshot(shared.paths, async (db, runId) => {
    const toBeat = champion ?? (await modelToBeat(shared.paths, runId)).model_id;
    return compareKept({ paths: shared.paths, db, runId }, { challenger, champion: toBeat }, shared.progress);
  });
}

async function _list(context: CliContext, shared: Shared): Promise<void> {
  const decisions = await readDecisions(shared.paths.models);
  const champion = championOf(decisions);
  const shadows = shadowsOf(decisions);
  const kept: { model: LeadModel; role: string }[] = [];
  for (const id of await listModels(shared.paths.models))
    kept.push({
      model: await loadModel(shared.paths.models, id),
      role: id === champion ? 'champion' : shadows.includes(id) ? 'shadow' : '',
    });
  answer(
    context,
    shared,
    {
      champion,
      shadows,
      models: kept.map(({ model, role }) => ({
        modelId: model.model_id,
        role,
        setting: model.setting,
        asOf: model.asOf,
        servable: model.servable,
        headline: model.card.headline,
      })),
      decisions,
    },
    modelsText(kept, decisions),
  );
}
