export * from './run-measure.ts';
export * from './shared-graph.ts';
