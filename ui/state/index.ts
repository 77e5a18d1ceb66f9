/** The investigation on screen, as pure transitions (state, action) → state. No React, no browser. */
export type * from './action.ts';
export * from './choose.ts';
export * from './compare.ts';
export * from './drawn.ts';
export * from './file.ts';
export type * from './fold.ts';
export * from './history.ts';
export * from './investigation.ts';
export * from './look.ts';
export * from './places.ts';
export * from './reduce.ts';
