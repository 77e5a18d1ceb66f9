export * from './chain.ts';
export * from './collect.ts';
export * from './lineage.ts';
export * from './verify.ts';
