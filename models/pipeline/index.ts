export { reportFile, evidenceFile, verifyLeads, inputPaths } from './reports.ts';
export { type RunOptions, type RunReport, runPipeline } from './run.ts';
export { STEPS } from './steps.ts';
