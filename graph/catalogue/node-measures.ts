import { InputError, type Random, seeded } from '../../ingest/base/index.ts';
import type { Bilingual } from '../../ingest/schema/index.ts';
import { toSimple } from '../build/simple.ts';
import { labelPropagation } from '../communities/label-propagation.ts';
import { leiden } from '../communities/leiden.ts';
import { louvain } from '../communities/louvain.ts';
import type { Direction, Graph } from '../csr.ts';
import { betweenness } from '../measures/betweenness.ts';
import { cutPoints } from '../measures/bridges.ts';
import { closeness } from '../measures/closeness.ts';
import { coreNumbers } from '../measures/core.ts';
import { degrees, weightedDegrees } from '../measures/degree.ts';
import { eigenvector } from '../measures/eigenvector.ts';
import { fanIn, fanOut } from '../measures/fan.ts';
import { pagerank } from '../measures/pagerank.ts';
import type { Tell } from '../measures/tell.ts';
import { strongComponents } from '../measures/strong-components.ts';
import { clustering, triangles } from '../measures/triangles.ts';
import { weakComponents } from '../measures/weak-components.ts';

/** A setting of a measure, from which forms, API checks and documents are made. */
export type MeasureParameter =
  | {
      readonly id: string;
      readonly label: Bilingual;
      readonly type: 'number' | 'integer';
      readonly default: number;
      readonly min: number;
      readonly max: number;
    }
  | {
      readonly id: string;
      readonly label: Bilingual;
      readonly type: 'choice';
      readonly default: string;
      readonly choices: readonly string[];
    };

export type MeasureSettings = Readonly<Record<string, number | string>>;

/** A measure that a user may choose: one number for each node. */
export interface NodeMeasure {
  readonly id: string;
  readonly label: Bilingual;
  /** What the number is: an amount, or the number of a group. */
  readonly gives: 'amount' | 'group';
  /** Grows faster than the graph: offer it for selections, or sampled. */
  readonly slow: boolean;
  readonly parameters: readonly MeasureParameter[];
  /** Long ones tell how far they are. */
  readonly run: (graph: Graph, settings: MeasureSettings, random: Random, tell: Tell) => ArrayLike<number>;
}

const _DIRECTION: MeasureParameter = {
  id: 'direction',
  label: { zh: '方向', en: 'direction' },
  type: 'choice',
  default: 'both',
  choices: ['both', 'in', 'out'],
};
const _RESOLUTION: MeasureParameter = {
  id: 'resolution',
  label: { zh: '分辨率', en: 'resolution' },
  type: 'number',
  default: 1,
  min: 0.01,
  max: 100,
};
const _DAMPING: MeasureParameter = {
  id: 'damping',
  label: { zh: '阻尼', en: 'damping' },
  type: 'number',
  default: 0.85,
  min: 0,
  max: 0.99,
};
const _SAMPLES: MeasureParameter = {
  id: 'samples',
  label: { zh: '抽样起点数（0 为精确）', en: 'start nodes drawn (0 = exact)' },
  type: 'integer',
  default: 0,
  min: 0,
  max: 1_000_000,
};

type Run = NodeMeasure['run'];

function _measure(id: string, label: Bilingual, run: Run, more: Partial<NodeMeasure> = {}): NodeMeasure {
  return Object.freeze({ id, label, gives: 'amount', slow: false, parameters: [], run, ...more });
}

const _direction = (settings: MeasureSettings): Direction => settings['direction'] as Direction;
const _both = (graph: Graph) => toSimple(graph, 'both');
const _group: Partial<NodeMeasure> = { gives: 'group' };

/** Every measure that gives one number a node; a new one is a line here. */
export const NODE_MEASURES: readonly NodeMeasure[] = Object.freeze([
  _measure('degree', { zh: '度', en: 'degree' }, (g, s) => degrees(g, _direction(s)), { parameters: [_DIRECTION] }),
  _measure('weighted-degree', { zh: '加权度', en: 'weighted degree' }, (g, s) => weightedDegrees(g, _direction(s)), {
    parameters: [_DIRECTION],
  }),
  _measure('fan-in', { zh: '汇入数', en: 'fan-in' }, (g) => fanIn(g)),
  _measure('fan-out', { zh: '发散数', en: 'fan-out' }, (g) => fanOut(g)),
  _measure(
    'pagerank',
    { zh: 'PageRank', en: 'PageRank' },
    (g, s, _r, tell) => pagerank(g, { damping: s['damping'] as number, tell }),
    {
      parameters: [_DAMPING],
    },
  ),
  _measure('eigenvector', { zh: '特征向量中心性', en: 'eigenvector centrality' }, (g) => eigenvector(_both(g))),
  _measure('betweenness', { zh: '中介中心性', en: 'betweenness' }, _betweenness, {
    slow: true,
    parameters: [_SAMPLES],
  }),
  _measure('closeness', { zh: '接近中心性', en: 'closeness' }, (g, _s, _r, tell) => closeness(_both(g), null, tell), {
    slow: true,
  }),
  _measure('core', { zh: 'k 核', en: 'k-core' }, (g) => coreNumbers(_both(g))),
  _measure('triangles', { zh: '三角形数', en: 'triangles' }, (g) => triangles(_both(g))),
  _measure('clustering', { zh: '聚集系数', en: 'clustering' }, (g) => clustering(_both(g))),
  _measure('cut-point', { zh: '割点', en: 'articulation point' }, _cutPoint),
  _measure('weak-component', { zh: '弱连通分量', en: 'component' }, (g) => weakComponents(g).groupOf, _group),
  _measure(
    'strong-component',
    { zh: '强连通分量', en: 'strong component' },
    (g) => strongComponents(g).groupOf,
    _group,
  ),
  _measure(
    'leiden',
    { zh: '社区（Leiden）', en: 'community (Leiden)' },
    (g, s, random, tell) => leiden(_both(g), { resolution: s['resolution'] as number, random, tell }).groupOf,
    { gives: 'group', parameters: [_RESOLUTION] },
  ),
  _measure(
    'louvain',
    { zh: '社区（Louvain）', en: 'community (Louvain)' },
    (g, s, random) => louvain(_both(g), { resolution: s['resolution'] as number, random }).groupOf,
    { gives: 'group', parameters: [_RESOLUTION] },
  ),
  _measure(
    'labels',
    { zh: '标签传播', en: 'label propagation' },
    (g, _s, random) => labelPropagation(_both(g), { random }).groupOf,
    _group,
  ),
]);

/** One measure by id, with settings checked against its parameters; those not given take their defaults.
 *  @returns one number a node  @throws InputError `no-such-measure`, `bad-setting`, and what the measure throws */
export function nodeMeasure(
  graph: Graph,
  id: string,
  settings: MeasureSettings = {},
  more: { readonly random?: Random; readonly tell?: Tell } = {},
): ArrayLike<number> {
  const measure = NODE_MEASURES.find((m) => m.id === id);
  const { random = seeded(1), tell = () => {} } = more;
  if (measure === undefined) {
    const ids = NODE_MEASURES.map((m) => m.id).join(', ');
    throw new InputError('no-such-measure', `nodeMeasure: there is no measure "${id}"; there are ${ids}`, { id });
  }
  return measure.run(graph, _checked(measure, settings), random, tell);
}

function _checked(measure: NodeMeasure, settings: MeasureSettings): MeasureSettings {
  const faults = Object.keys(settings)
    .filter((name) => !measure.parameters.some((p) => p.id === name))
    .map((name) => `there is no setting "${name}"`);
  const filled: Record<string, number | string> = {};
  for (const p of measure.parameters) {
    const value = settings[p.id] ?? p.default;
    const fits =
      p.type === 'choice'
        ? typeof value === 'string' && p.choices.includes(value)
        : typeof value === 'number' &&
          value >= p.min &&
          value <= p.max &&
          (p.type === 'number' || Number.isInteger(value));
    if (!fits)
      faults.push(
        `${p.id} is ${String(value)}; use ${p.type === 'choice' ? p.choices.join(', ') : `${p.min} – ${p.max}`}`,
      );
    filled[p.id] = value;
  }
  if (faults.length > 0)
    throw new InputError('bad-setting', `nodeMeasure: ${measure.id}: ${faults.join('; ')}`, { faults });
  return filled;
}

function _betweenness(graph: Graph, settings: MeasureSettings, random: Random, tell: Tell): Float64Array {
  const samples = settings['samples'] as number;
  return betweenness(_both(graph), samples === 0 ? { tell } : { samples, random, tell }).values;
}

function _cutPoint(graph: Graph): Uint8Array {
  const out = new Uint8Array(graph.nodeCount);
  for (const node of cutPoints(_both(graph)).articulations) out[node] = 1;
  return out;
}
