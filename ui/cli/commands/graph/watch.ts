import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Pattern, type Watch, matchPattern, newWatch, watchFromJson, watchNews } from '../../../../graph/index.ts';
import { InputError } from '../../../../ingest/base/index.ts';
import { withSnapshot } from '../../../../models/queries/index.ts';
import { type CliContext, type Shared, answer, fromHere, sharedOf } from '../../context.ts';
import { usageError } from '../../usage.ts';

/** Findings of a subscription at most. */
const _MOST = 1_000_000;

/** `tributary graph watch`: subscriptions to patterns. Each finding is told of once. */
export function registerWatch(graph: Command, context: CliContext): void {
  graph
    .command('watch')
    .argument('<what>', 'add, check, list or remove')
    .argument('[name]', 'of the subscription; check without one looks at all')
    .description('subscribe to a pattern, and hear what is new since the last look')
    .option('--pattern <file>', 'with add: the pattern as JSON')
    .option('--from-nothing', 'with add: what is there already counts as new, too')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary graph watch add two-sites --pattern two-sites.json\n  tributary graph watch check',
    )
    .action(
      async (
        what: string,
        name: string | undefined,
        flags: { pattern?: string; fromNothing?: boolean },
        command: Command,
      ) => {
        const shared = sharedOf(command, context);
        if (what === 'list')
          return answer(context, shared, { names: _names(shared) }, _names(shared).join('\n') || 'No subscriptions.');
        if (what === 'add') return _add(context, shared, { name: _given(name), ...flags });
        if (what === 'check') return _check(context, shared, name === undefined ? _names(shared) : [name]);
        if (what !== 'remove') throw usageError(`graph watch: "${what}" is none of add, check, list, remove`);
        _read(shared, _given(name));
        rmSync(_file(shared, _given(name)));
        answer(context, shared, { removed: name }, `Removed ${name}.`);
      },
    );
}

function _given(name: string | undefined): string {
  if (name === undefined) throw usageError('graph watch: name the subscription');
  return name;
}

async function _add(
  context: CliContext,
  shared: Shared,
  o: { name: string; pattern?: string; fromNothing?: boolean },
): Promise<void> {
  if (o.pattern === undefined) throw usageError('graph watch add: give --pattern <file>');
  const path = fromHere(context, o.pattern);
  let pattern: Pattern;
  try {
    pattern = JSON.parse(readFileSync(path, 'utf8')) as Pattern;
  } catch (cause) {
    throw new InputError('bad-pattern', `graph watch add: ${path} is not JSON that can be read`, { path }, { cause });
  }
  const watch = newWatch(o.name, pattern);
  if (existsSync(_file(shared, o.name)))
    throw new InputError('watch-exists', `graph watch add: "${o.name}" is there already; remove it first`, {
      name: o.name,
    });
  const there = await _news(shared, watch);
  _keep(shared, o.fromNothing === true ? watch : there.watch);
  const text = o.fromNothing === true ? 'all of it new at the first look' : 'only what comes later is told of';
  answer(
    context,
    shared,
    { name: o.name, there: there.total },
    `Watching ${o.name}: ${there.total} there now, ${text}.`,
  );
}

async function _check(context: CliContext, shared: Shared, names: readonly string[]): Promise<void> {
  const answers: { name: string; total: number; fresh: readonly Readonly<Record<string, string>>[] }[] = [];
  for (const name of names) {
    const { fresh, total, watch } = await _news(shared, _read(shared, name));
    _keep(shared, watch);
    answers.push({ name, total, fresh });
  }
  const lines = answers.flatMap(({ name, total, fresh }) => [
    `${name}: ${fresh.length} new of ${total}`,
    ...fresh.map(
      (row) =>
        `  ${Object.entries(row)
          .map(([part, id]) => `${part}=${id}`)
          .join(' ')}`,
    ),
  ]);
  answer(context, shared, { watches: answers }, lines.join('\n') || 'No subscriptions.');
}

function _news(shared: Shared, watch: Watch) {
  return withSnapshot(shared.paths, async (db, runId) =>
    watchNews(watch, await matchPattern(db, watch.pattern, { limit: _MOST }), runId),
  );
}

function _folder(shared: Shared): string {
  return join(shared.paths.root, 'watches');
}

function _file(shared: Shared, name: string): string {
  return join(_folder(shared), `${name}.json`);
}

function _names(shared: Shared): string[] {
  if (!existsSync(_folder(shared))) return [];
  return readdirSync(_folder(shared))
    .flatMap((f) => (f.endsWith('.json') ? [f.slice(0, -5)] : []))
    .sort();
}

function _read(shared: Shared, name: string): Watch {
  if (!_names(shared).includes(name))
    throw new InputError(
      'no-such-watch',
      `graph watch: there is no subscription "${name}"; there are ${_names(shared).join(', ') || 'none'}`,
      { name },
    );
  return watchFromJson(readFileSync(_file(shared, name), 'utf8'), _file(shared, name));
}

/** Written beside, then renamed: a subscription is whole or as it was. */
function _keep(shared: Shared, watch: Watch): void {
  mkdirSync(_folder(shared), { recursive: true });
  const beside = `${_file(shared, watch.name)}.new`;
  writeFileSync(beside, `${JSON.stringify(watch, null, 1)}\n`);
  renameSync(beside, _file(shared, watch.name));
}
