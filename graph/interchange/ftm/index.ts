export * from './from-ftm.ts';
export * from './model.ts';
export * from './to-ftm.ts';
