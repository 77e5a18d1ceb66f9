export * from './build-mentions.ts';
export * from './build-sources.ts';
