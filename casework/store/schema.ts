import { sql } from 'drizzle-orm';
import { bigint, boolean, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';

/** The tables as drizzle sees them; `migrations/` makes them, and a test holds the two together. Times are UTC, to the millisecond.
 *  Ids are made by the database: a letter, and a number that counts up. */

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const id = (name: string, letter: string, sequence: string) =>
  text(name)
    .primaryKey()
    .default(sql.raw(`'${letter}' || nextval('${sequence}')`));

export const setting = pgTable('setting', { name: text().primaryKey(), value: text().notNull() });

export const account = pgTable('account', {
  accountId: id('account_id', 'A', 'account_no'),
  name: text().notNull(),
  displayName: text('display_name').notNull(),
  unit: text(),
  roles: text().array().notNull(),
  passwordHash: text('password_hash').notNull(),
  isDisabled: boolean('is_disabled').notNull().default(false),
  failures: integer().notNull().default(0),
  lockedUntil: at('locked_until'),
  createdAt: at('created_at').notNull(),
  lastSeenAt: at('last_seen_at'),
});

/** Keyed by the hash of the session's secret, so that a copy of the table opens nothing. */
export const session = pgTable('session', {
  sessionHash: text('session_hash').primaryKey(),
  accountId: text('account_id'),
  data: jsonb().notNull(),
  createdAt: at('created_at').notNull(),
  expiresAt: at('expires_at').notNull(),
});

export const accessGrant = pgTable('access_grant', {
  grantId: id('grant_id', 'G', 'grant_no'),
  accountId: text('account_id').notNull(),
  right: text('access_right').notNull(),
  from: at('from_at').notNull(),
  until: at('until_at').notNull(),
  reason: text().notNull(),
  grantedBy: text('granted_by').notNull(),
  revokedAt: at('revoked_at'),
});

export const purpose = pgTable('purpose', {
  purposeId: id('purpose_id', 'P', 'purpose_no'),
  accountId: text('account_id').notNull(),
  sessionHash: text('session_hash').notNull(),
  basis: text().notNull(),
  caseNo: text('case_no').notNull(),
  leadId: text('lead_id'),
  note: text().notNull(),
  from: at('from_at').notNull(),
  until: at('until_at').notNull(),
  endedAt: at('ended_at'),
});

export const unlock = pgTable('unlock', {
  unlockId: id('unlock_id', 'U', 'unlock_no'),
  personId: text('person_id').notNull(),
  leadId: text('lead_id').notNull(),
  reason: text().notNull(),
  askedBy: text('asked_by').notNull(),
  askedAt: at('asked_at').notNull(),
  state: text().notNull(),
  decidedBy: text('decided_by'),
  decidedAt: at('decided_at'),
  note: text().notNull().default(''),
  until: at('until_at'),
});

export const audit = pgTable('audit', {
  no: bigint({ mode: 'number' }).primaryKey(),
  at: at('at').notNull(),
  actorId: text('actor_id'),
  actorName: text('actor_name'),
  action: text().notNull(),
  object: text(),
  purposeId: text('purpose_id'),
  detail: text().notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text().notNull(),
});

/** One row: the last number and hash; locked while a row is added. */
export const auditHead = pgTable('audit_head', {
  one: smallint().primaryKey(),
  no: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
});

export const verdict = pgTable('verdict', {
  verdictId: id('verdict_id', 'V', 'verdict_no'),
  no: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  leadId: text('lead_id').notNull(),
  subjectId: text('subject_id').notNull(),
  runId: text('run_id').notNull(),
  modelId: text('model_id').notNull(),
  decision: text().notNull(),
  reason: text().notNull(),
  label: smallint(),
  note: text().notNull(),
  against: jsonb().notNull(),
  pick: text(),
  pickChance: text('pick_chance'),
  asOf: at('as_of'),
  foundAt: at('found_at').notNull(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const assignment = pgTable('assignment', {
  no: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  leadId: text('lead_id').notNull(),
  assignee: text(),
  dueAt: at('due_at'),
  priority: text().notNull(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const caseFile = pgTable('case_file', {
  caseId: id('case_id', 'C', 'case_no'),
  number: text().notNull(),
  title: text().notNull(),
  template: text().notNull(),
  state: text().notNull(),
  level: text().notNull(),
  priority: text().notNull(),
  assignee: text(),
  dueAt: at('due_at'),
  note: text().notNull(),
  outcome: jsonb(),
  mergedInto: text('merged_into'),
  version: integer().notNull(),
  openedBy: text('opened_by').notNull(),
  openedAt: at('opened_at').notNull(),
  changedAt: at('changed_at').notNull(),
});

export const caseLead = pgTable(
  'case_lead',
  { caseId: text('case_id').notNull(), leadId: text('lead_id').notNull() },
  (t) => [primaryKey({ columns: [t.caseId, t.leadId] })],
);

export const caseEntity = pgTable(
  'case_entity',
  {
    caseId: text('case_id').notNull(),
    entityId: text('entity_id').notNull(),
    kind: text().notNull(),
    label: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.entityId] })],
);

export const caseStep = pgTable('case_step', {
  no: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  caseId: text('case_id').notNull(),
  from: text('from_state'),
  to: text('to_state').notNull(),
  reason: text(),
  note: text().notNull(),
  outcome: jsonb(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const task = pgTable('task', {
  taskId: id('task_id', 'T', 'task_no'),
  caseId: text('case_id').notNull(),
  title: text().notNull(),
  assignee: text(),
  dueAt: at('due_at'),
  doneAt: at('done_at'),
  doneBy: text('done_by'),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const evidence = pgTable('evidence', {
  evidenceId: id('evidence_id', 'E', 'evidence_no'),
  caseId: text('case_id').notNull(),
  fileName: text('file_name').notNull(),
  mediaType: text('media_type').notNull(),
  bytes: bigint({ mode: 'number' }).notNull(),
  sha256: text().notNull(),
  note: text().notNull(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const custody = pgTable('custody', {
  no: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  evidenceId: text('evidence_id').notNull(),
  act: text().notNull(),
  sha256: text().notNull(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const comment = pgTable('comment', {
  commentId: id('comment_id', 'N', 'comment_no'),
  on: text('on_kind').notNull(),
  objectId: text('object_id').notNull(),
  text: text().notNull(),
  mentions: text().array().notNull(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const message = pgTable('message', {
  messageId: id('message_id', 'M', 'message_no'),
  no: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  accountId: text('account_id').notNull(),
  kind: text().notNull(),
  at: at('at').notNull(),
  titleZh: text('title_zh').notNull(),
  titleEn: text('title_en').notNull(),
  link: text(),
  detail: jsonb().notNull(),
  onceKey: text('once_key'),
  readAt: at('read_at'),
  acknowledgedAt: at('acknowledged_at'),
});

export const view = pgTable('view', {
  viewId: id('view_id', 'W', 'view_no'),
  name: text().notNull(),
  owner: text().notNull(),
  version: integer().notNull(),
  isDeleted: boolean('is_deleted').notNull().default(false),
});

export const viewVersion = pgTable(
  'view_version',
  {
    viewId: text('view_id').notNull(),
    version: integer().notNull(),
    name: text(),
    state: text().notNull(),
    bytes: integer().notNull(),
    runId: text('run_id'),
    by: text('by_id').notNull(),
    at: at('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.viewId, t.version] })],
);

export const viewShare = pgTable(
  'view_share',
  {
    viewId: text('view_id').notNull(),
    accountId: text('account_id').notNull(),
    mayWrite: boolean('may_write').notNull(),
  },
  (t) => [primaryKey({ columns: [t.viewId, t.accountId] })],
);

export const frozen = pgTable('frozen', {
  frozenId: id('frozen_id', 'F', 'frozen_no'),
  viewId: text('view_id').notNull(),
  version: integer().notNull(),
  title: text().notNull(),
  runId: text('run_id'),
  sha256: text().notNull(),
  content: text().notNull(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});

export const judgement = pgTable('judgement', {
  judgementId: id('judgement_id', 'J', 'judgement_no'),
  no: bigint({ mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  left: text('left_id').notNull(),
  right: text('right_id').notNull(),
  /** Of entities: a mention that stands for each at the time, since entities are made anew by every run. */
  leftMention: text('left_mention'),
  rightMention: text('right_mention'),
  of: text('of_kind').notNull(),
  verdict: text().notNull(),
  reason: text().notNull(),
  /** The judgement that this row takes back; its own verdict is then `withdrawn`. */
  withdraws: text(),
  by: text('by_id').notNull(),
  at: at('at').notNull(),
});
