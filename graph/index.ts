export * from './build/index.ts';
export * from './csr.ts';
export * from './node-finder.ts';
export * from './paths/index.ts';
export * from './measures/index.ts';
export * from './stores/index.ts';
export * from './communities/index.ts';
export * from './layouts/index.ts';
