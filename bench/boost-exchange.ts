import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { integerIn, normal, seeded, sha256 } from '../ingest/base/index.ts';
import {
  boostFromXgboost,
  textOfBoost,
  matrixFromColumns,
  predictBoost,
  sigmoid,
  trainBoost,
  xgboostFromBoost,
  type Matrix,
} from '../models/boost/index.ts';

const LEVELS = 6;

/** `boost-exchange --python <with xgboost> [--rows 20000] [--rounds 100]`: a model made here is opened by XGBoost in Python, one made there is
 *  opened here, each with missing values and a category; the largest difference of a probability, and of a margin, either way (XGBoost adds its
 *  leaves in 32 bits, we in 64). Also: the model of 1, 2 and 4 threads and
 *  of the plain trainer, as hashes that must be one. Exit code 1 where a difference is above 1e-6 or a hash differs. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      python: { type: 'string' },
      rows: { type: 'string', default: '20000' },
      rounds: { type: 'string', default: '100' },
    },
  });
  const { data, labels } = madeRows(Number(values.rows));
  const options = {
    rounds: Number(values.rounds),
    learningRate: 0.1,
    growth: 'depth',
    maxDepth: 6,
    maxLeaves: 0,
  } as const;
  const hashes = [1, 2, 4].map((threads) =>
    sha256(textOfBoost(trainBoost(data, labels, { ...options, threads }).model)),
  );
  const plain = sha256(textOfBoost(trainBoost(data, labels, { ...options, kernel: 'plain' }).model));
  const isOne = hashes.every((h) => h === plain);
  const python = values.python === undefined ? null : exchanged(data, labels, { options, python: values.python });
  process.stdout.write(
    `${JSON.stringify({ rows: data.rows, features: data.features.length, ...options, sameBytesAnyThreads: isOne, ...python })}\n`,
  );
  if (!isOne || (python !== null && Math.max(python.oursInPython.probability, python.theirsHere.probability) > 1e-6))
    process.exitCode = 1;
}

/** Numbers with holes, one constant, one category; a label that leans on three of them. */
function madeRows(rows: number): { data: Matrix; labels: Float64Array } {
  const random = seeded('boost-exchange');
  const numbers = Array.from({ length: 12 }, (_, f) =>
    Array.from({ length: rows }, () => (random() < 0.1 ? Number.NaN : Math.fround(f === 11 ? 1 : normal(random)))),
  );
  const kinds = Array.from({ length: rows }, () => (random() < 0.05 ? Number.NaN : integerIn(random, 0, LEVELS - 1)));
  const labels = Float64Array.from({ length: rows }, (_, r) => {
    const [a, b] = [numbers[0]![r]!, numbers[1]![r]!];
    const margin = (Number.isNaN(a) ? 0.7 : a) - (Number.isNaN(b) ? 0 : b) + (kinds[r] === 2 ? 1 : -0.5);
    return random() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
  });
  const features = [
    ...numbers.map((_, f) => ({ name: `n${f}`, kind: 'number' as const })),
    { name: 'kind', kind: 'category' as const, levels: Array.from({ length: LEVELS }, (_, k) => String(k)) },
  ];
  return { data: matrixFromColumns(features, [...numbers, kinds]), labels };
}

function exchanged(
  data: Matrix,
  labels: Float64Array,
  of: { options: Parameters<typeof trainBoost>[2]; python: string },
): { oursInPython: Difference; theirsHere: Difference; xgboost: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-exchange-'));
  const at = (name: string): string => join(folder, name);
  try {
    const model = trainBoost(data, labels, of.options).model;
    const features = data.features.map((f) => ({ name: f.name, levels: f.kind === 'category' ? LEVELS : null }));
    writeFileSync(at('meta.json'), JSON.stringify({ rows: data.rows, features }));
    writeFileSync(at('values.f32'), Buffer.from(Float32Array.from(data.values).buffer));
    writeFileSync(at('y.f64'), Buffer.from(labels.buffer));
    writeFileSync(at('ours.json'), xgboostFromBoost(model));
    const script = fileURLToPath(new URL('./peers/boost_exchange.py', import.meta.url));
    const xgboost = execFileSync(of.python, [script, folder], { encoding: 'utf8' }).trim();
    const theirs = boostFromXgboost(readFileSync(at('theirs.json'), 'utf8'));
    return {
      oursInPython: largest(predictBoost(model, data), doubles(at('margins.f64'))),
      theirsHere: largest(predictBoost(theirs, data), doubles(at('theirs.f64'))),
      xgboost,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function doubles(path: string): Float64Array {
  const bytes = readFileSync(path);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

interface Difference {
  readonly probability: number;
  readonly margin: number;
}

function largest(a: Float64Array, b: Float64Array): Difference {
  let [probability, margin] = [0, 0];
  a.forEach((v, i) => {
    margin = Math.max(margin, Math.abs(v - b[i]!));
    probability = Math.max(probability, Math.abs(sigmoid(v) - sigmoid(b[i]!)));
  });
  return { probability, margin };
}
