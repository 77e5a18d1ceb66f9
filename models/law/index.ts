export * from './calendar.ts';
export * from './clocks.ts';
export * from './law-for.ts';
export * from './matters.ts';
export type { Grade, LawMatter, LawVersion } from './references.ts';
export * from './thresholds.ts';
