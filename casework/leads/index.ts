/** What people decide on leads: verdicts with reason codes, assignments. */
export { type Assignment, type Priority, assignLeads, assignmentsOf } from './assignments.ts';
export { type LeadWork, type WorkState, workOn } from './work.ts';
export { type DecidedLead, type NewVerdict, type Verdict, giveVerdict, verdictsOn } from './verdicts.ts';
