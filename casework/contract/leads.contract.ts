import { describe, expect, test } from 'vitest';
import {
  VERDICT_REASONS,
  addComment,
  assignLeads,
  commentsOn,
  giveVerdict,
  judge,
  listJudgements,
  listMessages,
  standingJudgements,
  withdrawJudgement,
  workOn,
  type DecidedLead,
} from '../index.ts';
import { sql } from '../store/index.ts';
import type { Bench } from './bench.ts';

const lead = (leadId: string): DecidedLead => ({
  leadId,
  subjectId: `company:${leadId}`,
  runId: 'r1',
  modelId: 'm1',
  pick: 'ranked',
  pickChance: 1,
  asOf: '2026-05-31T16:00:00.000Z',
});

/** Verdicts, assignments, comments, judgements, the same on both homes. */
export function leadsContract(bench: () => Bench): void {
  describe('decisions on leads', () => {
    test('f4 a verdict without a reason of its kind is refused; the last one counts, all are kept', async () => {
      const { desk, officer, pass } = bench();
      const eve = await officer('eve', 'investigator');
      const give = (decision: 'confirmed' | 'dismissed' | 'reopened', reason: string) =>
        giveVerdict(desk, eve, lead('V1'), {
          decision,
          reason,
          note: '',
          against: [{ id: 'a', holds: false }],
          foundAtMs: null,
        });
      for (const reason of ['', 'nothing-found', 'because'])
        await expect(give('confirmed', reason)).rejects.toMatchObject({ code: 'no-reason' });
      await expect(give('reopened', 'new-facts')).rejects.toMatchObject({ code: 'not-decided' });
      await expect(
        giveVerdict(desk, eve, lead('V1'), {
          decision: 'confirmed',
          reason: 'admitted',
          note: '',
          against: [],
          foundAtMs: desk.clock() + 1,
        }),
      ).rejects.toMatchObject({ code: 'future-find' });
      expect((await workOn(desk, ['V1']))[0]).toMatchObject({ state: 'new', verdict: null, history: [] });
      await give('dismissed', 'nothing-found');
      pass(1000);
      await give('reopened', 'new-facts');
      expect((await workOn(desk, ['V1']))[0]).toMatchObject({ state: 'new', verdict: null });
      await give('confirmed', 'found-on-site');
      const [work] = await workOn(desk, ['V1']);
      expect(work).toMatchObject({
        state: 'decided',
        verdict: { decision: 'confirmed', byName: 'eve!', against: [{ id: 'a', holds: false }] },
      });
      expect(work!.history.map((v) => v.decision)).toEqual(['dismissed', 'reopened', 'confirmed']);
      await expect(desk.store.db.execute(sql`update verdict set reason = 'x'`)).rejects.toThrow();
    });

    test('every reason belongs to a decision, and only a check that could find says 0 or 1', () => {
      expect(new Set(VERDICT_REASONS.map((r) => r.id)).size).toBe(VERDICT_REASONS.length);
      for (const r of VERDICT_REASONS) {
        if (r.label === 1) expect(r.decisions.every((d) => d === 'confirmed' || d === 'partly')).toBe(true);
        if (r.label === 0) expect(r.decisions).toEqual(['dismissed']);
        if (r.decisions.includes('unverifiable') || r.decisions.includes('reopened')) expect(r.label).toBeNull();
      }
    });

    test('f3 thirty leads are assigned in one act and told in one message; the last assignment counts', async () => {
      const { desk, officer } = bench();
      const chief = await officer('chief', 'supervisor');
      const fay = await officer('fay', 'investigator');
      const leadIds = Array.from({ length: 30 }, (_x, i) => `Q${i}`);
      await assignLeads(desk, chief, {
        leadIds,
        assignee: fay.accountId,
        dueAtMs: desk.clock() + 1000,
        priority: 'high',
      });
      const box = await listMessages(desk, fay.accountId, { unread: true, limit: 10 });
      expect(box.messages.map((m) => m.title.zh)).toEqual(['chief! 分派给您 30 条线索']);
      const work = await workOn(desk, leadIds);
      expect(work.every((w) => w.state === 'assigned' && w.assignment?.assigneeName === 'fay!')).toBe(true);
      await assignLeads(desk, chief, { leadIds: ['Q3'], assignee: null, dueAtMs: null, priority: 'normal' });
      expect((await workOn(desk, ['Q3', 'Q4'])).map((w) => w.state)).toEqual(['new', 'assigned']);
      await expect(
        assignLeads(desk, chief, { leadIds: ['Q1'], assignee: 'A999', dueAtMs: null, priority: 'low' }),
      ).rejects.toMatchObject({ code: 'no-such-account' });
    });

    test('g1 a mention is told to that colleague only', async () => {
      const { desk, officer, told } = bench();
      const gil = await officer('gil', 'analyst');
      const hal = await officer('hal', 'analyst');
      const ida = await officer('ida', 'analyst');
      told.length = 0;
      const comment = await addComment(desk, gil, {
        on: 'lead',
        objectId: 'M1',
        text: '请 @hal 看看，@nobody @gil。a@hal.cn',
      });
      expect(comment.mentions.map((m) => m.name)).toEqual(['gil', 'hal']);
      expect(told.map((t) => t.accountId)).toEqual([hal.accountId]);
      expect((await listMessages(desk, hal.accountId, { unread: true, limit: 9 })).messages[0]).toMatchObject({
        kind: 'mention',
        link: '/leads/M1',
      });
      expect((await listMessages(desk, ida.accountId, { unread: true, limit: 9 })).total).toBe(0);
      expect(await commentsOn(desk, 'lead', 'M1')).toEqual([comment]);
      expect(await commentsOn(desk, 'case', 'M1')).toEqual([]);
    });

    test('b6 judgements that contradict are named with the records between; a withdrawn one no longer counts', async () => {
      const { desk, officer } = bench();
      const jo = await officer('jo', 'analyst');
      const say = (left: string, right: string, verdict: 'same' | 'different') =>
        judge(desk, jo, { left, right, of: 'mention', verdict, reason: 'seen' });
      expect((await say('jB', 'jA', 'different')).warnings).toEqual([]);
      expect((await say('jC', 'jA', 'same')).warnings).toEqual([]);
      const third = await say('jC', 'jB', 'same');
      expect(third.warnings.map((w) => w.records)).toEqual([['jA', 'jC', 'jB']]);
      expect(third.judgement).toMatchObject({ left: 'jB', right: 'jC', byName: 'jo!' });
      await withdrawJudgement(desk, jo, third.judgement.judgementId, 'wrong plate');
      await expect(withdrawJudgement(desk, jo, third.judgement.judgementId, 'again')).rejects.toMatchObject({
        code: 'withdrawn-already',
      });
      const standing = (await standingJudgements(desk.store.db)).filter((j) => j.left.startsWith('j'));
      expect(standing.map((j) => [j.left, j.right, j.verdict])).toEqual([
        ['jA', 'jB', 'different'],
        ['jA', 'jC', 'same'],
      ]);
      const ofC = await listJudgements(desk, { record: 'jC', limit: 10 });
      expect(ofC.judgements.map((j) => [j.left, j.isWithdrawn])).toEqual([
        ['jB', true],
        ['jA', false],
      ]);
      await expect(say('x', 'x', 'same')).rejects.toMatchObject({ code: 'same-record' });
      await expect(withdrawJudgement(desk, jo, 'J999', 'x')).rejects.toMatchObject({ code: 'no-such-judgement' });
    });
  });
}
