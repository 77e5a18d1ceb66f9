export * from './by-time.ts';
export * from './circular.ts';
export * from './force.ts';
export * from './geographic.ts';
export * from './hierarchical.ts';
export * from './positions.ts';
export * from './radial.ts';
export * from './stress.ts';
