export * from './closed.ts';
export * from './entities.ts';
export * from './leads.ts';
export * from './snapshot.ts';
export * from './why.ts';
