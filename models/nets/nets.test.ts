import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { normal, seeded } from '../../ingest/base/index.ts';
import { auroc } from '../evaluate/index.ts';
import type { Network } from '../neighbourhood/index.ts';
import { aggregatorsOf, neighbourMeans, sampledAggregator, spreadBack } from './aggregate.ts';
import { networkBackend } from './backend.ts';
import { networkFromText, textOfNetwork } from './network-model.ts';
import { predictNetwork } from './predict-network.ts';
import { temperatureOf } from './temperature.ts';
import { type NetworkData, type NetworkRun, trainNetwork } from './train-network.ts';

/** Nodes whose label is told by what most of their neighbours carry, and by nothing of their own. */
function planted(nodes = 300): NetworkData {
  const random = seeded('nets');
  const carried = Array.from({ length: nodes }, () => normal(random));
  const [from, to] = [[] as number[], [] as number[]];
  for (let i = 0; i < nodes; i++)
    for (let k = 0; k < 4; k++) {
      from.push(i);
      to.push(Math.floor(random() * nodes));
    }
  const network: Network = {
    nodes,
    relations: [{ name: 'knows', from: Int32Array.from(from), to: Int32Array.from(to), values: {} }],
  };
  const mean = neighbourMeans(aggregatorsOf(network)[0]!, carried, 1);
  const labels = Array.from(mean, (m) => (m > 0.3 ? 1 : 0));
  const part = (k: number) => Int32Array.from({ length: nodes }, (_, i) => i).filter((i) => i % 3 === k);
  return { network, table: { names: ['carried'], columns: [carried] }, labels, train: part(0), validation: part(1) };
}

const OPTIONS = { hidden: 16, epochs: 120, patience: 40, every: 2, dropout: 0 };

describe('neighbour means', () => {
  const path: Network = {
    nodes: 3,
    relations: [{ name: 'r', from: Int32Array.of(0, 0), to: Int32Array.of(1, 2), values: {} }],
  };

  it('by hand: 0 → 1, 0 → 2', () => {
    const [out, back] = aggregatorsOf(path);
    expect([...neighbourMeans(out!, [1, 3, 5], 1)]).toEqual([4, 0, 0]);
    expect([...neighbourMeans(back!, [1, 3, 5], 1)]).toEqual([0, 1, 1]);
    expect([...spreadBack(out!, [2, 9, 9], 1)]).toEqual([0, 1, 1]);
  });

  it('is adjoint to its gradient: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩', () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 20, maxLength: 20 });
    const links = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 });
    fc.assert(
      fc.property(links, numbers, numbers, (pairs, x, y) => {
        const network: Network = {
          nodes: 10,
          relations: [
            {
              name: 'r',
              from: Int32Array.from(pairs, (p) => p[0]),
              to: Int32Array.from(pairs, (p) => p[1]),
              values: {},
            },
          ],
        };
        for (const a of aggregatorsOf(network)) {
          const left = neighbourMeans(a, x, 2).reduce((s, v, i) => s + v * y[i]!, 0);
          const right = spreadBack(a, y, 2).reduce((s, v, i) => s + v * x[i]!, 0);
          expect(left).toBeCloseTo(right, 3);
        }
      }),
    );
  });

  it('draws no more neighbours than asked, and only real ones', () => {
    const [out] = aggregatorsOf(planted().network);
    const sampled = sampledAggregator(out!, 2, seeded(1));
    for (let i = 0; i < 300; i++) {
      const real = out!.targets.subarray(out!.starts[i], out!.starts[i + 1]);
      const drawn = sampled.targets.subarray(sampled.starts[i], sampled.starts[i + 1]);
      expect(drawn.length).toBe(Math.min(2, real.length));
      for (const t of drawn) expect(real).toContain(t);
    }
  });
});

it('has the derivatives right: against finite differences', async () => {
  const tf = await networkBackend('cpu');
  const random = seeded(3);
  const of = (n: number) => Array.from({ length: n }, () => normal(random));
  const [a0, w0] = [of(12), of(9)];
  const b = tf.tensor1d(of(3));
  const loss = (x: Tensor, w: Tensor): Tensor => {
    const z = tf.add(tf.matMul(x as Tensor2D, w as Tensor2D), b);
    const centred = tf.sub(z, tf.mean(z, 1, true));
    const normed = tf.div(centred, tf.sqrt(tf.add(tf.mean(tf.square(centred), 1, true), 0.1)));
    const wide = tf.concat([tf.relu(normed), tf.neg(x)], 1);
    const s = tf.reshape(tf.sum(tf.mul(wide, 1.5), 1), [4]);
    return tf.sum(tf.add(tf.abs(s), tf.log1p(tf.exp(tf.neg(tf.abs(s))))));
  };
  const f = (x: number[], w: number[]): number => loss(tf.tensor2d(x, [4, 3]), tf.tensor2d(w, [3, 3])).dataSync()[0]!;
  const grads = tf.grads((x, w) => loss(x!, w!));
  const [da, dw] = grads([tf.tensor2d(a0, [4, 3]), tf.tensor2d(w0, [3, 3])]);
  const numeric = (at: number[], i: number, call: (v: number[]) => number) => {
    const step = 4e-3;
    return (call(at.with(i, at[i]! + step)) - call(at.with(i, at[i]! - step))) / (2 * step);
  };
  da!.dataSync().forEach((g, i) =>
    expect(g).toBeCloseTo(
      numeric(a0, i, (v) => f(v, w0)),
      1,
    ),
  );
  dw!.dataSync().forEach((g, i) =>
    expect(g).toBeCloseTo(
      numeric(w0, i, (v) => f(a0, v)),
      1,
    ),
  );
});

it('finds the temperature that was put in', () => {
  const random = seeded(4);
  const logits = Array.from({ length: 20_000 }, () => 4 * normal(random));
  const labels = logits.map((z) => (random() < 1 / (1 + Math.exp(-z / 2)) ? 1 : 0));
  expect(temperatureOf(labels, logits)).toBeCloseTo(2, 1);
});

describe('trainNetwork', () => {
  const data = planted();
  let run: NetworkRun;
  beforeAll(async () => {
    run = await trainNetwork(data, OPTIONS);
  });
  const test = Int32Array.from({ length: 300 }, (_, i) => i).filter((i) => i % 3 === 2);
  const quality = (logits: Float64Array): number =>
    auroc(
      Float64Array.from(test, (i) => data.labels[i]!),
      Float64Array.from(test, (i) => logits[i]!),
    );

  it('learns what only neighbours know, on rows it never saw', () => {
    expect(quality(predictNetwork(run.model, data.network, data.table))).toBeGreaterThan(0.9);
  });

  it('is the same model twice, and the same scores after saving', async () => {
    const again = await trainNetwork(data, OPTIONS);
    expect(textOfNetwork(again.model)).toBe(textOfNetwork(run.model));
    const read = networkFromText(textOfNetwork(run.model), 'x.json');
    expect(predictNetwork(read, data.network, data.table)).toEqual(predictNetwork(run.model, data.network, data.table));
  });

  it('gives about the same on the plain backend: the arithmetic is not the backend’s', async () => {
    const plain = await trainNetwork(data, { ...OPTIONS, epochs: 3, backend: 'cpu' });
    const wasm = await trainNetwork(data, { ...OPTIONS, epochs: 3 });
    plain.model.output.weights.forEach((w, i) => expect(w).toBeCloseTo(wasm.model.output.weights[i]!, 3));
  });

  it('says what it lacks', async () => {
    await expect(trainNetwork({ ...data, network: { nodes: 300, relations: [] } })).rejects.toMatchObject({
      code: 'no-relations',
    });
    await expect(trainNetwork({ ...data, labels: Array(300).fill(0) })).rejects.toMatchObject({ code: 'one-class' });
    await expect(
      trainNetwork({ ...data, table: { names: ['c'], columns: [Array(300).fill(1)] } }),
    ).rejects.toMatchObject({ code: 'no-features' });
    expect(() => predictNetwork(run.model, data.network, { names: [], columns: [] })).toThrow(/no column carried/);
    expect(() => predictNetwork(run.model, { nodes: 300, relations: [] }, data.table)).toThrow(/no relation knows/);
    const text = textOfNetwork(run.model);
    expect(() => networkFromText(text.slice(0, -9), 'x')).toThrow(/whole JSON/);
    expect(() => networkFromText(text.replace('"outputs":1', '"outputs":2'), 'x')).toThrow(/layer/);
  });
});
