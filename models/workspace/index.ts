export * from './current.ts';
export * from './lock.ts';
export * from './paths.ts';
export * from './settings.ts';
export * from './descriptions.ts';
export * from './salt.ts';
export * from './ingest-faults.ts';
