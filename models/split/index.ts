export * from './components.ts';
export * from './subject-components.ts';
export * from './time-split.ts';
