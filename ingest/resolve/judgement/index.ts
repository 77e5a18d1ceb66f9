export * from './judgement.ts';
export * from './read-judgements.ts';
export * from './rulings.ts';
export * from './write-judgements.ts';
export * from './take-apart.ts';
