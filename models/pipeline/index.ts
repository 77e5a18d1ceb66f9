export { compareKept, modelToBeat, trainChallenger } from './challenger.ts';
export { driftOfRun } from './drift-of-run.ts';
export { type OpenRun, evidenceFile, reportFile } from './reports.ts';
export { type RunOptions, type RunReport, runPipeline } from './run.ts';
export { STEPS } from './steps.ts';
export { verifyLeads } from './verify.ts';
export { startTrialOf, trialWeek } from './trial-of-run.ts';
