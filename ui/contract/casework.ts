import { z } from 'zod';
import {
  CASE_LEVELS,
  CASE_STATES,
  CASE_TEMPLATES,
  DECISIONS,
  OUTCOME_RESULTS,
  VERDICT_REASONS,
} from '../../casework/codes/index.ts';

export {
  CASE_LEVELS,
  CASE_STATES,
  CASE_STEPS,
  CASE_TEMPLATES,
  DECISIONS,
  OUTCOME_RESULTS,
  STATE_TEXTS,
  VERDICT_REASONS,
  caseStep,
  verdictReason,
  type CaseState,
  type CaseStep,
  type CaseTemplate,
  type Decision,
  type VerdictReason,
} from '../../casework/codes/index.ts';

/** What people decide: verdicts, assignments, cases, tasks, evidence, comments, messages, views, judgements. */

const id = z.string().min(1).max(300);
const text = z.string().trim().min(1).max(4000);
const moment = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) > 0 && Date.parse(text) < 253_370_764_800_000, 'between the years 1970 and 9999');
const version = z.int().min(1).max(1_000_000_000);
const codes = <T extends { readonly id: string }>(list: readonly T[]): z.ZodEnum<Record<string, string>> =>
  z.enum(list.map((x) => x.id) as [string, ...string[]]);

export const decision = z.enum(DECISIONS).meta({ id: 'Decision' });
export const byWhom = z.object({ by: z.string().describe('account'), byName: z.string(), at: z.string() });

export const verdict = byWhom
  .extend({
    verdictId: z.string(),
    leadId: z.string(),
    subjectId: z.string(),
    runId: z.string(),
    modelId: z.string(),
    decision,
    reason: z.string(),
    note: z.string(),
    against: z
      .array(z.object({ id: z.string(), holds: z.boolean().nullable() }))
      .describe('what spoke against the lead, ticked: it holds, it does not, null = not looked at'),
  })
  .meta({ id: 'Verdict' });
export const newVerdict = z.object({
  decision,
  reason: codes(VERDICT_REASONS),
  note: z.string().max(4000).default(''),
  against: z
    .array(z.object({ id, holds: z.boolean().nullable() }))
    .max(200)
    .default([]),
  foundAt: moment.nullable().default(null).describe('when it was found on site; null = now'),
});

export const assignment = byWhom
  .extend({
    leadId: z.string(),
    assignee: z.string().nullable().describe('account; null = taken back'),
    assigneeName: z.string().nullable(),
    dueAt: z.string().nullable(),
    priority: z.enum(['high', 'normal', 'low']),
  })
  .meta({ id: 'Assignment' });
export const bulkAssign = z.object({
  leadIds: z.array(id).min(1).max(500),
  assignee: z.string().max(80).nullable(),
  dueAt: moment.nullable().default(null),
  priority: z.enum(['high', 'normal', 'low']).default('normal'),
});
export const assignmentList = z.object({ assignments: z.array(assignment) }).meta({ id: 'AssignmentList' });

/** Where work on a lead stands. */
export const leadWork = z
  .object({
    leadId: z.string(),
    state: z.enum(['new', 'assigned', 'in-case', 'decided']),
    assignment: assignment.nullable(),
    verdict: verdict.nullable().describe('the last one; reopened counts as none'),
    history: z.array(verdict),
    cases: z.array(z.object({ caseId: z.string(), number: z.string(), title: z.string(), state: z.enum(CASE_STATES) })),
    comments: z.int(),
  })
  .meta({ id: 'LeadWork' });

export const queueQuery = z.object({
  scope: z.enum(['mine', 'open', 'decided', 'all']).default('open').describe('mine: assigned to me and not decided'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export const queueItem = z.object({
  leadId: z.string(),
  rank: z.int(),
  label: z.string(),
  kind: z.string(),
  probability: z.number().nullable(),
  confidence: z.string().nullable(),
  typologies: z.array(z.string()),
  state: z.enum(['new', 'assigned', 'in-case', 'decided']),
  assignee: z.string().nullable(),
  assigneeName: z.string().nullable(),
  dueAt: z.string().nullable(),
  isOverdue: z.boolean(),
  priority: z.enum(['high', 'normal', 'low']).nullable(),
  decision: decision.nullable(),
});
export const queue = z
  .object({
    runId: z.string(),
    total: z.int(),
    counts: z.object({ mine: z.int(), open: z.int(), decided: z.int(), all: z.int() }),
    items: z.array(queueItem),
  })
  .meta({ id: 'Queue' });

export const caseState = z.enum(CASE_STATES).meta({ id: 'CaseState' });
export const caseOutcome = z
  .object({
    result: z.enum(OUTCOME_RESULTS),
    fineYuan: z.number().min(0).nullable().default(null),
    wasteTonnes: z.number().min(0).nullable().default(null),
    restorationYuan: z.number().min(0).nullable().default(null),
    restoredAreaM2: z.number().min(0).nullable().default(null),
    penaltyNo: z.string().max(120).nullable().default(null),
    note: z.string().max(4000).default(''),
  })
  .meta({ id: 'CaseOutcome' });
export const task = z
  .object({
    taskId: z.string(),
    caseId: z.string(),
    title: z.string(),
    assignee: z.string().nullable(),
    assigneeName: z.string().nullable(),
    dueAt: z.string().nullable(),
    doneAt: z.string().nullable(),
    doneBy: z.string().nullable(),
    isOverdue: z.boolean(),
  })
  .meta({ id: 'Task' });
export const caseSummary = z
  .object({
    caseId: z.string(),
    number: z.string(),
    title: z.string(),
    template: z.string(),
    state: caseState,
    level: z.enum(CASE_LEVELS),
    priority: z.enum(['high', 'normal', 'low']),
    assignee: z.string().nullable(),
    assigneeName: z.string().nullable(),
    dueAt: z.string().nullable(),
    isOverdue: z.boolean(),
    openedAt: z.string(),
    changedAt: z.string(),
    version: z.int().describe('send back with a change; a change since is refused with 409 changed-since'),
    tasks: z.object({ done: z.int(), all: z.int() }),
    leadIds: z.array(z.string()),
  })
  .meta({ id: 'CaseSummary' });
export const evidence = byWhom
  .extend({
    evidenceId: z.string(),
    caseId: z.string(),
    fileName: z.string(),
    mediaType: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    note: z.string(),
    custody: z.array(byWhom.extend({ act: z.enum(['received', 'read', 'verified', 'broken']), sha256: z.string() })),
  })
  .meta({ id: 'Evidence' });
export const evidenceCheck = z
  .object({ evidenceId: z.string(), isWhole: z.boolean(), sha256: z.string(), found: z.string().nullable() })
  .meta({ id: 'EvidenceCheck' });
export const evidenceQuery = z.object({ fileName: z.string().min(1).max(200), note: z.string().max(2000).default('') });
export const linkedCase = z.object({
  caseId: z.string(),
  number: z.string(),
  title: z.string(),
  state: caseState,
  shared: z.array(z.object({ entityId: z.string(), label: z.string(), kind: z.string() })),
});
export const caseDetail = caseSummary
  .extend({
    note: z.string(),
    outcome: caseOutcome.nullable(),
    mergedInto: z.string().nullable(),
    steps: z.array(
      byWhom.extend({ from: caseState.nullable(), to: caseState, reason: z.string().nullable(), note: z.string() }),
    ),
    next: z.array(
      z.object({
        to: caseState,
        needs: z.array(z.string()),
        mayTake: z.boolean().describe('by you, with your rights'),
      }),
    ),
    taskList: z.array(task),
    evidence: z.array(evidence),
    entities: z.array(z.object({ entityId: z.string(), label: z.string(), kind: z.string() })),
    linked: z.array(linkedCase).describe('other cases that share an entity'),
  })
  .meta({ id: 'Case' });
export const caseListQuery = z.object({
  scope: z.enum(['mine', 'open', 'all']).default('open'),
  leadId: z.string().max(300).optional(),
  entityId: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
export const caseList = z.object({ total: z.int(), cases: z.array(caseSummary) }).meta({ id: 'CaseList' });
export const newCase = z.object({
  title: z.string().trim().min(2).max(200),
  template: codes(CASE_TEMPLATES),
  leadIds: z.array(id).max(50).default([]),
  entityIds: z.array(id).max(200).default([]).describe('besides the subjects of the leads'),
  level: z.enum(CASE_LEVELS).default('III'),
  priority: z.enum(['high', 'normal', 'low']).default('normal'),
  assignee: z.string().max(80).nullable().default(null),
  dueAt: moment.nullable().default(null),
  note: z.string().max(4000).default(''),
});
export const caseChange = z.object({
  version,
  title: z.string().trim().min(2).max(200).optional(),
  level: z.enum(CASE_LEVELS).optional(),
  priority: z.enum(['high', 'normal', 'low']).optional(),
  assignee: z.string().max(80).nullable().optional(),
  dueAt: moment.nullable().optional(),
  note: z.string().max(4000).optional(),
});
export const newStep = z.object({
  version,
  to: caseState,
  reason: z.string().trim().max(400).nullable().default(null),
  note: z.string().max(4000).default(''),
  outcome: caseOutcome.nullable().default(null),
  dueAt: moment.nullable().default(null),
  mergedInto: z.string().max(80).nullable().default(null),
});
export const newTask = z.object({
  title: z.string().trim().min(1).max(300),
  assignee: z.string().max(80).nullable().default(null),
  dueAt: moment.nullable().default(null),
});
export const taskChange = z.object({
  assignee: z.string().max(80).nullable().optional(),
  dueAt: moment.nullable().optional(),
  isDone: z.boolean().optional(),
});
export const taskPath = z.object({ id, taskId: id });
export const evidencePath = z.object({ id, evidenceId: id });

/** What a comment stands on: a lead, a case, an entity, a view. */
export const COMMENT_ON = ['lead', 'case', 'entity', 'view'] as const;
export const comment = byWhom
  .extend({
    commentId: z.string(),
    on: z.enum(COMMENT_ON),
    objectId: z.string(),
    text: z.string(),
    mentions: z.array(z.object({ accountId: z.string(), name: z.string(), displayName: z.string() })),
  })
  .meta({ id: 'Comment' });
export const commentQuery = z.object({ on: z.enum(COMMENT_ON), objectId: id });
export const commentList = z.object({ comments: z.array(comment) }).meta({ id: 'CommentList' });
export const newComment = z
  .object({ on: z.enum(COMMENT_ON), objectId: id, text })
  .describe('@name mentions a colleague');

export const MESSAGE_KINDS = ['mention', 'assigned', 'digest', 'review', 'unlock', 'case', 'grant', 'run'] as const;
export const message = z
  .object({
    messageId: z.string(),
    kind: z.enum(MESSAGE_KINDS),
    at: z.string(),
    title: z.object({ zh: z.string(), en: z.string() }),
    link: z.string().nullable().describe('address in the page'),
    detail: z.record(z.string(), z.unknown()),
    readAt: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
  })
  .meta({ id: 'Message' });
export const messageQuery = z.object({
  unread: z.enum(['true', 'false']).default('false'),
  kind: z.enum(MESSAGE_KINDS).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export const messageList = z
  .object({ unread: z.int(), total: z.int(), messages: z.array(message) })
  .meta({ id: 'MessageList' });
export const messageChange = z.object({ acknowledge: z.boolean().default(false).describe('false: only read') });

/** A saved canvas. `state` is the page's own document; the server checks size and version, not its inside. */
export const viewState = z.record(z.string(), z.unknown());
export const viewSummary = z
  .object({
    viewId: z.string(),
    name: z.string(),
    owner: z.string(),
    ownerName: z.string(),
    version: z.int(),
    runId: z.string().nullable(),
    savedAt: z.string(),
    savedByName: z.string(),
    mayWrite: z.boolean(),
    sharedWith: z.array(z.object({ accountId: z.string(), displayName: z.string(), mayWrite: z.boolean() })),
  })
  .meta({ id: 'ViewSummary' });
export const viewList = z.object({ views: z.array(viewSummary) }).meta({ id: 'ViewList' });
export const view = viewSummary.extend({ state: viewState }).meta({ id: 'View' });
export const newView = z.object({
  name: z.string().trim().min(1).max(200),
  runId: z.string().max(120).nullable(),
  state: viewState,
});
export const viewChange = z.object({
  baseVersion: version.describe(
    'the version that was edited; a newer one on the server is answered with 409 changed-since',
  ),
  runId: z.string().max(120).nullable(),
  state: viewState,
  name: z.string().trim().min(1).max(200).optional(),
  versionName: z.string().trim().min(1).max(200).nullable().default(null).describe('null: an autosave'),
});
export const viewVersion = byWhom.extend({
  version: z.int(),
  name: z.string().nullable(),
  bytes: z.int(),
  runId: z.string().nullable(),
});
export const viewVersionList = z.object({ versions: z.array(viewVersion) }).meta({ id: 'ViewVersionList' });
export const viewVersionPath = z.object({ id, version: z.coerce.number().int().min(1).max(1_000_000_000) });
export const viewVersionState = viewVersion
  .extend({ viewId: z.string(), state: viewState })
  .meta({ id: 'ViewVersion' });
export const versionName = z.object({ name: z.string().trim().min(1).max(200).nullable() });
export const viewShare = z.object({
  with: z.array(z.object({ accountId: z.string().min(1).max(80), mayWrite: z.boolean().default(false) })).max(200),
});
/** A frozen evidence snapshot: the canvas with the values it showed, under one hash. */
export const frozen = byWhom
  .extend({
    frozenId: z.string(),
    viewId: z.string(),
    version: z.int(),
    title: z.string(),
    runId: z.string().nullable(),
    sha256: z.string(),
    content: viewState,
  })
  .meta({ id: 'Frozen' });
export const frozenList = z.object({ frozen: z.array(frozen.omit({ content: true })) }).meta({ id: 'FrozenList' });
export const newFrozen = z.object({
  version,
  title: z.string().trim().min(1).max(200),
  content: viewState.describe('what the screen shows: nodes, links, values with rows'),
});
export const frozenCheck = z
  .object({ frozenId: z.string(), isWhole: z.boolean(), sha256: z.string(), found: z.string() })
  .meta({ id: 'FrozenCheck' });

/** Whether two mentions, or two entities, are one; an appended row, undone only by another. */
export const JUDGEMENTS = ['same', 'different', 'unsure'] as const;
export const judgement = byWhom
  .extend({
    judgementId: z.string(),
    left: z.string(),
    right: z.string(),
    of: z.enum(['mention', 'entity']),
    verdict: z.enum(JUDGEMENTS),
    reason: z.string(),
    isWithdrawn: z.boolean(),
  })
  .meta({ id: 'Judgement' });
export const newJudgement = z.object({
  left: id,
  right: id,
  of: z.enum(['mention', 'entity']),
  verdict: z.enum(JUDGEMENTS),
  reason: z.string().trim().min(1).max(2000),
});
export const judgementAnswer = z
  .object({
    judgement,
    warnings: z
      .array(z.object({ text: z.object({ zh: z.string(), en: z.string() }), records: z.array(z.string()) }))
      .describe('records whose judgements now contradict each other'),
  })
  .meta({ id: 'JudgementAnswer' });
export const judgementQuery = z.object({
  record: z.string().max(300).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const judgementList = z.object({ total: z.int(), judgements: z.array(judgement) }).meta({ id: 'JudgementList' });
export const withdrawal = z.object({ reason: z.string().trim().min(1).max(2000) });

export const activityQuery = z.object({ on: z.enum(COMMENT_ON), objectId: id });
export const activityList = z
  .object({
    items: z.array(byWhom.extend({ act: z.string(), text: z.string(), detail: z.record(z.string(), z.unknown()) })),
  })
  .meta({ id: 'ActivityList' });

/** What `/api/events` sends, one JSON document a server-sent event. */
export const serverEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), runId: z.string().nullable() }),
  z.object({ type: z.literal('message'), message }),
  z.object({ type: z.literal('view'), viewId: z.string(), version: z.int(), byName: z.string() }),
  z.object({ type: z.literal('run'), runId: z.string() }),
  z.object({
    type: z.literal('progress'),
    task: z.string(),
    step: z.string(),
    done: z.number().nullable(),
    total: z.number().nullable(),
  }),
]);

export type Verdict = z.infer<typeof verdict>;
export type LeadWork = z.infer<typeof leadWork>;
export type Queue = z.infer<typeof queue>;
export type QueueItem = z.infer<typeof queueItem>;
export type CaseSummary = z.infer<typeof caseSummary>;
export type CaseDetail = z.infer<typeof caseDetail>;
export type Task = z.infer<typeof task>;
export type Evidence = z.infer<typeof evidence>;
export type Comment = z.infer<typeof comment>;
export type Message = z.infer<typeof message>;
export type View = z.infer<typeof view>;
export type ViewSummary = z.infer<typeof viewSummary>;
export type Frozen = z.infer<typeof frozen>;
export type Judgement = z.infer<typeof judgement>;
export type ServerEvent = z.infer<typeof serverEvent>;
