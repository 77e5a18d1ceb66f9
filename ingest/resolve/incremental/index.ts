export { LinkStore, type AddReport, type LinkState } from './link-store.ts';
export {
  cleanRows,
  comparisonsOver,
  modelFromJson,
  rulesOver,
  weightsOfModel,
  type CleanRows,
  type TableModel,
} from './table-model.ts';
export { openStore, saveStore } from './store-files.ts';
export { TRAIN_DEFAULTS, trainModel, type RawRows, type TrainOptions } from './train-model.ts';
