import { describe, expect, it } from 'vitest';
import { normal, seeded } from '../../../ingest/base/index.ts';
import { exp } from '../exp.ts';
import {
  matrixFromColumns,
  predictBoost,
  takeFeatures,
  takeRows,
  textOfBoost,
  trainBoost,
  type BoostOptions,
  type FeatureInfo,
} from '../index.ts';
import { finishSums, plainSums } from '../predict.ts';
import { compileKernel } from './build.ts';
import { CONTROL, Crew, OPERATION } from './crew.ts';
import { Arena, kernelModule } from './memory.ts';
import { KERNEL_WASM } from './wasm.ts';

/** Eleven columns of every kind: many and few values, missing, infinite, constant, monotone, categories. */
function everyKind(rows: number, seed: number) {
  const random = seeded(seed);
  const signs = [0, 0, 1, -1, 0, 0, 0, 0] as const;
  const features: FeatureInfo[] = [
    ...signs.map((monotone, i): FeatureInfo => ({ name: `n${i}`, kind: 'number', monotone })),
    { name: 'k5', kind: 'category' },
    { name: 'k400', kind: 'category' },
    { name: 'last', kind: 'number' },
  ];
  const columns: (number | null)[][] = features.map(() => []);
  const labels: number[] = [];
  for (let r = 0; r < rows; r++) {
    const x = signs.map(() => normal(random));
    const [k5, k400] = [Math.floor(random() * 5), Math.floor(random() ** 2 * 400)];
    x[1] = Math.round(x[1]!);
    x[5] = 7;
    const margin = x[0]! * x[1]! + x[2]! - x[3]! + (k5 === 2 ? 1 : 0) + (k400 % 2);
    labels.push(random() < 1 / (1 + Math.exp(-margin)) ? 1 : 0);
    const row: (number | null)[] = [...x, k5, k400, normal(random)];
    if (random() < 0.3) row[0] = null;
    if (random() < 0.1) row[4] = random() < 0.5 ? Infinity : null;
    if (random() < 0.2) row[9] = null;
    row.forEach((value, f) => columns[f]!.push(value));
  }
  return { matrix: matrixFromColumns(features, columns), labels };
}

describe('the kernel and its plain twin', () => {
  const { matrix, labels } = everyKind(3001, 5);
  const weights = labels.map((_, r) => 0.5 + (r % 7) / 3);
  const variants: [string, Partial<BoostOptions>][] = [
    ['leaf-wise', {}],
    ['depth-wise', { growth: 'depth', maxDepth: 6, maxLeaves: 0 }],
    ['depth-wise with a limit of leaves', { growth: 'depth', maxLeaves: 20 }],
    ['weights and penalties', { weights, alpha: 0.5, lambda: 3, gamma: 0.1, minChildWeight: 5 }],
    ['sampled', { rowSample: 0.5, columnSample: 0.5, columnSampleByNode: 0.5 }],
    [
      'kept apart',
      {
        interactions: [
          ['n0', 'n1', 'k5'],
          ['n2', 'n3'],
        ],
      },
    ],
    ['squared', { objective: 'squared' }],
    ['forest', { mode: 'forest', maxLeaves: 0, minChildWeight: 2, columnSampleByNode: 0.4 }],
    ['few bins', { maxBins: 7 }],
  ];

  it.each(variants)('give the same bytes: %s', (_name, options) => {
    const bytes = (more: Partial<BoostOptions>) =>
      textOfBoost(trainBoost(matrix, labels, { rounds: 8, ...options, ...more }).model);
    const plain = bytes({ kernel: 'plain' });
    expect(bytes({ threads: 1 })).toBe(plain);
    expect(bytes({ threads: 3 })).toBe(plain);
  });

  it('the same from 32-bit values', () => {
    const narrow = { ...matrix, values: Float32Array.from(matrix.values) };
    const bytes = (more: Partial<BoostOptions>) =>
      textOfBoost(trainBoost(narrow, labels, { rounds: 4, ...more }).model);
    expect(bytes({ threads: 2 })).toBe(bytes({ kernel: 'plain' }));
  });

  it('scoring gives the same bits as the plain twin', () => {
    const numbers = matrix.features.filter((feature) => feature.kind === 'number').map((feature) => feature.name);
    const data = takeFeatures(matrix, numbers);
    for (const options of [
      {},
      { mode: 'forest', maxLeaves: 0, columnSampleByNode: 0.5 },
      { growth: 'depth', maxDepth: 1 },
    ] as const) {
      const { model } = trainBoost(data, labels, { rounds: 12, ...options });
      for (const precision of ['float64', 'float32'] as const) {
        const asked = { ...model, precision };
        const plain = finishSums(asked, plainSums(asked, data));
        expect(predictBoost(asked, data, 1)).toEqual(plain);
        expect(predictBoost(asked, data, 3)).toEqual(plain);
        const few = takeRows(data, [5, 9, 11]);
        expect(predictBoost(asked, few, 1)).toEqual(plain.filter((_, row) => [5, 9, 11].includes(row)));
      }
    }
  });

  it('kernel.as is what wasm.ts was made from', async () => {
    expect(await compileKernel()).toBe(KERNEL_WASM);
  });

  it('exp is right to a part in 10¹⁵', () => {
    const random = seeded(8);
    for (let i = 0; i < 20_000; i++) {
      const x = (random() - 0.5) * 2 * (i % 2 === 0 ? 700 : 5);
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    }
    expect(exp(0)).toBe(1);
    expect(exp(-1e9)).toBeGreaterThan(0);
    expect(exp(1e9)).toBeLessThan(Infinity);
  });
});

describe('a worker that stops in its task', () => {
  it('is reported, and not waited for without end', () => {
    const arena = new Arena();
    arena.take(256);
    const crew = new Crew(arena, kernelModule()!, 1);
    // As a worker leaves it that took a task and trapped: one task of two is never counted.
    Atomics.store(crew.control, CONTROL.lost, 1);
    const job = arena.take(64);
    arena.words(job, 2).set([0, 0]);
    crew.control[CONTROL.jobs] = job;
    const { work } = crew as unknown as { work: (at: number, tile: number) => void };
    (crew as unknown as { work: typeof work }).work = () => undefined;
    expect(() => crew.run(OPERATION.sumRows, 1)).toThrow(expect.objectContaining({ code: 'worker-lost' }));
    crew.close();
  });
});
