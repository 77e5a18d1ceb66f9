export { assertSignable, faultsOf } from './check-report.ts';
export type { ClueReport, Language } from './report.ts';
export { type WriteOptions, clueReport, isSynthetic, writeReport } from './write.ts';
