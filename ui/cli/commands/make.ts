import type { Command } from 'commander';
import { writeParquet } from '../../../ingest/tables/index.ts';
import { type CliContext, answer, fromHere, sharedOf } from '../context.ts';
import { textTable } from '../terminal.ts';
import { usageError, wholeNumber } from '../usage.ts';

interface MakeOptions {
  readonly scale: string;
  readonly seed: string;
  readonly out: string;
  readonly months: string;
  readonly precursor?: boolean;
}

/** `tributary make`: the demo district, as each department would export it. Everything in it is synthetic. */
export function registerMake(program: Command, context: CliContext): void {
  program
    .command('make')
    .description('make the synthetic demo district: the departments’ files, and the truth in a folder of its own')
    .option(
      '--scale <ci|0..1>',
      'ci (about 1/200 of a district), or a share of a full one (1 = about 30 million rows)',
      'ci',
    )
    .option('--seed <number>', 'same seed, same bytes', '7')
    .option('--out <folder>', 'where the departments’ files go; the truth goes to <folder>-truth', 'data')
    .option('--months <number>', 'length of the window that ends on 2026-06-30', '36')
    .option('--precursor', 'also the register of precursor chemicals')
    .addHelpText(
      'after',
      '\nExamples:\n  tributary make --scale ci --seed 7 --out data/\n  tributary make --scale 0.05 --out /data/wuxing',
    )
    .action(async (options: MakeOptions, command: Command) => {
      const shared = sharedOf(command, context);
      const { makeDistrict } = await import('../../../fixtures/make/index.ts');
      const report = await makeDistrict({
        out: fromHere(context, options.out),
        scale: scaleOf(options.scale),
        seed: wholeNumber('--seed', options.seed, 0, 2 ** 31),
        months: wholeNumber('--months', options.months, 1, 36),
        precursor: options.precursor === true,
        progress: shared.progress,
        writeParquet,
      });
      answer(
        context,
        shared,
        report,
        textTable(
          ['table', 'rows'],
          Object.entries(report.rows).map(([t, n]) => [t, n.toLocaleString('en')]),
        ),
      );
    });
}

/** @throws InputError `usage` unless `ci` or a number in (0, 1] */
export function scaleOf(text: string): 'ci' | number {
  if (text === 'ci') return 'ci';
  const scale = Number(text);
  if (!(scale > 0 && scale <= 1))
    throw usageError(`--scale: "${text}" is neither ci nor a number above 0 and at most 1`);
  return scale;
}
