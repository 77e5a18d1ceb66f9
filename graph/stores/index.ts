export * from './embedded.ts';
export * from './expert-query.ts';
export * from './graph-file.ts';
export * from './neo4j-push.ts';
export * from './neo4j-store.ts';
export * from './neo4j.ts';
export type * from './properties.ts';
export * from './store.ts';
export * from './views.ts';
