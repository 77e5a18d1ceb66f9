export * from './build-facts.ts';
export * from './build-mentions.ts';
export * from './build-sources.ts';
export { PHONE_DEGREE_CAP } from './hubs.ts';
export { LINK_ROWS_CAP } from './links.ts';
