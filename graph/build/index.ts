export * from './build-report.ts';
export * from './edge-mask.ts';
export * from './from-columns.ts';
export * from './from-database.ts';
export * from './node-mask.ts';
export * from './projection.ts';
export * from './simple.ts';
export * from './subgraph.ts';
