/** The log of who did what: only ever added to, each row hashed with the one before. */
export { type AuditEntry, appendAudit } from './append.ts';
export { type AuditQuery, type AuditRow, auditPage, auditRows } from './read.ts';
export { type AuditCheck, verifyAudit } from './verify.ts';
