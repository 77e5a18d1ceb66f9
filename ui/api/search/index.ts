/** Names of a snapshot, found by what people type. */
export * from './find-names.ts';
export * from './index-of.ts';
export * from './name-index.ts';
export * from './open-kinds.ts';
export * from './query.ts';
