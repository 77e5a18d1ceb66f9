export * from './database.ts';
export * from './sql-text.ts';
export * from './parquet.ts';
