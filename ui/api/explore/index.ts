/** Questions that timeline, map and inspector ask a snapshot. */
export * from './entity-context.ts';
export * from './events-around.ts';
export * from './map-layers.ts';
export * from './tracks-of.ts';
