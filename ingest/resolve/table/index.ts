export {
  RESOLVE_TABLE_DEFAULTS,
  reclustered,
  resolveTable,
  type ColumnReport,
  type ResolveTableOptions,
  type TableReport,
  type TableResolution,
} from './resolve-table.ts';
export { inferSchema, type Schema, type UsableColumn } from './schema.ts';
export { linkTable, totalPairs, type LinkedTable } from './link-table.ts';
export { compareNames, type NameComparison } from './name-pair.ts';
export { buildComparisons } from './build-comparisons.ts';
export { buildRules, bothKeys, keySource, looseOf, type KeySource } from './build-rules.ts';
export { cleanedAs } from './schema.ts';
export { thresholdFor } from './threshold.ts';
export type { ExplainedRows } from './explain-rows.ts';
