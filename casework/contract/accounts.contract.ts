import { beforeAll, describe, expect, test } from 'vitest';
import {
  ROLES,
  RIGHTS,
  addAccount,
  addGrant,
  changeAccount,
  changeOwnPassword,
  endPurpose,
  endSession,
  extendSession,
  firstAccount,
  listAccounts,
  principalOf,
  readSession,
  revokeGrant,
  rightsOf,
  sessionHash,
  signIn,
  statePurpose,
  sweepSessions,
  writeSession,
} from '../index.ts';
import { type Bench, passwordOf } from './bench.ts';

const MINUTE = 60_000;

/** Accounts, sessions, purposes and grants, the same on both homes. */
export function accountsContract(bench: () => Bench): void {
  describe('accounts', () => {
    beforeAll(async () => {
      const made = await firstAccount(bench().desk, null);
      expect(made?.account).toMatchObject({ name: 'admin', roles: [...ROLES] });
      expect(made?.password).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
      expect(await signIn(bench().desk, 'admin', made!.password)).toMatchObject({ name: 'admin' });
      expect(await firstAccount(bench().desk, null)).toBeNull();
    });

    test('a wrong name and a wrong password are refused in the same words; five pause the account for five minutes', async () => {
      const { desk, pass, officer } = bench();
      await officer('pia', 'analyst');
      const refusal = async (name: string, password: string): Promise<string> =>
        signIn(desk, name, password).then(
          () => 'in',
          (e: Error) => e.message,
        );
      const wrong = await refusal('pia', 'x');
      expect(await refusal('nobody', 'x')).toBe(wrong);
      for (let i = 0; i < 4; i++) await refusal('pia', 'x');
      expect(await refusal('pia', passwordOf('pia'))).toMatch(/too many wrong passwords/);
      pass(5 * MINUTE + 1);
      expect(await refusal('pia', passwordOf('pia'))).toBe('in');
    });

    test('bad accounts are refused with every fault at once; a name is taken once', async () => {
      const { desk, officer } = bench();
      const bad = { name: 'Bad Name', displayName: ' ', roles: [], password: 'long enough' };
      await expect(addAccount(desk, null, bad)).rejects.toThrow(/Bad Name.*display name.*no role/);
      await expect(
        addAccount(desk, null, { ...bad, name: 'ok', displayName: 'x', roles: ['boss' as 'admin'] }),
      ).rejects.toThrow(/"boss"/);
      await expect(
        addAccount(desk, null, { name: 'short', displayName: 'x', roles: ['analyst'], password: 'short' }),
      ).rejects.toMatchObject({ code: 'short-password' });
      await officer('taken', 'analyst');
      await expect(officer('taken', 'analyst')).rejects.toMatchObject({ code: 'name-taken' });
    });

    test('a session lives until its end, moves when used, ends at once with a new password or a disabled account', async () => {
      const { desk, pass, officer } = bench();
      const ada = await officer('ada', 'analyst');
      const begin = async (secret: string): Promise<void> =>
        writeSession(desk, secret, {
          accountId: ada.accountId,
          data: { a: 1 },
          expiresAtMs: desk.clock() + 10 * MINUTE,
        });
      await begin('s1');
      expect(await readSession(desk, 's1')).toEqual({ a: 1 });
      expect(await readSession(desk, 's2')).toBeNull();
      pass(9 * MINUTE);
      await extendSession(desk, 's1', desk.clock() + 10 * MINUTE);
      pass(9 * MINUTE);
      expect(await readSession(desk, 's1')).toEqual({ a: 1 });
      pass(MINUTE);
      expect(await readSession(desk, 's1')).toBeNull();
      expect(await sweepSessions(desk)).toBe(1);
      await begin('s3');
      await endSession(desk, 's3');
      expect(await readSession(desk, 's3')).toBeNull();
      await begin('s4');
      await expect(changeOwnPassword(desk, ada, 'wrong', 'another long one')).rejects.toMatchObject({
        code: 'bad-credentials',
      });
      await changeOwnPassword(desk, ada, passwordOf('ada'), 'another long one');
      expect(await readSession(desk, 's4')).toBeNull();
      expect(await signIn(desk, 'ada', 'another long one')).toMatchObject({ name: 'ada' });
      await changeAccount(desk, null, ada.accountId, { isDisabled: true });
      await expect(signIn(desk, 'ada', 'another long one')).rejects.toMatchObject({ code: 'bad-credentials' });
      expect(await principalOf(desk, ada.accountId, 'x')).toBeNull();
    });

    test('the last administrator stays', async () => {
      const { desk } = bench();
      const admin = (await listAccounts(desk)).find((a) => a.name === 'admin')!;
      for (const change of [{ isDisabled: true }, { roles: ['analyst'] as const }])
        await expect(changeAccount(desk, null, admin.accountId, change)).rejects.toMatchObject({
          code: 'last-administrator',
        });
      expect((await principalOf(desk, admin.accountId, 'x'))?.rights.has('accounts.write')).toBe(true);
    });

    test('rights are those of the roles, in one order, and change at once', async () => {
      const { desk, officer } = bench();
      const bo = await officer('bo', 'auditor', 'analyst');
      const rights = (await principalOf(desk, bo.accountId, 'x'))!.rights;
      expect([...rights]).toEqual(RIGHTS.filter((r) => rightsOf(['analyst', 'auditor']).includes(r)));
      await changeAccount(desk, null, bo.accountId, { roles: ['scientist'] });
      expect([...(await principalOf(desk, bo.accountId, 'x'))!.rights]).toEqual(rightsOf(['scientist']));
    });

    test('h2 a grant holds to its minute, can be taken back, and nobody grants to themselves', async () => {
      const { desk, pass, officer } = bench();
      const boss = await officer('boss', 'admin');
      const cy = await officer('cy', 'scientist');
      const has = async (): Promise<boolean> => (await principalOf(desk, cy.accountId, 'x'))!.rights.has('cases.read');
      const give = (minutes: number) =>
        addGrant(desk, boss, {
          accountId: cy.accountId,
          right: 'cases.read',
          untilMs: desk.clock() + minutes * MINUTE,
          reason: 'joint case',
        });
      expect(await has()).toBe(false);
      await give(30);
      pass(30 * MINUTE - 1);
      expect(await has()).toBe(true);
      pass(1);
      expect(await has()).toBe(false);
      const { grantId } = await give(30);
      expect(await has()).toBe(true);
      await revokeGrant(desk, boss, grantId);
      expect(await has()).toBe(false);
      await expect(revokeGrant(desk, boss, grantId)).rejects.toMatchObject({ code: 'no-such-grant' });
      await expect(give(0)).rejects.toMatchObject({ code: 'bad-grant' });
      await expect(
        addGrant(desk, boss, {
          accountId: boss.accountId,
          right: 'audit.read',
          untilMs: desk.clock() + MINUTE,
          reason: 'for me',
        }),
      ).rejects.toThrow(/themselves/);
    });

    test('a purpose holds for its session and its minutes, and a new one ends it', async () => {
      const { desk, pass, officer } = bench();
      const di = await officer('di', 'analyst');
      const hash = sessionHash('di-1');
      const state = (minutes: number, caseNo = '2026-0001') =>
        statePurpose(desk, di, hash, { basis: 'case-inquiry', caseNo, leadId: null, note: 'check owner', minutes });
      const now = async (h = hash): Promise<string | undefined> =>
        (await principalOf(desk, di.accountId, h))!.purpose?.caseNo;
      await state(10);
      expect(await now()).toBe('2026-0001');
      expect(await now(sessionHash('di-2'))).toBeUndefined();
      await state(10, '2026-0002');
      expect(await now()).toBe('2026-0002');
      pass(10 * MINUTE);
      expect(await now()).toBeUndefined();
      await state(10);
      await endPurpose(desk, di, hash);
      expect(await now()).toBeUndefined();
      await expect(
        statePurpose(desk, di, hash, { basis: 'curiosity', caseNo: '', leadId: null, note: '', minutes: 9999 }),
      ).rejects.toThrow(/curiosity.*number.*reason.*9999/);
    });
  });
}
