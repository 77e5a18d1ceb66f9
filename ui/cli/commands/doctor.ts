import type { Command } from 'commander';
import { accessSync, constants, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateError, messageOf } from '../../../ingest/base/index.ts';
import { Database } from '../../../ingest/tables/index.ts';
import { currentRun, readSettings } from '../../../models/workspace/index.ts';
import { type CliContext, answer, sharedOf } from '../context.ts';
import { textTable } from '../terminal.ts';

interface Finding {
  readonly check: string;
  readonly state: 'ok' | 'warning' | 'fault';
  readonly found: string;
}

/** `tributary doctor`: what this machine and workspace can do, and what to put right. */
export function registerDoctor(program: Command, context: CliContext): void {
  program
    .command('doctor')
    .description('check this machine and the workspace, and say what to put right')
    .addHelpText('after', '\nExamples:\n  tributary doctor\n  tributary --workspace /srv/wuxing doctor --json')
    .action(async (_options, command: Command) => {
      const shared = sharedOf(command, context);
      const findings = await _findings(
        shared.paths.root,
        () => readSettings(shared.paths),
        () => currentRun(shared.paths),
      );
      answer(
        context,
        shared,
        { findings },
        textTable(
          ['check', 'state', 'found'],
          findings.map((f) => [f.check, f.state, f.found]),
        ),
      );
      const faults = findings.filter((f) => f.state === 'fault');
      if (faults.length > 0)
        throw new StateError('unfit', `doctor: ${faults.map((f) => `${f.check}: ${f.found}`).join('; ')}`, {
          faults,
          reported: true,
        });
    });
}

async function _findings(root: string, settings: () => unknown, current: () => string): Promise<Finding[]> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const nodeOk = major > 20 || (major === 20 && minor >= 19);
  return [
    {
      check: 'Node.js',
      state: nodeOk ? 'ok' : 'fault',
      found: `${process.versions.node}${nodeOk ? '' : '; 20.19 or later is needed'}`,
    },
    await _try('DuckDB', async () => {
      const db = await Database.open(':memory:');
      const [row] = await db.rows<{ v: string }>('select version() as v');
      db.close();
      return row!.v;
    }),
    await _try('pictures', async () => {
      const { createCanvas } = await import('@napi-rs/canvas');
      return `${createCanvas(8, 8).toBuffer('image/png').length} bytes of PNG drawn`;
    }),
    await _try('workspace', async () => {
      const isNew = !existsSync(root);
      mkdirSync(root, { recursive: true });
      const probe = join(root, '.doctor');
      writeFileSync(probe, 'x');
      accessSync(probe, constants.W_OK);
      rmSync(probe);
      return `${root} can be written${isNew ? ' (made now)' : ''}`;
    }),
    _space(root),
    await _try('settings', async () => {
      settings();
      return 'tributary.yaml reads well, or is absent (defaults)';
    }),
    await _try('served run', async () => current(), 'warning'),
  ];
}

function _space(root: string): Finding {
  const disk = statfsSync(root);
  const gb = (disk.bavail * disk.bsize) / 2 ** 30;
  return {
    check: 'disk',
    state: gb < 2 ? 'fault' : gb < 20 ? 'warning' : 'ok',
    found: `${gb.toFixed(1)} GiB free; the demo needs 1, a full district about 20`,
  };
}

async function _try(
  check: string,
  work: () => Promise<string>,
  otherwise: 'fault' | 'warning' = 'fault',
): Promise<Finding> {
  try {
    return { check, state: 'ok', found: await work() };
  } catch (error) {
    return { check, state: otherwise, found: messageOf(error) };
  }
}
