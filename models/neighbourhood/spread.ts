import type { Neighbours } from './network.ts';

/** One value a node, NaN where there is none. */
export type NodeValues = Float64Array;

/** Mean over the neighbours that have a value. O(links) */
export function neighbourMean(neighbours: Neighbours, values: NodeValues): NodeValues {
  const out = new Float64Array(values.length).fill(NaN);
  for (let node = 0; node < out.length; node++) {
    let sum = 0;
    let count = 0;
    for (let at = neighbours.starts[node]!; at < neighbours.starts[node + 1]!; at++) {
      const value = values[neighbours.targets[at]!]!;
      if (value !== value) continue;
      sum += value;
      count++;
    }
    if (count > 0) out[node] = sum / count;
  }
  return out;
}

/** Largest value, and standard deviation, over the neighbours that have one. */
export function neighbourSpread(
  neighbours: Neighbours,
  values: NodeValues,
): { max: NodeValues; deviation: NodeValues } {
  const max = new Float64Array(values.length).fill(NaN);
  const deviation = new Float64Array(values.length).fill(NaN);
  for (let node = 0; node < max.length; node++) {
    let [sum, squares, count, top] = [0, 0, 0, -Infinity];
    for (let at = neighbours.starts[node]!; at < neighbours.starts[node + 1]!; at++) {
      const value = values[neighbours.targets[at]!]!;
      if (value !== value) continue;
      sum += value;
      squares += value * value;
      count++;
      if (value > top) top = value;
    }
    if (count === 0) continue;
    max[node] = top;
    deviation[node] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
  }
  return { max, deviation };
}

/** Number of neighbours, parallel links counted. */
export function degrees(neighbours: Neighbours): NodeValues {
  return Float64Array.from(
    { length: neighbours.starts.length - 1 },
    (_, node) => neighbours.starts[node + 1]! - neighbours.starts[node]!,
  );
}
