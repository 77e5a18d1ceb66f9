/** PostgreSQL and PGlite live here: one SQL for both. */
export { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm';
export { takeLock } from './lock.ts';
export * as tables from './schema.ts';
export { openStore, type Store, type StoreOptions, type Tables } from './store.ts';
