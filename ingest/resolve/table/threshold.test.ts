import { expect, test } from 'vitest';
import { thresholdFor } from './threshold.ts';

const scored = {
  weight: Float64Array.from([9, 6, 3, -1, -4]),
  probability: Float64Array.from([1, 0.95, 0.8, 0.3, 0.05]),
  forbidden: new Uint8Array(5),
};
const ask = (precision: number, oneToOne = false): number =>
  thresholdFor(scored, { probability: 0, precision, oneToOne }).bits;

test('a precision asked for raises the threshold and never lowers it below the own one', () => {
  expect(ask(0)).toBe(2);
  expect(ask(0, true)).toBe(0);
  expect(ask(0.97)).toBe(6);
  expect(ask(0.9)).toBe(3);
  expect(ask(0.5)).toBe(2);
  expect(thresholdFor(scored, { probability: 0.8, precision: 0, oneToOne: false }).bits).toBeCloseTo(2);
});
