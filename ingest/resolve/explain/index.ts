export * from './entity.ts';
export * from './weak-links.ts';
export * from './pair-judgements.ts';
