export * from './column-type.ts';
export * from './kinds.ts';
export * from './source.ts';
export * from './warehouse.ts';
