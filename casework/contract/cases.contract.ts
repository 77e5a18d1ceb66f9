import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../ingest/base/index.ts';
import {
  type Actor,
  CASE_STATES,
  CASE_STEPS,
  CASE_TEMPLATES,
  type CaseState,
  RIGHTS,
  addEvidence,
  addTask,
  auditPage,
  caseStep,
  changeCase,
  changeTask,
  evidenceOf,
  listCases,
  listMessages,
  markMessage,
  moveCase,
  nextSteps,
  openCase,
  readCase,
  readEvidence,
  sendDigests,
  verifyEvidence,
} from '../index.ts';
import { sql } from '../store/index.ts';
import type { Bench } from './bench.ts';

const ALL = new Set(RIGHTS);
const OUTCOME = {
  result: 'penalty' as const,
  fineYuan: 120_000,
  wasteTonnes: 3.2,
  restorationYuan: null,
  restoredAreaM2: null,
  penaltyNo: null,
  note: '',
};

/** Cases, tasks, evidence, digests, the same on both homes. `folder` keeps the evidence files. */
export function casesContract(bench: () => Bench, folder: () => string | null): void {
  const open = (actor: Actor, title: string, entityIds: string[] = [], assignee: string | null = null) =>
    openCase(bench().desk, actor, {
      title,
      template: 'hazardous-waste',
      leadIds: [`L-${title}`],
      entities: entityIds.map((entityId) => ({ entityId, kind: 'vehicle', label: entityId })),
      level: 'II',
      priority: 'normal',
      assignee,
      dueAtMs: null,
      note: '',
    });
  const move = async (
    actor: Actor,
    caseId: string,
    to: CaseState,
    given: Partial<Parameters<typeof moveCase>[3]> = {},
  ): Promise<void> => {
    const { version } = await readCase(bench().desk, caseId);
    await moveCase(bench().desk, actor, caseId, {
      version,
      to,
      reason: null,
      note: '',
      outcome: null,
      dueAtMs: null,
      mergedInto: null,
      rights: ALL,
      ...given,
    });
  };

  describe('cases', () => {
    test('f2 a template creates its tasks; cases are numbered in their year', async () => {
      const { desk, officer } = bench();
      const tia = await officer('tia', 'investigator');
      const first = await readCase(desk, await open(tia, 'one'));
      const second = await readCase(desk, await open(tia, 'two'));
      const template = CASE_TEMPLATES.find((t) => t.id === 'hazardous-waste')!;
      expect(first.taskList).toHaveLength(template.tasks.length);
      expect(first.taskList.map((t) => t.dueAt)).toEqual(
        first.taskList.map((t) => t.dueAt).toSorted((a, b) => Date.parse(a!) - Date.parse(b!)),
      );
      expect(first.number).toMatch(/^2026-\d{4}$/);
      expect(Number(second.number.slice(5))).toBe(Number(first.number.slice(5)) + 1);
      expect(first).toMatchObject({
        state: 'draft',
        version: 1,
        leadIds: ['L-one'],
        steps: [{ from: null, to: 'draft' }],
      });
      await expect(
        openCase(desk, tia, { ...first, template: 'nothing', leadIds: [], entities: [], dueAtMs: null }),
      ).rejects.toMatchObject({ code: 'no-such-template' });
    });

    test('f1 from every state, every step that is not in the flow is refused, and nothing is changed', async () => {
      const { desk, officer } = bench();
      const uma = await officer('uma', 'supervisor');
      const id = await open(uma, 'flow');
      for (const from of CASE_STATES) {
        await desk.store.db.execute(sql`update case_file set state = ${from} where case_id = ${id}`);
        for (const to of CASE_STATES.filter((s) => caseStep(from, s) === null))
          await expect(move(uma, id, to, { reason: 'x', outcome: OUTCOME })).rejects.toMatchObject({
            code: 'illegal-step',
          });
        expect((await readCase(desk, id)).state).toBe(from);
      }
      for (const s of CASE_STEPS)
        expect(nextSteps(s.from, ALL)).toContainEqual({ to: s.to, needs: s.needs, mayTake: true });
    });

    test('f1 f9 the whole road to archive: needs, rights and versions are checked, each step is logged', async () => {
      const { desk, officer } = bench();
      const vic = await officer('vic', 'supervisor');
      const id = await open(vic, 'road');
      await move(vic, id, 'review');
      await expect(move(vic, id, 'dispatched', { rights: new Set(['cases.write']) })).rejects.toMatchObject({
        code: 'no-right',
      });
      await expect(move(vic, id, 'draft')).rejects.toMatchObject({ code: 'step-needs' });
      await expect(move(vic, id, 'dispatched', { version: 1 })).rejects.toMatchObject({ code: 'changed-since' });
      for (const to of ['dispatched', 'signed', 'on-site', 'checking'] as const) await move(vic, id, to);
      await move(vic, id, 'extended', { reason: '等检测', dueAtMs: desk.clock() + 9 * DAY_MS });
      await move(vic, id, 'checking');
      await expect(move(vic, id, 'extended', { reason: '再等', dueAtMs: 1 })).rejects.toMatchObject({
        code: 'extended-before',
      });
      await move(vic, id, 'reported', { reason: '属实' });
      await expect(move(vic, id, 'closed', { reason: 'x' })).rejects.toThrow(/an outcome, 9 tasks done/);
      for (const task of (await readCase(desk, id)).taskList)
        await changeTask(desk, vic, { caseId: id, taskId: task.taskId }, { isDone: true });
      await move(vic, id, 'closed', { reason: '已处罚', outcome: OUTCOME });
      await move(vic, id, 'revisit');
      await move(vic, id, 'archived');
      const done = await readCase(desk, id);
      expect(done).toMatchObject({ state: 'archived', outcome: OUTCOME, tasks: { done: 9, all: 9 } });
      expect(done.steps.map((s) => s.to)).toEqual([
        'draft', 'review', 'dispatched', 'signed', 'on-site', 'checking', 'extended', 'checking', 'reported', 'closed', 'revisit', 'archived',
      ]); // prettier-ignore
      const logged = await auditPage(desk.store.db, { action: 'case.step', object: `case:${id}`, limit: 50 });
      expect(logged.total).toBe(done.steps.length - 1);
    });

    test('f7 two cases that share a plate name each other', async () => {
      const { desk, officer } = bench();
      const wim = await officer('wim', 'investigator');
      const a = await open(wim, 'a', ['plate:浙E12345', 'company:1']);
      const b = await open(wim, 'b', ['plate:浙E12345']);
      const c = await open(wim, 'c', ['company:2']);
      expect((await readCase(desk, a)).linked).toMatchObject([
        { caseId: b, shared: [{ entityId: 'plate:浙E12345', kind: 'vehicle' }] },
      ]);
      expect((await readCase(desk, b)).linked.map((l) => l.caseId)).toEqual([a]);
      expect((await readCase(desk, c)).linked).toEqual([]);
      await expect(move(wim, a, 'merged', { reason: '同一事', mergedInto: a })).rejects.toThrow(/another case/);
      await move(wim, a, 'merged', { reason: '同一事', mergedInto: b });
      expect(await readCase(desk, a)).toMatchObject({ state: 'merged', mergedInto: b });
    });

    test('changes keep the version; lists are mine, open, all, of a lead, of an entity', async () => {
      const { desk, officer } = bench();
      const xia = await officer('xia', 'investigator');
      const yan = await officer('yan', 'investigator');
      const id = await open(xia, 'mine', ['plate:Q'], yan.accountId);
      expect((await listMessages(desk, yan.accountId, { unread: true, limit: 5 })).total).toBe(1);
      await changeCase(desk, xia, id, { version: 1, priority: 'high', assignee: xia.accountId });
      await expect(changeCase(desk, xia, id, { version: 1, title: 'x' })).rejects.toMatchObject({
        code: 'changed-since',
      });
      const list = (scope: 'mine' | 'open' | 'all', more: object = {}) =>
        listCases(desk, xia.accountId, { scope, limit: 100, offset: 0, ...more });
      expect((await list('mine')).cases.map((c) => c.caseId)).toEqual([id]);
      expect((await list('open')).cases[0]?.caseId).toBe(id);
      expect((await list('all', { leadId: 'L-mine' })).cases.map((c) => c.caseId)).toEqual([id]);
      expect((await list('all', { entityId: 'plate:Q' })).total).toBe(1);
      await expect(readCase(desk, 'C999')).rejects.toMatchObject({ code: 'no-such-case' });
      await expect(changeTask(desk, xia, { caseId: id, taskId: 'T999' }, { isDone: true })).rejects.toMatchObject({
        code: 'no-such-task',
      });
    });

    test('g2 ten overdue tasks make one digest a day, which is read and acknowledged once', async () => {
      const { desk, officer, pass } = bench();
      const zoe = await officer('zoe', 'investigator');
      const boss = await officer('zoes-boss', 'supervisor');
      const id = await open(boss, 'late', [], zoe.accountId);
      await addTask(desk, boss, id, { title: '补充', assignee: zoe.accountId, dueAtMs: desk.clock() - 1 });
      pass(30 * DAY_MS);
      await sendDigests(desk);
      expect(await sendDigests(desk)).toBe(0);
      const digests = await listMessages(desk, zoe.accountId, { unread: true, kind: 'digest', limit: 20 });
      expect(digests.messages).toHaveLength(1);
      expect(digests.messages[0]).toMatchObject({ title: { zh: '10 项已逾期' }, detail: { total: 10 } });
      const { messageId } = digests.messages[0]!;
      const first = await markMessage(desk, zoe, messageId, true);
      pass(1000);
      expect(await markMessage(desk, zoe, messageId, true)).toEqual(first);
      await expect(markMessage(desk, boss, messageId, true)).rejects.toMatchObject({ code: 'no-such-message' });
      pass(DAY_MS);
      await sendDigests(desk);
      expect((await listMessages(desk, zoe.accountId, { unread: false, kind: 'digest', limit: 20 })).total).toBe(2);
    });

    test('f5 evidence is kept under its hash; an altered file fails, and the chain of custody says so', async () => {
      const { desk, officer } = bench();
      const amy = await officer('amy', 'investigator');
      const caseId = await open(amy, 'evidence');
      const content = Buffer.from('现场照片');
      const given = { fileName: '照片.jpg', mediaType: 'image/jpeg', note: '', content };
      if (folder() === null) {
        await expect(addEvidence(desk, amy, caseId, given)).rejects.toMatchObject({ code: 'no-folder' });
        return;
      }
      const evidenceId = await addEvidence(desk, amy, caseId, given);
      const of = { caseId, evidenceId };
      expect((await readEvidence(desk, amy, of)).content).toEqual(content);
      expect(await verifyEvidence(desk, amy, of)).toMatchObject({ isWhole: true });
      const root = join(folder()!, 'evidence');
      const file = readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map((f) => join(root, f))
        .at(-1)!;
      expect(readFileSync(file)).toEqual(content);
      writeFileSync(file, '别的照片');
      expect(await verifyEvidence(desk, amy, of)).toMatchObject({ isWhole: false });
      await expect(readEvidence(desk, amy, of)).rejects.toMatchObject({ code: 'evidence-broken' });
      rmSync(file);
      expect(await verifyEvidence(desk, amy, of)).toMatchObject({ isWhole: false, found: null });
      const [kept] = await evidenceOf(desk, caseId);
      expect(kept!.custody.map((c) => c.act)).toEqual(['received', 'read', 'verified', 'broken', 'broken', 'broken']);
      await expect(addEvidence(desk, amy, caseId, { ...given, content: Buffer.alloc(0) })).rejects.toMatchObject({
        code: 'empty-file',
      });
      await expect(verifyEvidence(desk, amy, { caseId, evidenceId: 'E99' })).rejects.toMatchObject({
        code: 'no-such-evidence',
      });
    });
  });
}
