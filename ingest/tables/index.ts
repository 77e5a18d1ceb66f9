export * from './database.ts';
export * from './sql-text.ts';
