import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { InputError } from '../ingest/base/index.ts';
import { type TableResolution, reclustered, resolveTable, tableSettingsFromYaml } from '../ingest/resolve/index.ts';
import { forbiddenMerges } from './resolve-checks.ts';
import { benchNamePairs } from './resolve-names.ts';
import { calibrationError, scoreClusters } from './resolve-score.ts';
import { openSet, setsBelow } from './resolve-set.ts';

const USAGE = 'bench resolve: --data <folder of one set> [--settings <yaml>] or --all <folder of sets>; --threads 0';
const THRESHOLDS = [-10, -6, -4, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10, 14, 18, 24];

/** Entity resolution without settings on public sets: the last line is one JSON object a set (`--all`: a table, and one array). */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      settings: { type: 'string' },
      all: { type: 'string' },
      threads: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  const threads = Number(values.threads ?? 0);
  if (values.data !== undefined) {
    process.stdout.write(`${JSON.stringify(await benchSet(values.data, threads, values.settings))}\n`);
    return;
  }
  if (values.all === undefined) throw new InputError('usage', USAGE, {});
  const rows = [];
  for (const name of setsBelow(values.all)) rows.push(_inOwnProcess(join(values.all, name), threads));
  process.stdout.write(`${_table(rows)}\n${JSON.stringify(rows)}\n`);
}

/** One set, measured in this process. Time is the engine's alone: reading the files and scoring are outside. */
export async function benchSet(folder: string, threads: number, settings?: string): Promise<Record<string, unknown>> {
  if (existsSync(join(folder, 'pairs.csv'))) return benchNamePairs(folder);
  const set = await openSet(folder, threads);
  const before = process.hrtime.bigint();
  const busyBefore = process.cpuUsage();
  const said =
    settings === undefined ? {} : { settings: tableSettingsFromYaml(readFileSync(settings, 'utf8'), settings) };
  const r = await resolveTable(set.db, set.tables, { id: 'id', ...said });
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  const busy = process.cpuUsage(busyBefore);
  const peakRssMb = process.resourceUsage().maxRSS / 1024;
  const never = await forbiddenMerges(set.db, set.tables, r);
  set.db.close();
  const own = scoreClusters(r, r.cluster, set.pairs);
  const isTrue = _truthOf(r, set.pairs);
  const total = _totalPairs(r);
  const found = isTrue.reduce((s, t) => s + t, 0);
  return {
    dataset: set.name,
    mode: settings === undefined ? 'zero-config' : `settings ${basename(settings)}`,
    records: set.records,
    truePairs: set.pairs.length,
    ...own,
    ...never,
    candidates: r.report.candidates,
    estimatedBlockingRecall: r.report.estimatedBlockingRecall,
    blockingRecall: set.pairs.length === 0 ? 1 : found / set.pairs.length,
    threshold: r.report.threshold,
    recallAtPrecision90: _recallAt(r, set.pairs, 0.9),
    f1AtBestThreshold: _best(r, set.pairs, own.f1),
    ece: calibrationError(r.probability, isTrue),
    priorEstimated: r.report.priorEstimated,
    priorTrue: set.pairs.length / total,
    seconds,
    cpuSeconds: (busy.user + busy.system) / 1e6,
    peakRssMb,
  };
}

function _best(r: TableResolution, pairs: readonly (readonly [string, string])[], own: number): number {
  const cuts = r.left.length > 400_000 ? [-2, 0, 1, 2, 3, 4, 6, 10] : THRESHOLDS;
  return cuts.reduce((best, bits) => Math.max(best, scoreClusters(r, reclustered(r, bits), pairs).f1), own);
}

/** Highest recall over the thresholds at which clusters are right at least as often as asked; 0 when none is. */
function _recallAt(r: TableResolution, pairs: readonly (readonly [string, string])[], precision: number): number {
  const cuts = r.left.length > 400_000 ? [2] : THRESHOLDS;
  const scores = cuts.map((bits) => scoreClusters(r, reclustered(r, bits), pairs));
  return scores.reduce((best, s) => (s.precision >= precision ? Math.max(best, s.recall) : best), 0);
}

function _truthOf(r: TableResolution, pairs: readonly (readonly [string, string])[]): Uint8Array {
  const truth = new Set(pairs.map(([a, b]) => `${a}\u0001${b}`));
  return Uint8Array.from(r.left, (l, p) => {
    const [a, b] = [r.ids[l]!, r.ids[r.right[p]!]!].sort() as [string, string];
    return truth.has(`${a}\u0001${b}`) ? 1 : 0;
  });
}

function _totalPairs(r: TableResolution): number {
  const n = r.ids.length;
  if (r.side === null) return (n * (n - 1)) / 2;
  const right = r.side.reduce((s, x) => s + x, 0);
  return right * (n - right);
}

/** A fresh process a set, so that peak memory and warm-up are its own. */
function _inOwnProcess(folder: string, threads: number): Record<string, unknown> {
  const out = execFileSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'run.ts'), 'resolve', '--data', folder, '--threads', String(threads)],
    { encoding: 'utf8', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>;
}

function _table(rows: readonly Record<string, unknown>[]): string {
  const columns = [
    'dataset',
    'precision',
    'recall',
    'f1',
    'b3',
    'candidates',
    'blockingRecall',
    'threshold',
    'f1AtBestThreshold',
    'ece',
    'priorRatio',
    'seconds',
    'cpuSeconds',
    'peakRssMb',
  ];
  const cell = (row: Record<string, unknown>, c: string): string => {
    const v = c === 'b3' ? (row['b3'] as { f1: number } | undefined)?.f1 : c === 'priorRatio' ? _ratio(row) : row[c];
    if (typeof v !== 'number') return typeof v === 'string' ? v : '–';
    return Number.isInteger(v)
      ? String(v)
      : v.toFixed(c === 'seconds' || c === 'cpuSeconds' ? 1 : c === 'peakRssMb' ? 0 : 3);
  };
  return [
    `| ${columns.join(' | ')} |`,
    `|${columns.map(() => ' --- |').join('')}`,
    ...rows.map((r) => `| ${columns.map((c) => cell(r, c)).join(' | ')} |`),
  ].join('\n');
}

function _ratio(row: Record<string, unknown>): number | null {
  const [e, t] = [row['priorEstimated'], row['priorTrue']];
  return typeof e === 'number' && typeof t === 'number' && t > 0 ? e / t : null;
}
