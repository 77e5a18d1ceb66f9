import { numbersOf, textsOf } from '../../ingest/base/index.ts';
import { type Graph, groupSizes, pagerank, toCsr, weakComponents } from '../../graph/index.ts';
import type { FeatureContext, FeatureDefinition, FeatureFamily } from './feature.ts';
import { subjectPairsSql } from './network.ts';

/** The network is measured at this many moments at most, evenly among the as-of dates: it changes slowly, and each moment costs a pass over it. */
const MAX_MOMENTS = 12;

const DEFINITIONS = (
  [
    ['pagerank', '关系网络中心度（PageRank，平均为1）{value}', 'centrality in the network (PageRank, mean 1): {value}'],
    ['component_size', '所在关系网络含 {value} 个主体', 'its network holds {value} subjects'],
  ] as const
).map(([id, zh, en]): FeatureDefinition => ({
  id: `centrality_${id}`,
  label: { zh: zh.replaceAll(/ ?\{value\} ?/g, ''), en: en.replaceAll(/:? ?\{value\} ?/g, ' ').trim() },
  family: 'centrality',
  group: 'centrality',
  monotone: 0,
  explain: { zh, en },
}));

/** Where the subject stands in the network of subjects, as the network was known at the last measured moment before the as-of. */
export const CENTRALITY: FeatureFamily = {
  id: 'centrality',
  label: { zh: '网络位置', en: 'Place in the network' },
  needs: ['link', 'entity'],
  groups: [{ id: 'centrality', label: { zh: '网络位置', en: 'Place in the network' } }],
  async build(context) {
    const { graph, known } = await _network(context);
    const values = DEFINITIONS.map(() => new Float64Array(context.rows).fill(Number.NaN));
    const latestKnownAt = new Float64Array(context.rows).fill(Number.NaN);
    const node = new Map(graph.ids.map((id, i) => [id, i]));
    for (const { moment, rows } of _moments(context.asOf)) {
      const at = _measures(graph, known, moment);
      for (const row of rows) {
        const n = node.get(context.subjects[row]!);
        if (n === undefined || at.degree[n] === 0) continue;
        values[0]![row] = at.rank[n]!;
        values[1]![row] = at.size[n]!;
        latestKnownAt[row] = at.latest;
      }
    }
    return [{ features: DEFINITIONS, values, latestKnownAt }];
  },
};

/** Subjects that are linked to another, and when each pair became known. */
async function _network(context: FeatureContext): Promise<{ graph: Graph; known: Float64Array }> {
  await context.db.run(subjectPairsSql(context.hubCap));
  const pairs = await context.db.columns('select a, b, known_at from subject_pair where a < b order by a, b');
  const a = pairs.rows === 0 ? [] : (textsOf(pairs, 'a') as string[]);
  const b = pairs.rows === 0 ? [] : (textsOf(pairs, 'b') as string[]);
  const ids = [...new Set([...a, ...b])].sort();
  const node = new Map(ids.map((id, i) => [id, i]));
  const known = pairs.rows === 0 ? new Float64Array(0) : numbersOf(pairs, 'known_at').values;
  const graph = toCsr(
    { ids, nodeKind: new Uint8Array(ids.length), nodeKinds: ['subject'], linkKinds: ['pair'] },
    {
      from: Uint32Array.from(a, (id) => node.get(id)!),
      to: Uint32Array.from(b, (id) => node.get(id)!),
      kind: new Uint16Array(a.length),
      validFromMs: null,
      validToMs: null,
      knownAtMs: known,
      weight: null,
    },
  );
  return { graph, known: graph.knownAtMs ?? known };
}

/** Groups of rows that share a measured moment: the latest one not after their as-of. */
function _moments(asOf: Float64Array): { moment: number; rows: number[] }[] {
  const dates = [...new Set(asOf)].sort((x, y) => x - y);
  const step = Math.max(1, Math.ceil(dates.length / MAX_MOMENTS));
  const measured = dates.filter((_d, i) => i % step === 0);
  const momentOf = new Map(dates.map((d, i) => [d, measured[Math.floor(i / step)]!]));
  const out = new Map<number, number[]>(measured.map((m) => [m, []]));
  asOf.forEach((t, row) => out.get(momentOf.get(t)!)!.push(row));
  return [...out].map(([moment, rows]) => ({ moment, rows }));
}

function _measures(graph: Graph, known: Float64Array, moment: number) {
  const mask = Uint8Array.from(known, (t) => (t <= moment ? 1 : 0));
  const degree = new Uint32Array(graph.nodeCount);
  let latest = Number.NaN;
  // Both directions, so that rank flows along a tie whichever end is named first.
  const from: number[] = [];
  const to: number[] = [];
  for (let e = 0; e < graph.edgeCount; e++) {
    if (mask[e] === 0) continue;
    const [u, v] = [graph.source[e]!, graph.out.ends[e]!];
    from.push(u, v);
    to.push(v, u);
    degree[u]! += 1;
    degree[v]! += 1;
    if (!(known[e]! <= latest)) latest = known[e]!;
  }
  const both = toCsr(
    { ids: graph.ids, nodeKind: graph.nodeKind, nodeKinds: graph.nodeKinds, linkKinds: graph.linkKinds },
    {
      from: Uint32Array.from(from),
      to: Uint32Array.from(to),
      kind: new Uint16Array(from.length),
      validFromMs: null,
      validToMs: null,
      knownAtMs: null,
      weight: null,
    },
  );
  const groups = weakComponents(graph, mask);
  const sizes = groupSizes(groups);
  const linked = degree.reduce((n, d) => n + (d > 0 ? 1 : 0), 0);
  const raw = pagerank(both, { tolerance: 1e-8, mustConverge: false });
  const share = degree.reduce((s, d, i) => s + (d > 0 ? raw[i]! : 0), 0);
  return {
    degree,
    latest,
    rank: raw.map((r) => Number(((r / share) * linked).toFixed(9))),
    size: Float64Array.from(groups.groupOf, (g) => sizes[g]!),
  };
}
