export * from './embedded.ts';
export * from './store.ts';
export * from './views.ts';
