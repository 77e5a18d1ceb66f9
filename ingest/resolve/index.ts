export { evaluateClusters, type ClusterScore } from './core/index.ts';
export { explainPair, type ExplainedLevel, type PairExplanation } from './explain-pair.ts';
export { RESOLVE_DEFAULTS, type ResolveOptions } from './options.ts';
export type { KindReport, LevelReport, ResolveReport } from './report.ts';
export { resolveEntities } from './resolve-entities.ts';
export {
  RESOLVE_TABLE_DEFAULTS,
  compareNames,
  reclustered,
  resolveTable,
  type NameComparison,
  type ResolveTableOptions,
  type TableReport,
  type TableResolution,
} from './table/index.ts';
