export { assertSignable, faultsOf } from './check-report.ts';
export type { ClueReport, Language } from './report.ts';
export { type ReportGround, type WriteOptions, clueReport, isSynthetic, reportGround, writeReport } from './write.ts';
export { escapeXml } from './pictures/svg.ts';
