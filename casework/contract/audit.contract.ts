import { describe, expect, test } from 'vitest';
import { appendAudit, auditPage, auditRows, verifyAudit } from '../index.ts';
import { sql } from '../store/index.ts';
import type { Bench } from './bench.ts';

/** The log, the same on both homes. */
export function auditContract(bench: () => Bench): void {
  describe('audit', () => {
    const add = (n: number): Promise<void> =>
      bench().desk.store.db.transaction(async (tx) => {
        await appendAudit(tx, null, bench().desk.clock(), {
          action: 'test.row',
          object: `x:${n}`,
          detail: { n, z: 1, a: '湖州' },
        });
      });

    test('rows added at once get one number each, and the chain is whole', async () => {
      const before = (await verifyAudit(bench().desk.store.db)).rows;
      await Promise.all(Array.from({ length: 12 }, (_x, i) => add(i)));
      expect(await verifyAudit(bench().desk.store.db)).toMatchObject({
        rows: before + 12,
        isWhole: true,
        firstBroken: null,
      });
    });

    test('a failed act leaves no row', async () => {
      const { desk } = bench();
      const before = await verifyAudit(desk.store.db);
      await expect(
        desk.store.db.transaction(async (tx) => {
          await appendAudit(tx, null, desk.clock(), { action: 'test.failed' });
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await verifyAudit(desk.store.db)).toEqual(before);
    });

    test('pages are newest first, filtered, and the export has every row in order', async () => {
      const { desk } = bench();
      const page = await auditPage(desk.store.db, { action: 'test.', limit: 5 });
      expect(page.rows.map((r) => r.no)).toEqual(page.rows.map((r) => r.no).toSorted((a, b) => b - a));
      expect(page.total).toBe(12);
      const next = await auditPage(desk.store.db, { action: 'test.', limit: 50, before: page.rows.at(-1)!.no });
      expect(next.rows).toHaveLength(7);
      expect((await auditPage(desk.store.db, { object: 'x:3', limit: 5 })).rows[0]?.detail).toEqual({
        a: '湖州',
        n: 3,
        z: 1,
      });
      let last = 0;
      for await (const row of auditRows(desk.store.db)) expect(row.no).toBe(++last);
      expect(last).toBe((await verifyAudit(desk.store.db)).rows);
    });

    test('h4 the table refuses change; a change behind its back is named by its row', async () => {
      const { db } = bench().desk.store;
      for (const statement of [`update audit set action = 'x'`, 'delete from audit', 'truncate audit'])
        await expect(db.execute(sql.raw(statement))).rejects.toThrow();
      const { rows } = await verifyAudit(db);
      const edits: readonly (readonly [string, string, RegExp])[] = [
        [`update audit set detail = '{"n":99}' where no = 5`, 'row 5 was changed', /row 5 was changed/],
        [`update audit set at = at + interval '1 millisecond' where no = 3`, 'row 3 was changed', /row 3 was changed/],
        [`delete from audit where no = 4`, 'row 4 is gone', /row 4 is gone/],
        [`delete from audit where no = ${rows}`, 'the end is gone', /ends at row/],
      ];
      for (const [statement, , fault] of edits) {
        const checked = db.transaction(async (tx) => {
          await tx.execute(sql.raw('alter table audit disable trigger all'));
          await tx.execute(sql.raw(statement));
          const check = await verifyAudit(tx);
          throw Object.assign(new Error('undo'), { check });
        });
        await expect(checked).rejects.toMatchObject({
          check: { isWhole: false, firstBroken: { fault: expect.stringMatching(fault) as string } },
        });
      }
      expect((await verifyAudit(db)).isWhole).toBe(true);
    });
  });
}
