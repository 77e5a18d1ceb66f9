export * from './args.ts';
export * from './clock.ts';
export * from './columns.ts';
export * from './errors.ts';
export * from './hash.ts';
export * from './progress.ts';
export * from './random.ts';
