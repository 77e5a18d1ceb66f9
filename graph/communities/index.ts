export * from './communities.ts';
export * from './label-propagation.ts';
export * from './leiden.ts';
export * from './louvain.ts';
export * from './modularity.ts';
