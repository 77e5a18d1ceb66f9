export * from './find-files.ts';
export * from './ingest-files.ts';
export * from './lake-files.ts';
export * from './quality.ts';
export * from './report.ts';
