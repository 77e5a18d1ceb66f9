import type { InputError } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import type { OpenFile } from './batch.ts';
import type { FileReport, QualityState } from './report.ts';

/** Shares above which a load is looked at (yellow) or not to be used unseen (red). */
export const QUALITY_LIMITS = Object.freeze({
  refusedRed: 0.2,
  refusedYellow: 0.02,
  duplicatesYellow: 0.05,
  valueRejectsYellow: 0.05,
  outOfRangeYellow: 0.01,
  requiredCompletenessYellow: 0.5,
});

/** Red, yellow or green of a load, with every reason. Duplicates are set aside rightly and count against yellow only. */
export function quality(report: Omit<FileReport, 'state' | 'reasons'>): {
  readonly state: QualityState;
  readonly reasons: string[];
} {
  if (report.error !== null) return { state: 'red', reasons: [report.error.message] };
  const red: string[] = [];
  const yellow: string[] = [];
  const share = (count: number): number => (report.readRows === 0 ? 0 : count / report.readRows);
  const percent = (x: number): string => `${(100 * x).toFixed(1)} %`;
  const refused = share(report.refusedRows - report.duplicates);
  if (refused > QUALITY_LIMITS.refusedRed) red.push(`${percent(refused)} of rows refused`);
  else if (refused > QUALITY_LIMITS.refusedYellow) yellow.push(`${percent(refused)} of rows refused`);
  if (report.readRows === 0) yellow.push('the file has no rows');
  if (report.readRows > 0 && report.acceptedRows === 0) red.push('no row was accepted');
  if (share(report.duplicates) > QUALITY_LIMITS.duplicatesYellow)
    yellow.push(`${percent(share(report.duplicates))} of rows are duplicates`);
  if (report.outOfRangeShare > QUALITY_LIMITS.outOfRangeYellow)
    yellow.push(`${percent(report.outOfRangeShare)} of values out of range`);
  for (const column of new Set(report.valueRejects.map((r) => r.column))) {
    const count = report.valueRejects.filter((r) => r.column === column).reduce((sum, r) => sum + r.count, 0);
    if (share(count) > QUALITY_LIMITS.valueRejectsYellow) yellow.push(`${percent(share(count))} of ${column} refused`);
  }
  for (const column of report.columns) if (column.isAbsent) yellow.push(`column ${column.name} is absent`);
  yellow.push(...report.notes);
  return { state: red.length > 0 ? 'red' : yellow.length > 0 ? 'yellow' : 'green', reasons: [...red, ...yellow] };
}

/** The red report of a file that could not be loaded under a description: no rows, the fault. */
export function failedReport(file: OpenFile, description: SourceDescription, error: InputError): FileReport {
  const { code, message, detail } = error;
  const report: Omit<FileReport, 'state' | 'reasons'> = {
    source: description.id,
    fileName: file.found.fileName,
    sha256: file.facts.sha256,
    bytes: file.facts.bytes,
    outcome: 'failed',
    readRows: 0,
    acceptedRows: 0,
    refusedRows: 0,
    refusedByRule: [],
    valueRejects: [],
    remarks: [],
    columns: [],
    duplicates: 0,
    outOfRangeShare: 0,
    staleShare: 0,
    firstEventAt: null,
    lastEventAt: null,
    firstKnownAt: null,
    lastKnownAt: null,
    extraHeaders: [],
    notes: [],
    changes: null,
    error: { code, message, detail },
    seconds: 0,
  };
  return { ...report, ...quality(report) };
}
