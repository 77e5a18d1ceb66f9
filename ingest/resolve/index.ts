export { evaluateClusters, type ClusterScore } from './core/index.ts';
export { explainPair, type ExplainedLevel, type PairExplanation } from './explain-pair.ts';
export { RESOLVE_DEFAULTS, type ResolveOptions } from './options.ts';
export type { KindReport, LevelReport, ResolveReport } from './report.ts';
export { resolveEntities } from './resolve-entities.ts';
