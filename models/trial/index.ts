export * from './blind-list.ts';
export * from './trial-log.ts';
export * from './trial-report.ts';
