export * from './counter-facts.ts';
export * from './deletion.ts';
export * from './neutral.ts';
export * from './overlap.ts';
