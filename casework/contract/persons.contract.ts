import { describe, expect, test } from 'vitest';
import {
  type Actor,
  BURST_READS,
  askUnlock,
  auditPage,
  decideUnlock,
  listMessages,
  listUnlocks,
  logPersonRead,
  maskedValue,
  sessionHash,
  statePurpose,
  unlockedUntil,
} from '../index.ts';
import { sql } from '../store/index.ts';
import type { Bench } from './bench.ts';

const HOUR = 3_600_000;

/** Unlocks and person reads, the same on both homes. */
export function personsContract(bench: () => Bench): void {
  const withPurpose = async (actor: Actor): Promise<Actor> => {
    const hash = sessionHash(`${actor.name} session`);
    const given = { basis: 'case-inquiry', caseNo: 'L1', leadId: 'L1', note: 'owner of the truck', minutes: 60 };
    return { ...actor, purposeId: (await statePurpose(bench().desk, actor, hash, given)).purposeId };
  };
  const ask = (actor: Actor, personId: string, breakGlass = false) =>
    askUnlock(bench().desk, actor, { personId, leadId: 'L1', reason: 'owner of the truck', breakGlass });

  describe('persons', () => {
    test('two officers unlock one person for one lead for eight hours; one alone cannot', async () => {
      const { desk, officer, pass } = bench();
      const plain = await officer('bea', 'analyst');
      const chief = await officer('beas-chief', 'supervisor');
      const third = await officer('third', 'analyst');
      await expect(ask(plain, 'person:1')).rejects.toMatchObject({ code: 'purpose-needed' });
      const bea = await withPurpose(plain);
      const asked = await ask(bea, 'person:1');
      const may = (who: Actor, personId = 'person:1', leadId = 'L1') =>
        unlockedUntil(desk, who.accountId, { personId, leadId });
      expect(await may(bea)).toBeNull();
      await expect(decideUnlock(desk, bea, asked.unlockId, { approve: true, note: '' })).rejects.toMatchObject({
        code: 'own-unlock',
      });
      expect((await listMessages(desk, chief.accountId, { unread: true, kind: 'unlock', limit: 5 })).total).toBe(1);
      const approved = await decideUnlock(desk, chief, asked.unlockId, { approve: true, note: '同意' });
      expect(approved).toMatchObject({ state: 'approved', decidedByName: 'beas-chief!' });
      expect([await may(bea), await may(chief)]).toEqual([approved.until, approved.until]);
      expect([await may(third), await may(bea, 'person:2'), await may(bea, 'person:1', 'L2')]).toEqual([
        null,
        null,
        null,
      ]);
      await expect(decideUnlock(desk, chief, asked.unlockId, { approve: false, note: '' })).rejects.toMatchObject({
        code: 'decided-already',
      });
      pass(8 * HOUR);
      expect(await may(bea)).toBeNull();
      expect((await listUnlocks(desk, bea.accountId, false))[0]).toMatchObject({ state: 'expired' });
      await expect(
        desk.store.db.execute(
          sql`update unlock set state = 'approved', decided_by = asked_by where unlock_id = ${asked.unlockId}`,
        ),
      ).rejects.toThrow();
    });

    test('break-glass holds for an hour, is told to those who review, and a bad review ends it', async () => {
      const { desk, officer, pass } = bench();
      const cal = await withPurpose(await officer('cal', 'analyst'));
      const chief = await officer('cals-chief', 'supervisor');
      const made = await ask(cal, 'person:7', true);
      const may = () => unlockedUntil(desk, cal.accountId, { personId: 'person:7', leadId: 'L1' });
      expect(made.state).toBe('break-glass');
      expect(await may()).not.toBeNull();
      expect((await listMessages(desk, chief.accountId, { unread: true, kind: 'review', limit: 5 })).total).toBe(1);
      expect(await unlockedUntil(desk, chief.accountId, { personId: 'person:7', leadId: 'L1' })).toBeNull();
      await decideUnlock(desk, chief, made.unlockId, { approve: false, note: '不紧急' });
      expect(await may()).toBeNull();
      await ask(cal, 'person:7', true);
      expect(await may()).not.toBeNull();
      pass(HOUR);
      expect(await may()).toBeNull();
      const logged = await auditPage(desk.store.db, { object: 'person:person:7', limit: 9 });
      expect(logged.rows.map((r) => r.action)).toEqual(['unlock.break-glass', 'unlock.reviewed', 'unlock.break-glass']);
      expect(logged.rows.every((r) => r.action === 'unlock.reviewed' || r.purposeId === cal.purposeId)).toBe(true);
    });

    test('very many reads in an hour alarm the auditors once', async () => {
      const { desk, officer } = bench();
      const dan = await officer('dan', 'analyst');
      const auditor = await officer('dans-auditor', 'auditor');
      for (let i = 0; i < BURST_READS + 3; i++)
        await logPersonRead(desk, dan, { personId: `p${i}`, leadId: null, isUnlocked: false, rows: 1 });
      const box = await listMessages(desk, auditor.accountId, { unread: true, kind: 'review', limit: 9 });
      expect(box.messages).toHaveLength(1);
      expect(box.messages[0]!.detail).toEqual({ accountId: dan.accountId, reads: BURST_READS });
    });

    test('h8 masks keep the shape and hide what identifies', () => {
      expect(maskedValue('name', '张某某')).toBe('张**');
      expect(maskedValue('name', '张')).toBe('*');
      expect(maskedValue('phone', '13812345678')).toBe('138******78');
      expect(maskedValue('rep_id_hash', 'a1b2c3d4')).toBe('a1******');
      expect(maskedValue('name', '')).toBe('*');
    });
  });
}
