export * from './embedded.ts';
export * from './graph-file.ts';
export * from './store.ts';
export * from './views.ts';
