export * from './all-shortest-paths.ts';
export * from './common-neighbours.ts';
export * from './connecting-network.ts';
export * from './ego.ts';
export * from './k-short-paths.ts';
export * from './shortest-path.ts';
export * from './time-respecting-path.ts';
export * from './walk.ts';
