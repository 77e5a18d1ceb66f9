import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Files to leads: `npm run bench -- pipeline --scale ci|0.05|1 [--seed 7] [--keep <folder>] [--data <folder>]`. A fresh workspace and a process for each command;
 *  wall time, CPU time and peak memory of each, rows a second of every step, and how busy the machine was: wall time says little where the load is not about 1. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scale: { type: 'string', default: 'ci' },
      seed: { type: 'string', default: '7' },
      keep: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const root = values.keep ?? mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  const data = values.data ?? join(root, 'data');
  const workspace = join(root, 'workspace');
  try {
    const made =
      values.data === undefined
        ? _command(workspace, ['make', '--scale', values.scale, '--seed', values.seed, '--out', data])
        : null;
    const ingested = _command(workspace, ['ingest', data]);
    const ran = _command(workspace, ['run']);
    const rows = (ingested.answer as { files: { readRows: number }[] }).files.reduce((sum, f) => sum + f.readRows, 0);
    const steps = (ran.answer as { steps: { name: string; seconds: number; rows: number | null; rssMb: number }[] })
      .steps;
    const line = (name: string, seconds: number, count: number | null, rss: number, cpu: number | null = null): void =>
      void process.stdout.write(
        `${name.padEnd(12)} ${seconds.toFixed(1).padStart(8)} s  ${(count === null ? '' : count.toLocaleString('en')).padStart(12)} rows  ${(count === null || seconds === 0 ? '' : Math.round(count / seconds).toLocaleString('en')).padStart(10)} rows/s  ${rss.toFixed(0).padStart(6)} MB${cpu === null ? '' : `  ${cpu.toFixed(1)} s CPU`}\n`,
      );
    if (made !== null)
      line('make', made.seconds, (made.answer as { totalRows: number }).totalRows, made.peakRssMb, made.cpuSeconds);
    line('ingest', ingested.seconds, rows, ingested.peakRssMb, ingested.cpuSeconds);
    for (const s of steps) line(`  ${s.name}`, s.seconds, s.rows, s.rssMb);
    line('run', ran.seconds, null, ran.peakRssMb, ran.cpuSeconds);
    const seconds = ingested.seconds + ran.seconds;
    const peakRssMb = Math.max(ingested.peakRssMb, ran.peakRssMb);
    const cpuSeconds = ingested.cpuSeconds + ran.cpuSeconds;
    const load = loadavg()[0]!.toFixed(1);
    process.stdout.write(
      `files to leads: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s CPU, ${peakRssMb.toFixed(0)} MB at most; load average ${load} on ${availableParallelism()} cores\n`,
    );
    process.stdout.write(
      `${JSON.stringify({ scale: values.scale, seed: Number(values.seed), rows, makeSeconds: made?.seconds ?? null, ingestSeconds: ingested.seconds, runSeconds: ran.seconds, seconds, cpuSeconds, load, peakRssMb, rowsPerSecond: rows / seconds, steps })}\n`,
    );
  } finally {
    if (values.keep === undefined) rmSync(root, { recursive: true, force: true });
  }
}

/** What one command answered and cost. */
interface Ran {
  readonly answer: unknown;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
}

/** One command in a process of its own; its CPU time and peak memory are what the kernel counted for it (`maxRSS`, KiB on Linux and macOS here). */
function _command(workspace: string, args: readonly string[]): Ran {
  const wrapper = `
    const { main } = await import('./ui/cli/main.ts');
    process.exitCode = await main(process.argv.slice(1));
    const used = process.resourceUsage();
    process.stderr.write('\\nPEAK ' + used.maxRSS + ' CPU ' + (used.userCPUTime + used.systemCPUTime) + '\\n');`;
  const started = performance.now();
  const done = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', wrapper, '--', '--workspace', workspace, '--json', ...args],
    {
      maxBuffer: 2 ** 28,
      encoding: 'utf8',
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (done.status !== 0)
    throw new Error(`bench pipeline: ${args.join(' ')} failed (exit ${done.status}):\n${done.stderr.slice(-4000)}`);
  const [, peak, cpu] = /PEAK (\d+) CPU (\d+)/.exec(done.stderr)!;
  return {
    answer: JSON.parse(done.stdout.trim().split('\n').at(-1)!),
    seconds,
    cpuSeconds: Number(cpu) / 1e6,
    peakRssMb: Number(peak) / 1024,
  };
}
