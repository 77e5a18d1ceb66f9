import type * as TF from '@tensorflow/tfjs-core';

type Rule = (dy: TF.Tensor, saved: TF.Tensor[], attrs: TF.NamedAttrMap) => Record<string, () => TF.Tensor>;

/** Derivatives of the operations that the network is built of. The core package keeps its own in a file that Node cannot import (they come with the union
 *  package and its four more); a test holds these against finite differences. Registered once; an operation that has one keeps it. */
export function registerGradients(tf: typeof TF): void {
  const rule = (kernelName: string, saves: { inputs?: string[]; outputs?: boolean[] }, gradFunc: Rule): void => {
    if (tf.getGradient(kernelName) !== undefined) return;
    tf.registerGradient({
      kernelName,
      ...(saves.inputs === undefined ? {} : { inputsToSave: saves.inputs }),
      ...(saves.outputs === undefined ? {} : { outputsToSave: saves.outputs }),
      gradFunc: (dy, saved, attrs) => gradFunc(dy as TF.Tensor, saved, attrs),
    });
  };
  _pairs(tf, rule);
  _ofOne(tf, rule);
  _ofShape(tf, rule);
}

type Register = (kernelName: string, saves: { inputs?: string[]; outputs?: boolean[] }, gradFunc: Rule) => void;

function _pairs(tf: typeof TF, rule: Register): void {
  const both = { inputs: ['a', 'b'] };
  rule('Add', both, (dy, [a, b]) => ({ a: () => _summedTo(tf, dy, a!.shape), b: () => _summedTo(tf, dy, b!.shape) }));
  rule('Sub', both, (dy, [a, b]) => ({
    a: () => _summedTo(tf, dy, a!.shape),
    b: () => _summedTo(tf, tf.neg(dy), b!.shape),
  }));
  rule('Multiply', both, (dy, [a, b]) => ({
    a: () => _summedTo(tf, tf.mul(dy, b!), a!.shape),
    b: () => _summedTo(tf, tf.mul(dy, a!), b!.shape),
  }));
  rule('RealDiv', both, (dy, [a, b]) => ({
    a: () => _summedTo(tf, tf.div(dy, b!), a!.shape),
    b: () => _summedTo(tf, tf.neg(tf.div(tf.mul(dy, a!), tf.square(b!))), b!.shape),
  }));
  rule('BatchMatMul', both, (dy, [a, b]) => ({
    a: () => tf.matMul(dy, b!, false, true),
    b: () => tf.matMul(a!, dy, true, false),
  }));
}

function _ofOne(tf: typeof TF, rule: Register): void {
  const x = { inputs: ['x'] };
  const y = { outputs: [true] };
  rule('Relu', x, (dy, [at]) => ({ x: () => tf.mul(dy, tf.cast(tf.step(at!), 'float32')) }));
  rule('Abs', x, (dy, [at]) => ({ x: () => tf.mul(dy, tf.sign(at!)) }));
  rule('Square', x, (dy, [at]) => ({ x: () => tf.mul(dy, tf.mul(at!, 2)) }));
  rule('Log1p', x, (dy, [at]) => ({ x: () => tf.div(dy, tf.add(at!, 1)) }));
  rule('Sqrt', y, (dy, [value]) => ({ x: () => tf.div(dy, tf.mul(value!, 2)) }));
  rule('Exp', y, (dy, [value]) => ({ x: () => tf.mul(dy, value!) }));
  rule('Neg', {}, (dy) => ({ x: () => tf.neg(dy) }));
}

function _ofShape(tf: typeof TF, rule: Register): void {
  const x = { inputs: ['x'] };
  rule('Reshape', x, (dy, [at]) => ({ x: () => tf.reshape(dy, at!.shape) }));
  rule('Sum', x, (dy, [at], { axis }) => ({ x: () => tf.mul(_kept(tf, dy, at!.shape, axis), tf.onesLike(at!)) }));
  rule('Mean', x, (dy, [at], { axis }) => ({
    x: () => tf.mul(_kept(tf, dy, at!.shape, axis), tf.fill(at!.shape, 1 / _count(at!.shape, axis))),
  }));
  if (tf.getGradient('Concat') === undefined)
    tf.registerGradient({
      kernelName: 'Concat',
      saveAllInputs: true,
      gradFunc: (dy, saved, { axis }) => {
        const at = axis as unknown as number;
        const parts = tf.split(
          dy as TF.Tensor,
          saved.map((t) => t.shape[at]!),
          at,
        );
        return Object.fromEntries(parts.map((part, i) => [String(i), () => part]));
      },
    });
}

/** Undoes a broadcast: sums over the axes along which a smaller tensor was repeated. */
function _summedTo(tf: typeof TF, dy: TF.Tensor, shape: readonly number[]): TF.Tensor {
  const lead = dy.shape.length - shape.length;
  const axes = dy.shape.flatMap((size, i) => (i < lead || (shape[i - lead] === 1 && size !== 1) ? [i] : []));
  return axes.length === 0 ? dy : tf.reshape(tf.sum(dy, axes), [...shape]);
}

/** The gradient of a reduction, with the reduced axes back as ones. */
function _kept(tf: typeof TF, dy: TF.Tensor, shape: readonly number[], axis: unknown): TF.Tensor {
  const axes = _axes(shape, axis);
  return tf.reshape(
    dy,
    shape.map((size, i) => (axes.includes(i) ? 1 : size)),
  );
}

function _count(shape: readonly number[], axis: unknown): number {
  return _axes(shape, axis).reduce((n, i) => n * shape[i]!, 1);
}

function _axes(shape: readonly number[], axis: unknown): number[] {
  if (axis === null || axis === undefined) return shape.map((_, i) => i);
  return (Array.isArray(axis) ? (axis as number[]) : [axis as number]).map((i) => (i < 0 ? i + shape.length : i));
}
