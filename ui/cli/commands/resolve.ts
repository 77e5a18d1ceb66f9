import type { Command } from 'commander';
import { type FilesReport, resolveFiles } from '../../../ingest/resolve/index.ts';
import { type CliContext, answer, fromHere, sharedOf } from '../context.ts';
import { textTable } from '../terminal.ts';
import { usageError } from '../usage.ts';

interface Options {
  readonly out: string;
  readonly id?: string;
  readonly settings?: string;
  readonly labels?: string;
  readonly judgements?: string;
  readonly precision?: string;
  readonly previous?: string;
  readonly store?: string;
  readonly why?: readonly string[];
}

/** `tributary resolve`: which rows of anyone's table are the same thing; one call, no settings needed. */
export function registerResolve(program: Command, context: CliContext): void {
  program
    .command('resolve')
    .argument('<table>', 'CSV, TSV, JSON, JSON Lines or Parquet, also .gz')
    .argument('[table]', 'a second table to link with the first')
    .description('find the rows of one table, or of two, that are the same thing; no settings needed')
    .requiredOption('-o, --out <folder>', 'folder for entities.csv, possibly-same.csv, weak-links.csv and report.json')
    .option('--id <column>', 'column that names rows; default: one called id, else row numbers')
    .option('--settings <yaml>', 'columns, blocking, weights, threshold of your own')
    .option('--labels <csv>', 'known pairs: id_left, id_right, same (1 or 0)')
    .option('--judgements <jsonl>', 'what people decided about pairs of rows; binds the answer')
    .option('--precision <share>', 'share of merged pairs that must be right, e.g. 0.99')
    .option('--previous <folder>', 'an earlier answer: entities keep their ids, changes.csv says what merged or split')
    .option('--store <folder>', 'link rows as they come: made on the first call, added to on the next ones')
    .option('--why <ids...>', 'two row ids: why they are, or are not, the same')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary resolve people.csv --out people-resolved\n  tributary resolve ours.csv theirs.parquet --out linked --precision 0.99\n  tributary resolve people.csv --out answer --why r17 r204',
    )
    .action(async (table: string, second: string | undefined, options: Options, command: Command) => {
      const shared = sharedOf(command, context);
      const path = (p: string | undefined): string => (p === undefined ? '' : fromHere(context, p));
      const report = await resolveFiles({
        files: [table, ...(second === undefined ? [] : [second])].map((f) => fromHere(context, f)),
        out: path(options.out),
        id: options.id ?? '',
        settings: path(options.settings),
        labels: path(options.labels),
        judgements: path(options.judgements),
        precision: _share(options.precision),
        previous: path(options.previous),
        store: path(options.store),
        explain: _pair(options.why),
        progress: shared.progress,
      });
      answer(context, shared, report, _text(report));
    });
}

function _share(text: string | undefined): number {
  if (text === undefined) return 0;
  const share = Number(text);
  if (!(share > 0 && share < 1)) throw usageError(`--precision: "${text}" is not a share between 0 and 1, e.g. 0.99`);
  return share;
}

function _pair(ids: readonly string[] | undefined): [string, string][] {
  if (ids === undefined) return [];
  if (ids.length !== 2) throw usageError(`--why: ${ids.length} ids; give two`);
  return [[ids[0]!, ids[1]!]];
}

function _text(r: FilesReport): string {
  const n = (value: number): string => value.toLocaleString('en');
  const lines = [
    `${n(r.records)} records → ${n(r.entities)} entities; ${n(r.possiblySame)} pairs may be the same and were kept apart.`,
    r.refused === null
      ? `A merge needs ${r.threshold.toFixed(2)} bits (${r.thresholdBecause}).`
      : `Nothing was merged: ${r.refused}.`,
  ];
  if (r.table !== null) {
    const { columns, dropped, rules, estimatedBlockingRecall, conflicts } = r.table;
    lines.push(
      '',
      textTable(
        ['column', 'taken as', 'filled', 'why'],
        columns.map((c) => [
          c.column,
          c.inside === null ? c.type : `${c.type}, part of ${c.inside}`,
          `${(c.filled * 100).toFixed(0)}%`,
          c.because,
        ]),
      ),
    );
    for (const d of dropped) lines.push(`left out: ${d.name} (${d.because})`);
    lines.push(
      '',
      textTable(
        ['blocking rule', 'pairs', 'only by it', 'too wide'],
        rules.map((x) => [x.rule, n(x.pairs), n(x.onlyThis), n(x.cappedPairs)]),
      ),
    );
    if (estimatedBlockingRecall !== null)
      lines.push(`Blocking is estimated to propose ${(estimatedBlockingRecall * 100).toFixed(1)} % of the true pairs.`);
    for (const c of conflicts)
      lines.push(
        `judgements contradict: ${c.left} ≠ ${c.right}, joined through ${c.through.join(', ')}; "${c.setAside}" was set aside`,
      );
  } else lines.push(`${n(r.added)} rows were new.`);
  if (r.changes.length > 0) lines.push(`${n(r.changes.length)} entities merged, split or went.`);
  for (const e of r.explained)
    lines.push(
      '',
      `${e.left}  ${e.together ? 'is' : 'is not'} ${e.right}`,
      textTable(
        ['comparison', 'level', 'bits'],
        e.levels.map((l) => [l.comparison, l.level, l.weight.toFixed(2)]),
      ),
      `Prior ${e.priorBits.toFixed(2)}, taken off for relatives ${e.relativesBits.toFixed(2)}, sum ${e.weight.toFixed(2)} bits, probability ${e.probability.toFixed(4)}.`,
      `Proposed by: ${e.proposedBy.join(', ') || 'no rule'}.`,
      ...e.reasons.map((x) => `· ${x}`),
    );
  lines.push('', `Written to ${r.out}`);
  return lines.join('\n');
}
