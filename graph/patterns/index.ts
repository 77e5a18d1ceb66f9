export * from './match.ts';
export * from './pattern.ts';
export * from './to-cypher.ts';
export * from './to-sql.ts';
export * from './suggest.ts';
export * from './watch.ts';
