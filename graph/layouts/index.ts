export * from './force.ts';
export * from './positions.ts';
export * from './stress.ts';
