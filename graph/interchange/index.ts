export * from './csv.ts';
export * from './cx2.ts';
export * from './exchange.ts';
export * from './gexf.ts';
export * from './graphml.ts';
export * from './json.ts';
