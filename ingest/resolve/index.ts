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
export { identityFile, writeIdentity, type IdentityReport } from './identity/index.ts';
export {
  JUDGED,
  checkedRow,
  isUndo,
  readJudgements,
  rulingsOf,
  type Judged,
  type Judgement,
  type JudgementConflict,
  type JudgementRow,
  type JudgementState,
  type Rulings,
  type Undo,
} from './judgement/index.ts';
export { takeApart, type TakenApart } from './judgement/index.ts';
export {
  entityParts,
  weakLinks,
  type ClusterPair,
  type EntityParts,
  type OriginalRecord,
  type PairJudgement,
  type PossiblySame,
  type WeakLink,
} from './explain/index.ts';
export {
  LinkStore,
  openStore,
  saveStore,
  TRAIN_DEFAULTS,
  modelFromJson,
  trainModel,
  type AddReport,
  type RawRows,
  type TableModel,
  type TrainOptions,
} from './incremental/index.ts';
export { RESOLVE_FILES_DEFAULTS, resolveFiles, type FilesReport, type ResolveFilesOptions } from './files/index.ts';
export { tableSettingsFromYaml, tableSettingsJsonSchema, type Label, type TableSettings } from './settings/index.ts';
