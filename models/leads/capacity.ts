import { InputError } from '../../ingest/base/index.ts';
import { type ExpectedFinds, expectedFinds as findsOf } from '../evaluate/index.ts';
import type { CapacityPoint, LeadModel } from '../registry/index.ts';

/** Finds to expect at a capacity, and what the last lead of the list is worth. */
export interface CapacityAnswer extends CapacityPoint {
  /** Chance that one lead more would be confirmed: the slope of the curve. */
  readonly marginal: number;
}

/** Finds a week at any capacity, from the hold-out: linear between the measured capacities, by the last slope beyond them.
 *  @throws InputError `bad-capacity` */
export function expectedFinds(model: LeadModel, capacity: number): CapacityAnswer {
  if (!(capacity > 0))
    throw new InputError('bad-capacity', `expectedFinds: a capacity of ${capacity}; pass a number above 0`, {
      capacity,
    });
  const zero: CapacityPoint = { capacity: 0, expected: 0, low: 0, high: 0 };
  const points = [zero, ...model.capacityCurve];
  if (points.length === 1) return { ...zero, capacity, marginal: 0 };
  let i = 1;
  while (i < points.length - 1 && points[i]!.capacity < capacity) i++;
  const a = points[i - 1]!;
  const b = points[i]!;
  const part = (capacity - a.capacity) / (b.capacity - a.capacity);
  const at = (of: (p: CapacityPoint) => number): number => Math.max(0, of(a) + part * (of(b) - of(a)));
  return {
    capacity,
    expected: at((p) => p.expected),
    low: at((p) => p.low),
    high: at((p) => p.high),
    marginal: Math.max(0, (b.expected - a.expected) / (b.capacity - a.capacity)),
  };
}

/** Finds to expect of a list that is already there, from its own calibrated probabilities. @throws InputError `top-size` */
export function findsOfList(probabilities: ArrayLike<number>, capacity: number): ExpectedFinds {
  return findsOf(probabilities, { budget: Math.min(capacity, probabilities.length) });
}
