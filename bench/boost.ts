import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { normal, seeded } from '../ingest/base/index.ts';
import { predictProbability, trainBoost, type Matrix } from '../models/boost/index.ts';
import { auroc, averagePrecision } from '../models/evaluate/index.ts';
import { readLeadSet } from './leads-data.ts';
import { graphColumns, matrixOf, ownColumns } from './leads-features.ts';
import { rulesOf } from './leads-sets.ts';

interface Task {
  readonly train: Matrix;
  readonly labels: Float64Array;
  readonly test: Matrix;
  readonly testLabels: Float64Array;
}

/** `boost [--rows n] [--features f] [--data <lead set>] [--rounds r] [--depth d] [--threads t] [--repeats k] [--held 0–3] [--python <with xgboost and lightgbm>]`:
 *  the same matrix to our trainer and, where a Python is given, to XGBoost hist and LightGBM; accuracy and time side by side. Wall time is the best of
 *  the repeats; CPU time beside it, for machines that others use too. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '200000' },
      features: { type: 'string', default: '50' },
      data: { type: 'string' },
      rounds: { type: 'string', default: '100' },
      depth: { type: 'string', default: '6' },
      threads: { type: 'string', default: '2' },
      repeats: { type: 'string', default: '2' },
      held: { type: 'string', default: '3' },
      python: { type: 'string' },
    },
  });
  const task =
    values.data === undefined
      ? madeTask(Number(values.rows), Number(values.features))
      : setTask(values.data, Number(values.held));
  const settings = {
    rounds: Number(values.rounds),
    depth: Number(values.depth),
    threads: Number(values.threads),
    repeats: Number(values.repeats),
    bins: 255,
    eta: 0.1,
  };
  const ours = measure(task, settings);
  const peers = values.python === undefined ? {} : peersOf(task, settings, values.python);
  const what = values.data?.replace(/\/+$/, '').split('/').at(-1) ?? 'made';
  process.stdout.write(
    `${JSON.stringify({ set: what, rows: task.train.rows, features: task.train.features.length, ...settings, ours, ...peers, peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024) })}\n`,
  );
}

function measure(
  task: Task,
  settings: { rounds: number; depth: number; threads: number; repeats: number; bins: number; eta: number },
) {
  let [seconds, cpuSeconds] = [Infinity, Infinity];
  let run = null;
  for (let repeat = 0; repeat < settings.repeats; repeat++) {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    run = trainBoost(task.train, task.labels, {
      rounds: settings.rounds,
      learningRate: settings.eta,
      growth: 'depth',
      maxDepth: settings.depth,
      maxLeaves: 0,
      maxBins: settings.bins,
      threads: settings.threads,
    });
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
    const used = process.cpuUsage(cpu);
    cpuSeconds = Math.min(cpuSeconds, (used.user + used.system) / 1e6);
  }
  let scoring = Infinity;
  let scores = new Float64Array(0);
  for (let repeat = 0; repeat < 3; repeat++) {
    const started = performance.now();
    scores = Float64Array.from(predictProbability(run!.model, task.test));
    scoring = Math.min(scoring, (performance.now() - started) / 1000);
  }
  return {
    seconds: round(seconds, 3),
    cpuSeconds: round(cpuSeconds, 3),
    rowsPerSecond: Math.round(task.test.rows / scoring),
    prAuc: round(averagePrecision(task.testLabels, scores), 5),
    auroc: round(auroc(task.testLabels, scores), 5),
  };
}

/** Normal columns, a tenth of one missing, and labels from a margin with products, a square and a sine. */
function madeTask(rows: number, features: number): Task {
  const half = (seed: number, count: number): { data: Matrix; labels: Float64Array } => {
    const random = seeded(seed);
    const values = new Float32Array(count * features);
    for (let i = 0; i < values.length; i++) values[i] = normal(random);
    const labels = new Float64Array(count);
    for (let r = 0; r < count; r++) {
      const x = (f: number): number => values[f * count + r]!;
      const margin = 1.2 * x(0) + x(1) * x(2) - 0.7 * x(3) ** 2 + Math.sin(2 * x(4)) - 1;
      labels[r] = random() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
      if (random() < 0.1) values[5 * count + r] = NaN;
    }
    const infos = Array.from({ length: features }, (_, f) => ({ name: `f${f}`, kind: 'number' as const }));
    return { data: { rows: count, features: infos, values }, labels };
  };
  const [train, test] = [half(1, rows), half(2, Math.min(rows, 200_000))];
  return { train: train.data, labels: train.labels, test: test.data, testLabels: test.labels };
}

/** A lead set's own and graph columns without labels, numbers only; every fourth row is held out, beginning with row `held`. */
function setTask(folder: string, held: number): Task {
  const set = readLeadSet(folder);
  const settings = { without: rulesOf(set.name).without, time: null, timeSplit: false, graph: true };
  const own = ownColumns(set, settings);
  const columns = [...own, ...graphColumns(set, own)].filter((column) => column.info.kind === 'number');
  const known = Array.from(set.labels.keys()).filter((row) => !Number.isNaN(set.labels[row]!));
  const part = (rows: number[]): { data: Matrix; labels: Float64Array } => {
    const matrix = matrixOf(columns, rows);
    return {
      data: { ...matrix, values: Float32Array.from(matrix.values) },
      labels: Float64Array.from(rows, (row) => set.labels[row]!),
    };
  };
  const [train, test] = [part(known.filter((_, i) => i % 4 !== held)), part(known.filter((_, i) => i % 4 === held))];
  return { train: train.data, labels: train.labels, test: test.data, testLabels: test.labels };
}

function peersOf(
  task: Task,
  settings: { rounds: number; depth: number; threads: number; repeats: number; bins: number; eta: number },
  python: string,
): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-boost-'));
  try {
    const meta = { ...settings, train: task.train.rows, test: task.test.rows, features: task.train.features.length };
    writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
    for (const [name, data, labels] of [
      ['train', task.train, task.labels],
      ['test', task.test, task.testLabels],
    ] as const) {
      writeFileSync(
        join(folder, `${name}.f32`),
        Buffer.from(data.values.buffer, data.values.byteOffset, data.values.byteLength),
      );
      writeFileSync(join(folder, `${name}.y.f64`), Buffer.from(labels.buffer));
    }
    const script = fileURLToPath(new URL('./peers/boost_peers.py', import.meta.url));
    return JSON.parse(execFileSync(python, [script, folder, String(settings.threads)], { encoding: 'utf8' })) as Record<
      string,
      unknown
    >;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
