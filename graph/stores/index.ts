export * from './embedded.ts';
export * from './graph-file.ts';
export type * from './properties.ts';
export * from './store.ts';
export * from './views.ts';
