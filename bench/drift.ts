import { parseArgs } from 'node:util';
import { seeded, shuffled } from '../ingest/base/index.ts';
import { type DriftSample, driftOf } from '../models/drift/index.ts';
import { numbersOfCells, readLeadSet } from './leads-data.ts';

/** `drift --data <lead set> [--time <column>] [--batch rows] [--reference rows] [--shuffles n]`: labelled rows in order of time, batch after batch against the
 *  first rows; then the same rows in shuffled order, where every alarm is false. Last line one JSON object. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      time: { type: 'string', default: 'time' },
      batch: { type: 'string', default: '1000' },
      reference: { type: 'string', default: '5000' },
      shuffles: { type: 'string', default: '20' },
    },
  });
  if (values.data === undefined) throw new Error('drift: pass --data <folder of a lead set>');
  const set = readLeadSet(values.data);
  const time = numbersOfCells(set.columns[values.time] ?? []);
  const rows = Array.from(set.labels.keys())
    .filter((i) => !Number.isNaN(set.labels[i]!))
    .sort((a, b) => time[a]! - time[b]! || a - b);
  const names = Object.keys(set.columns).filter((n) => n !== values.time);
  const columns = names.map((n) => _coded(set.columns[n]!));
  const of = (picked: readonly number[]): DriftSample => ({
    features: names,
    values: columns.map((c) => Float64Array.from(picked, (i) => c[i]!)),
    scores: null,
    labels: Float64Array.from(picked, (i) => set.labels[i]!),
    delayDays: null,
  });
  const size = Number(values.batch);
  const first = Number(values.reference);
  const inOrder = _batches(rows, { size, first }).map((b, k) => {
    const share = b.batch.reduce((n, i) => n + set.labels[i]!, 0) / b.batch.length;
    const { alarms } = driftOf(of(b.reference), of(b.batch));
    const line = { batch: k, fromRow: first + k * size, shareFound: share, alarms };
    console.error(
      `batch ${k} (rows ${line.fromRow}…): ${(100 * share).toFixed(1)} % found; ${alarms.join(', ') || 'no alarm'}`,
    );
    return line;
  });
  let tried = 0;
  let raised = 0;
  for (let s = 0; s < Number(values.shuffles); s++)
    for (const b of _batches(shuffled(seeded(`drift:${s}`), rows), { size, first })) {
      tried++;
      if (driftOf(of(b.reference), of(b.batch)).alarms.length > 0) raised++;
    }
  console.log(
    JSON.stringify({
      dataset: set.name,
      rows: rows.length,
      referenceRows: first,
      batchRows: size,
      batches: inOrder,
      shuffledBatches: tried,
      falseAlarms: raised,
      falseAlarmShare: tried === 0 ? null : raised / tried,
    }),
  );
}

function _batches(rows: readonly number[], { size, first }: { size: number; first: number }) {
  const reference = rows.slice(0, first);
  const count = Math.max(0, Math.floor((rows.length - first) / size));
  return Array.from({ length: count }, (_, k) => ({
    reference,
    batch: rows.slice(first + k * size, first + (k + 1) * size),
  }));
}

/** Numbers as they are; texts by how common they are overall, so that a bin is a band of frequency. */
function _coded(cells: readonly string[]): Float64Array {
  const numbers = numbersOfCells(cells);
  const present = cells.filter((c) => c !== '').length;
  if (numbers.filter((v) => !Number.isNaN(v)).length === present) return numbers;
  const counts = new Map<string, number>();
  for (const c of cells) counts.set(c, (counts.get(c) ?? 0) + 1);
  return Float64Array.from(cells, (c) => (c === '' ? Number.NaN : counts.get(c)!));
}
