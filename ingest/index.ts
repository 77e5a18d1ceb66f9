/** Files and feeds → clean, resolved tables. */
export * from './base/index.ts';
export * from './facts/index.ts';
export { type FileReport, type IngestOptions, type IngestReport, ingestFiles } from './lake/index.ts';
export * from './resolve/index.ts';
export * from './schema/index.ts';
export * from './sources/index.ts';
export * from './tables/index.ts';
