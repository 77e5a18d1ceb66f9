export * from './labels.ts';
export * from './table-settings.ts';
export * from './tune.ts';
