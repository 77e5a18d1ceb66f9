import express, { type Response, Router } from 'express';
import {
  type CaseDetail,
  type CaseEntity,
  EVIDENCE_MAX_BYTES,
  addEvidence,
  addTask,
  changeCase,
  changeTask,
  evidenceOf,
  listCases,
  moveCase,
  nextSteps,
  openCase,
  readCase,
  readEvidence,
  verifyEvidence,
} from '../../../casework/index.ts';
import { entityDetail, leadDetail } from '../../../models/queries/index.ts';
import * as contract from '../../contract/index.ts';
import { actorIn, principalIn } from '../access.ts';
import { answer } from '../answer.ts';
import type { Operation, Resource, RouteContext } from '../resource.ts';

const one = { params: contract.idPath };
const OPERATIONS: readonly Operation[] = [
  {
    path: '/api/cases',
    summary: 'Cases: mine, open, all; of a lead or an entity',
    right: 'cases.read',
    query: contract.caseListQuery,
    answer: contract.caseList,
  },
  {
    method: 'post',
    path: '/api/cases',
    summary: 'Open a case from a template, from leads or entities',
    right: 'cases.write',
    body: contract.newCase,
    answer: contract.caseDetail,
  },
  {
    ...one,
    path: '/api/cases/{id}',
    summary: 'A case with steps, tasks, evidence, and cases that share an entity',
    right: 'cases.read',
    answer: contract.caseDetail,
  },
  {
    ...one,
    method: 'patch',
    path: '/api/cases/{id}',
    summary: 'Change title, level, priority, assignee, due time or note',
    right: 'cases.write',
    body: contract.caseChange,
    answer: contract.caseDetail,
  },
  {
    ...one,
    method: 'post',
    path: '/api/cases/{id}/steps',
    summary: 'Take a step of the flow; what is not allowed is refused, what is taken is logged',
    right: 'cases.write',
    body: contract.newStep,
    answer: contract.caseDetail,
  },
  {
    ...one,
    method: 'post',
    path: '/api/cases/{id}/tasks',
    summary: 'Add a task',
    right: 'cases.write',
    body: contract.newTask,
    answer: contract.caseDetail,
  },
  {
    method: 'patch',
    path: '/api/cases/{id}/tasks/{taskId}',
    summary: 'Tick a task off, give it to somebody, move its time',
    right: 'cases.write',
    params: contract.taskPath,
    body: contract.taskChange,
    answer: contract.caseDetail,
  },
  {
    ...one,
    method: 'post',
    path: '/api/cases/{id}/evidence',
    summary: 'Keep a file: the body is its bytes (application/octet-stream), up to 64 MB',
    right: 'cases.write',
    query: contract.evidenceQuery,
    rawBody: EVIDENCE_MAX_BYTES,
    answer: contract.caseDetail,
  },
  {
    path: '/api/cases/{id}/evidence/{evidenceId}',
    summary: 'The file, when it still has its hash; the reading is entered in its chain of custody',
    right: 'cases.read',
    params: contract.evidencePath,
    media: 'application/octet-stream',
  },
  {
    path: '/api/cases/{id}/evidence/{evidenceId}/verify',
    summary: 'Hash the kept file anew',
    right: 'cases.read',
    params: contract.evidencePath,
    answer: contract.evidenceCheck,
  },
];

/** Cases with steps, tasks and evidence. */
export const caseRoutes: Resource = { operations: OPERATIONS, router };

const ms = (text: string | null): number | null => (text === null ? null : Date.parse(text));
const msIfGiven = (text: string | null | undefined): number | null | undefined =>
  text === undefined ? undefined : ms(text);

function router(context: RouteContext): Router {
  const { casework } = context;
  const routes = Router();
  routes.get('/cases', async (request, response) => {
    const query = contract.caseListQuery.parse(request.query);
    answer(response, contract.caseList, await listCases(casework, actorIn(response).accountId, query));
  });
  routes.post('/cases', async (request, response) => {
    const { dueAt, entityIds, template, ...given } = contract.newCase.parse(request.body);
    const entities = await _entities(context, given.leadIds, entityIds);
    const id = await openCase(casework, actorIn(response), {
      ...given,
      template: template as string,
      entities,
      dueAtMs: ms(dueAt),
    });
    await _answerCase(context, response, id);
  });
  routes.get('/cases/:id', async (request, response) =>
    _answerCase(context, response, contract.idPath.parse(request.params).id),
  );
  routes.patch('/cases/:id', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { dueAt, ...change } = contract.caseChange.parse(request.body);
    await changeCase(casework, actorIn(response), id, { ...change, dueAtMs: msIfGiven(dueAt) });
    await _answerCase(context, response, id);
  });
  routes.post('/cases/:id/steps', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { dueAt, ...step } = contract.newStep.parse(request.body);
    const { rights } = principalIn(response);
    await moveCase(casework, actorIn(response), id, { ...step, dueAtMs: ms(dueAt), rights });
    await _answerCase(context, response, id);
  });
  _tasks(routes, context);
  _evidence(routes, context);
  return routes;
}

function _tasks(routes: Router, context: RouteContext): void {
  const { casework } = context;
  routes.post('/cases/:id/tasks', async (request, response) => {
    const { id } = contract.idPath.parse(request.params);
    const { dueAt, ...given } = contract.newTask.parse(request.body);
    await addTask(casework, actorIn(response), id, { ...given, dueAtMs: ms(dueAt) });
    await _answerCase(context, response, id);
  });
  routes.patch('/cases/:id/tasks/:taskId', async (request, response) => {
    const { id, taskId } = contract.taskPath.parse(request.params);
    const { dueAt, ...change } = contract.taskChange.parse(request.body);
    await changeTask(casework, actorIn(response), { caseId: id, taskId }, { ...change, dueAtMs: msIfGiven(dueAt) });
    await _answerCase(context, response, id);
  });
}

function _evidence(routes: Router, context: RouteContext): void {
  const { casework } = context;
  routes.post(
    '/cases/:id/evidence',
    express.raw({ type: () => true, limit: EVIDENCE_MAX_BYTES }),
    async (request, response) => {
      const { id } = contract.idPath.parse(request.params);
      const { fileName, note } = contract.evidenceQuery.parse(request.query);
      const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const mediaType = (request.get('content-type') ?? 'application/octet-stream').slice(0, 200);
      await addEvidence(casework, actorIn(response), id, { fileName, note, mediaType, content });
      await _answerCase(context, response, id);
    },
  );
  routes.get('/cases/:id/evidence/:evidenceId', async (request, response) => {
    const { id, evidenceId } = contract.evidencePath.parse(request.params);
    const file = await readEvidence(casework, actorIn(response), { caseId: id, evidenceId });
    response.attachment(file.fileName).type('application/octet-stream').send(file.content);
  });
  routes.get('/cases/:id/evidence/:evidenceId/verify', async (request, response) => {
    const { id, evidenceId } = contract.evidencePath.parse(request.params);
    const check = await verifyEvidence(casework, actorIn(response), { caseId: id, evidenceId });
    answer(response, contract.evidenceCheck, check);
  });
}

/** Subjects of the leads and the entities named, as the served run knows them. */
async function _entities(
  { snapshot }: RouteContext,
  leadIds: readonly string[],
  entityIds: readonly string[],
): Promise<CaseEntity[]> {
  if (leadIds.length === 0 && entityIds.length === 0) return [];
  return snapshot.use(async (db) => {
    const subjects: string[] = [];
    for (const id of leadIds) subjects.push((await leadDetail(db, id)).subjectId);
    const found: CaseEntity[] = [];
    for (const id of new Set([...subjects, ...entityIds])) {
      const { entityId, kind, label } = await entityDetail(db, id);
      found.push({ entityId, kind, label });
    }
    return found;
  });
}

async function _answerCase({ casework }: RouteContext, response: Response, id: string): Promise<void> {
  const detail: CaseDetail = await readCase(casework, id);
  answer(response, contract.caseDetail, {
    ...detail,
    next: nextSteps(detail.state, principalIn(response).rights),
    evidence: await evidenceOf(casework, id),
  });
}
