import type { KnownLabels } from './outcome-rates.ts';
import type { NodeValues } from './spread.ts';

/** Rate of positives among the `count` nearest rows on the map with a known label and an earlier time (without times: any other row), drawn to their
 *  base by `prior`, and the distance to the farthest of them in the unit of the coordinates (longitude shrunk by latitude).
 *  O(rows²): for tens of thousands of rows */
export function nearestRate(
  of: { latitude: NodeValues; longitude: NodeValues; times: NodeValues | null; labels: KnownLabels },
  options: { count: number; prior: number },
): { rate: NodeValues; reach: NodeValues } {
  const n = of.labels.length;
  const rate = new Float64Array(n).fill(NaN);
  const reach = new Float64Array(n).fill(NaN);
  const placed = Array.from(of.labels.keys()).filter(
    (row) => of.latitude[row]! + of.longitude[row]! === of.latitude[row]! + of.longitude[row]!,
  );
  const known = placed.filter((row) => of.labels[row] === of.labels[row]);
  if (known.length === 0) return { rate, reach };
  if (of.times !== null) known.sort((a, b) => of.times![a]! - of.times![b]! || a - b);
  const base = known.reduce((sum, row) => sum + of.labels[row]!, 0) / known.length;
  const shrink = Math.cos((of.latitude[known[0]!]! * Math.PI) / 180);
  const x = Float64Array.from(known, (row) => of.longitude[row]! * shrink);
  const y = Float64Array.from(known, (row) => of.latitude[row]!);
  const distances = new Float64Array(options.count);
  const labels = new Float64Array(options.count);
  for (const row of placed) {
    let size = 0;
    const [ownX, ownY] = [of.longitude[row]! * shrink, of.latitude[row]!];
    for (let i = 0; i < known.length; i++) {
      const other = known[i]!;
      if (of.times !== null && !(of.times[other]! < of.times[row]!)) break;
      if (other === row) continue;
      const distance = (x[i]! - ownX) ** 2 + (y[i]! - ownY) ** 2;
      if (size === options.count && distance >= distances[size - 1]!) continue;
      let at = size < options.count ? size++ : size - 1;
      while (at > 0 && distances[at - 1]! > distance) {
        distances[at] = distances[at - 1]!;
        labels[at] = labels[at - 1]!;
        at--;
      }
      distances[at] = distance;
      labels[at] = of.labels[other]!;
    }
    let sum = options.prior * base;
    for (let i = 0; i < size; i++) sum += labels[i]!;
    rate[row] = sum / (size + options.prior);
    if (size > 0) reach[row] = Math.sqrt(distances[size - 1]!);
  }
  return { rate, reach };
}
