export * from './compare-models.ts';
export * from './confidence.ts';
export { subjectsSql } from './district-rows.ts';
export { learnerMatrix } from './feature-matrix.ts';
export { type Fitted, marginsOf, shareLogOdds } from './learner.ts';
export { tableFamilies, tableRowsSql } from './table-examples.ts';
export * from './task.ts';
export * from './train-options.ts';
export * from './train.ts';
