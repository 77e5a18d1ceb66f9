import { describe, expect, test } from 'vitest';
import {
  AUTOSAVES_KEPT,
  addView,
  deleteView,
  freezeView,
  frozenOf,
  listViews,
  nameVersion,
  readFrozen,
  readView,
  saveView,
  shareView,
  verifyFrozen,
  viewVersions,
} from '../index.ts';
import { sql } from '../store/index.ts';
import type { Bench } from './bench.ts';

/** Saved canvases, the same on both homes. */
export function viewsContract(bench: () => Bench): void {
  describe('views', () => {
    test('c23 versions: the newest is read, an old one can be read again, named ones outlive the autosaves', async () => {
      const { desk, officer } = bench();
      const kai = await officer('kai', 'analyst');
      const id = await addView(desk, kai, { name: '一号', runId: 'r1', state: { n: 1 } });
      const save = (n: number, versionName: string | null = null): Promise<number> =>
        saveView(desk, kai, id, { baseVersion: n - 1, runId: 'r1', state: { n }, versionName });
      await save(2, '开会用');
      for (let n = 3; n <= AUTOSAVES_KEPT + 4; n++) await save(n);
      const versions = await viewVersions(desk, kai.accountId, id);
      expect(versions[0]).toMatchObject({ version: AUTOSAVES_KEPT + 4, name: null, byName: 'kai!' });
      expect(versions.filter((v) => v.name === null)).toHaveLength(AUTOSAVES_KEPT);
      expect((await readView(desk, kai.accountId, id, 2)).state).toEqual({ n: 2 });
      expect((await readView(desk, kai.accountId, id)).state).toEqual({ n: AUTOSAVES_KEPT + 4 });
      await expect(readView(desk, kai.accountId, id, 1)).rejects.toMatchObject({ code: 'no-such-version' });
      await nameVersion(desk, kai, id, 10, '留存');
      expect((await viewVersions(desk, kai.accountId, id)).find((v) => v.version === 10)?.name).toBe('留存');
      await expect(nameVersion(desk, kai, id, 999, 'x')).rejects.toMatchObject({ code: 'no-such-version' });
    });

    test('c23 two who edit one view: the second is told who saved and when, and nothing is lost', async () => {
      const { desk, officer, told } = bench();
      const lea = await officer('lea', 'analyst');
      const max = await officer('max', 'analyst');
      const id = await addView(desk, lea, { name: 'both', runId: null, state: { at: 0 } });
      await shareView(desk, lea, id, [{ accountId: max.accountId, mayWrite: true }]);
      const save = (who: typeof lea, at: number) =>
        saveView(desk, who, id, { baseVersion: 1, runId: null, state: { at }, versionName: null });
      const results = await Promise.allSettled([save(lea, 1), save(max, 2)]);
      expect(results.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const refused = results.find((r) => r.status === 'rejected')!;
      expect(refused.reason).toMatchObject({
        code: 'changed-since',
        detail: { version: 2, savedByName: expect.stringMatching(/^(lea|max)!$/) as string },
      });
      expect((await readView(desk, lea.accountId, id)).summary.version).toBe(2);
      expect(told.filter((t) => t.type === 'view')).not.toEqual([]);
    });

    test('c25 a view opens for whom it is shared with, for reading or writing, and for nobody else', async () => {
      const { desk, officer } = bench();
      const [ned, oli, pat] = [
        await officer('ned', 'analyst'),
        await officer('oli', 'analyst'),
        await officer('pat', 'analyst'),
      ];
      const id = await addView(desk, ned, { name: 'secret', runId: null, state: {} });
      await expect(readView(desk, oli.accountId, id)).rejects.toMatchObject({ code: 'not-entitled' });
      await shareView(desk, ned, id, [{ accountId: oli.accountId, mayWrite: false }]);
      expect((await readView(desk, oli.accountId, id)).summary).toMatchObject({
        mayWrite: false,
        sharedWith: [{ displayName: 'oli!', mayWrite: false }],
      });
      expect((await listViews(desk, oli.accountId)).map((v) => v.name)).toEqual(['secret']);
      expect(await listViews(desk, pat.accountId)).toEqual([]);
      const write = { baseVersion: 1, runId: null, state: {}, versionName: null };
      await expect(saveView(desk, oli, id, write)).rejects.toMatchObject({ code: 'not-entitled' });
      await expect(shareView(desk, oli, id, [])).rejects.toMatchObject({ code: 'not-entitled' });
      await expect(deleteView(desk, oli, id)).rejects.toMatchObject({ code: 'not-entitled' });
      await shareView(desk, ned, id, []);
      await expect(readView(desk, oli.accountId, id)).rejects.toMatchObject({ code: 'not-entitled' });
      await deleteView(desk, ned, id);
      await expect(readView(desk, ned.accountId, id)).rejects.toMatchObject({ code: 'no-such-view' });
    });

    test('c24 a frozen snapshot does not follow the view, and its hash finds a change', async () => {
      const { desk, officer } = bench();
      const ray = await officer('ray', 'analyst');
      const id = await addView(desk, ray, { name: 'evidence', runId: 'r1', state: { n: 1 } });
      const made = await freezeView(desk, ray, id, { version: 1, title: '取证', content: { b: 2, a: ['湖州'] } });
      await saveView(desk, ray, id, { baseVersion: 1, runId: 'r2', state: { n: 2 }, versionName: null });
      expect(await readFrozen(desk, ray.accountId, made.frozenId)).toEqual(made);
      expect(made).toMatchObject({ runId: 'r1', version: 1, content: { a: ['湖州'], b: 2 } });
      expect(await frozenOf(desk, ray.accountId, id)).toHaveLength(1);
      expect(await verifyFrozen(desk, ray.accountId, made.frozenId)).toMatchObject({ isWhole: true });
      await expect(desk.store.db.execute(sql`update frozen set title = 'x'`)).rejects.toThrow();
      await desk.store.db.execute(sql.raw('alter table frozen disable trigger all'));
      await desk.store.db.execute(sql.raw(`update frozen set content = replace(content, '湖州', '苏州')`));
      await desk.store.db.execute(sql.raw('alter table frozen enable trigger all'));
      expect(await verifyFrozen(desk, ray.accountId, made.frozenId)).toMatchObject({ isWhole: false });
      await expect(freezeView(desk, ray, id, { version: 9, title: 'x', content: {} })).rejects.toMatchObject({
        code: 'no-such-version',
      });
      await expect(readFrozen(desk, ray.accountId, 'F99')).rejects.toMatchObject({ code: 'no-such-frozen' });
    });

    test('a state that is too large is refused with its size', async () => {
      const { desk, officer } = bench();
      const sam = await officer('sam', 'analyst');
      const state = { text: 'x'.repeat(8_000_001) };
      await expect(addView(desk, sam, { name: 'big', runId: null, state })).rejects.toThrow(/80000\d\d bytes/);
    });
  });
}
