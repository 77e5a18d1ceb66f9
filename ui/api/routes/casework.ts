import { Router } from 'express';
import {
  type LeadWork,
  addComment,
  assignLeads,
  commentsOn,
  giveVerdict,
  judge,
  listJudgements,
  withdrawJudgement,
  workOn,
} from '../../../casework/index.ts';
import { firstMention, leadDetail, listLeads } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn, demandRight } from '../access.ts';
import { answer } from '../answer.ts';
import { COMMENT_RIGHTS, commentTarget } from '../comment-target.ts';
import type { Operation, Resource, RouteContext } from '../resource.ts';

const OPERATIONS: readonly Operation[] = [
  {
    path: '/api/queue',
    summary: 'Leads of the served run with where work on each stands: mine, open, decided',
    right: 'leads.read',
    query: contract.queueQuery,
    answer: contract.queue,
  },
  {
    method: 'post',
    path: '/api/queue/assign',
    summary: 'Give up to 500 leads to one colleague in one act, or take them back',
    right: 'leads.assign',
    body: contract.bulkAssign,
    answer: contract.assignmentList,
  },
  {
    path: '/api/leads/{id}/work',
    summary: 'Assignment, verdicts and cases of a lead',
    right: 'leads.read',
    params: contract.idPath,
    answer: contract.leadWork,
  },
  {
    method: 'post',
    path: '/api/leads/{id}/verdicts',
    summary: 'Give a verdict with its reason code; it is learned from in the next run',
    right: 'leads.decide',
    params: contract.idPath,
    body: contract.newVerdict,
    answer: contract.leadWork,
  },
  {
    path: '/api/comments',
    summary: 'Comments on a lead, case, entity or view, oldest first',
    right: 'signed-in',
    query: contract.commentQuery,
    answer: contract.commentList,
  },
  {
    method: 'post',
    path: '/api/comments',
    summary: 'Comment; @name sends a message to that colleague only',
    right: 'signed-in',
    body: contract.newComment,
    answer: contract.comment,
  },
  {
    path: '/api/judgements',
    summary: 'Judgements on whether records are one, newest first',
    right: 'graph.read',
    query: contract.judgementQuery,
    answer: contract.judgementList,
  },
  {
    method: 'post',
    path: '/api/judgements',
    summary: 'Judge two records same, different or unsure; contradictions are named',
    right: 'judgements.write',
    body: contract.newJudgement,
    answer: contract.judgementAnswer,
  },
  {
    method: 'post',
    path: '/api/judgements/{id}/withdraw',
    summary: 'Take a judgement back by adding a row',
    right: 'judgements.write',
    params: contract.idPath,
    body: contract.withdrawal,
    answer: contract.judgement,
  },
];

/** What people decide on leads and records, and say. */
export const caseworkRoutes: Resource = { operations: OPERATIONS, router };

function router(context: RouteContext): Router {
  const routes = Router();
  _leads(routes, context);
  _comments(routes, context);
  _judgements(routes, context);
  return routes;
}

function _leads(routes: Router, { casework, snapshot }: RouteContext): void {
  routes.get('/queue', async (request, response) => {
    const { scope, limit, offset } = contract.queueQuery.parse(request.query);
    const { accountId } = actorIn(response);
    const { runId, leads } = await snapshot.use(async (db, runId) => ({ runId, leads: await listLeads(db, 100_000) }));
    const work = await workOn(
      casework,
      leads.map((l) => l.leadId),
    );
    const items = leads.map((lead, i) => _queueItem(lead, work[i]!, casework.clock()));
    const within = {
      mine: items.filter((i) => i.assignee === accountId && i.state !== 'decided'),
      open: items.filter((i) => i.state !== 'decided'),
      decided: items.filter((i) => i.state === 'decided'),
      all: items,
    };
    const counts = Object.fromEntries(Object.entries(within).map(([name, list]) => [name, list.length]));
    answer(response, contract.queue, {
      runId,
      total: within[scope].length,
      counts,
      items: within[scope].slice(offset, offset + limit),
    });
  });
  routes.post('/queue/assign', async (request, response) => {
    const { leadIds, assignee, dueAt, priority } = contract.bulkAssign.parse(request.body);
    await snapshot.use(async (db) => {
      for (const id of leadIds) await leadDetail(db, id);
    });
    const dueAtMs = dueAt === null ? null : Date.parse(dueAt);
    answer(response, contract.assignmentList, {
      assignments: await assignLeads(casework, actorIn(response), { leadIds, assignee, dueAtMs, priority }),
    });
  });
  routes.get('/leads/:id/work', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    await snapshot.use((db) => leadDetail(db, id));
    answer(response, contract.leadWork, (await workOn(casework, [id]))[0]);
  });
  routes.post('/leads/:id/verdicts', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { foundAt, ...given } = contract.newVerdict.parse(request.body);
    const lead = await snapshot.use((db) => leadDetail(db, id));
    const { leadId, subjectId, runId, modelId, pick, pickChance, asOf } = lead;
    const decided = { leadId, subjectId, runId, modelId, pick, pickChance, asOf: new Date(asOf).toISOString() };
    const foundAtMs = foundAt === null ? null : Date.parse(foundAt);
    await giveVerdict(casework, actorIn(response), decided, {
      ...given,
      reason: given.reason as string,
      foundAtMs,
    });
    answer(response, contract.leadWork, (await workOn(casework, [id]))[0]);
  });
}

type Listed = Awaited<ReturnType<typeof listLeads>>[number];

function _queueItem(
  lead: Listed,
  work: LeadWork,
  nowMs: number,
): Record<string, unknown> & {
  state: LeadWork['state'];
  assignee: string | null;
} {
  const { leadId, rank, label, kind, probability, confidence, typologies } = lead;
  const { state, assignment, verdict } = work;
  const dueAt = assignment?.dueAt ?? null;
  return {
    leadId,
    rank,
    label,
    kind,
    probability,
    confidence,
    typologies,
    state,
    assignee: assignment?.assignee ?? null,
    assigneeName: assignment?.assigneeName ?? null,
    dueAt,
    isOverdue: state !== 'decided' && dueAt !== null && Date.parse(dueAt) < nowMs,
    priority: assignment?.priority ?? null,
    decision: verdict?.decision ?? null,
  };
}

function _comments(routes: Router, context: RouteContext): void {
  const { casework } = context;
  routes.get('/comments', async (request, response) => {
    const { on, objectId } = contract.commentQuery.parse(request.query);
    demandRight(response, COMMENT_RIGHTS[on]);
    await commentTarget(context, actorIn(response), on, objectId);
    answer(response, contract.commentList, { comments: await commentsOn(casework, on, objectId) });
  });
  routes.post('/comments', async (request, response) => {
    const given = contract.newComment.parse(request.body);
    demandRight(response, COMMENT_RIGHTS[given.on]);
    await commentTarget(context, actorIn(response), given.on, given.objectId);
    answer(response, contract.comment, await addComment(casework, actorIn(response), given));
  });
}

function _judgements(routes: Router, context: RouteContext): void {
  const { casework } = context;
  routes.get('/judgements', async (request, response) => {
    const query = contract.judgementQuery.parse(request.query);
    answer(response, contract.judgementList, await listJudgements(casework, query));
  });
  routes.post('/judgements', async (request, response) => {
    const given = contract.newJudgement.parse(request.body);
    const mentions = given.of === 'entity' ? await _mentions(context, given.left, given.right) : {};
    answer(response, contract.judgementAnswer, await judge(casework, actorIn(response), { ...given, ...mentions }));
  });
  routes.post('/judgements/:id/withdraw', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { reason } = contract.withdrawal.parse(request.body);
    answer(response, contract.judgement, await withdrawJudgement(casework, actorIn(response), id, reason));
  });
}

/** A mention that stands for each entity: entities are made anew by every run, mentions stay. */
async function _mentions(
  { snapshot }: RouteContext,
  left: string,
  right: string,
): Promise<{ mentions: { left: string; right: string } }> {
  return snapshot.use(async (db) => ({
    mentions: { left: await firstMention(db, left), right: await firstMention(db, right) },
  }));
}
