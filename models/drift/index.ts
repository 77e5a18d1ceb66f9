export * from './chi-square.ts';
export * from './drift.ts';
export * from './psi.ts';
export * from './share-change.ts';
