export * from './confidence.ts';
export * from './task.ts';
export * from './train-options.ts';
export * from './train.ts';
