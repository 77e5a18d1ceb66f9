export * from './node-measures.ts';
