/** Graph and tables → leads with reasons, reports and their evidence. */
export { codeVersion } from './code-version.ts';
export * from './pipeline/index.ts';
export { type LeadDetail, type LeadSummary, leadDetail, listLeads, withSnapshot } from './queries/index.ts';
export {
  type LeadModel,
  type ModelComparison,
  type ModelDecision,
  championOf,
  decide,
  listModels,
  loadModel,
  readDecisions,
  rollbackTarget,
  shadowsOf,
} from './registry/index.ts';
export { TYPOLOGIES } from './typologies/index.ts';
export { type TrialReport, readTrial, recordResult, resultsOf, trialReport } from './trial/index.ts';
