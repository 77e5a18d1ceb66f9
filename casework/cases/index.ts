/** Cases: opened from a template, moved along the flow, with tasks, evidence and the cases they share an entity with. */
export type { CaseEntity, CaseOutcome, CaseSummary, Task } from './case.ts';
export {
  EVIDENCE_MAX_BYTES,
  type Evidence,
  addEvidence,
  evidenceOf,
  readEvidence,
  verifyEvidence,
} from './evidence.ts';
export { type CaseChange, type NewStep, changeCase, moveCase, nextSteps } from './move-case.ts';
export { type NewCase, openCase } from './open-case.ts';
export { type CaseDetail, type CaseQuery, listCases, readCase } from './read-cases.ts';
export { addTask, changeTask } from './tasks.ts';
