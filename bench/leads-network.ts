import { predictNetwork, trainNetwork, type NodeTable } from '../models/nets/index.ts';
import { degrees, neighboursOf, type Network, type NodeValues } from '../models/neighbourhood/index.ts';
import type { LeadSet } from './leads-data.ts';
import type { FeatureColumn } from './leads-features.ts';

interface Rows {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/** Networks averaged; seeds differ. */
const SEEDS = [1, 2, 3];

/** The network challenger on the columns of every node, degrees beside them: mean of three seeds, each stopped and tempered on the validation rows. */
export async function networkScores(
  set: LeadSet,
  columns: readonly FeatureColumn[],
  part: Rows,
): Promise<{ scores: { raw: Float64Array; probability: Float64Array; validation: Float64Array }; verdict: string }> {
  const table = nodeTable(set.network, columns);
  const sums = new Float64Array(set.network.nodes);
  const notes: string[] = [];
  for (const seed of SEEDS) {
    const run = await trainNetwork(
      { network: set.network, table, labels: set.labels, train: part.train, validation: part.validation },
      { seed },
    );
    predictNetwork(run.model, set.network, table).forEach(
      (z, i) => (sums[i]! += 1 / (1 + Math.exp(-z)) / SEEDS.length),
    );
    notes.push(`epoch ${run.bestEpoch}, PR-AUC ${run.validationPrAuc.toFixed(4)}`);
  }
  const of = (rows: readonly number[]): Float64Array => Float64Array.from(rows, (i) => sums[i]!);
  const test = of(part.test);
  return {
    scores: { raw: test, probability: test, validation: of(part.validation) },
    verdict: `network, ${SEEDS.length} seeds (${notes.join('; ')})`,
  };
}

function nodeTable(network: Network, columns: readonly FeatureColumn[]): NodeTable {
  const own = columns.flatMap((c) => _numeric(c));
  const counts = network.relations.flatMap((relation) =>
    (['out', 'in'] as const).map((direction) => ({
      name: `log degree ${relation.name} ${direction}`,
      values: degrees(neighboursOf(network, [relation], direction)).map((d) => Math.log1p(d)),
    })),
  );
  const all = [...own, ...counts];
  return { names: all.map((c) => c.name), columns: all.map((c) => c.values) };
}

/** Categories at most that become a column each; the rest are the zero of all. */
const LEVELS = 30;

/** Numbers by their inverse hyperbolic sine, which tames heavy tails and keeps signs; categories as a column for each common level; and where values are
 *  missing in places, whether they are. */
function _numeric({ info, values }: FeatureColumn): { name: string; values: NodeValues }[] {
  if (info.kind === 'number') {
    const missing = values.some((v) => Number.isNaN(v));
    return [
      { name: info.name, values: values.map((v) => Math.asinh(v)) },
      ...(missing ? [{ name: `${info.name} missing`, values: values.map((v) => (Number.isNaN(v) ? 1 : 0)) }] : []),
    ];
  }
  const counts = new Map<number, number>();
  for (const v of values) if (!Number.isNaN(v)) counts.set(v, (counts.get(v) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, LEVELS);
  return common.map(([level]) => ({
    name: `${info.name} = ${level}`,
    values: values.map((v) => (v === level ? 1 : 0)),
  }));
}
