import { InputError, canonicalJson, sha256 } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk, displayNames } from '../desk/index.ts';
import { and, desc, eq, tables } from '../store/index.ts';
import type { ViewState } from './read-views.ts';
import { noSuchVersion, viewFor } from './view-access.ts';

/** A canvas with the values that it showed, under one hash; never changed. */
export interface Frozen {
  readonly frozenId: string;
  readonly viewId: string;
  readonly version: number;
  readonly title: string;
  readonly runId: string | null;
  readonly sha256: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

/** Freezes what the screen shows of a saved version. The hash covers the content in canonical JSON, the view, the version and the run.
 *  @throws InputError `no-such-view`, `no-such-version`, `not-entitled` */
export async function freezeView(
  desk: Desk,
  actor: Actor,
  viewId: string,
  given: { version: number; title: string; content: ViewState },
): Promise<Frozen & { content: ViewState }> {
  const row = await desk.store.db.transaction(async (tx) => {
    await viewFor(tx, actor.accountId, viewId, 'read');
    const { viewVersion: v } = tables;
    const [version] = await tx
      .select({ runId: v.runId })
      .from(v)
      .where(and(eq(v.viewId, viewId), eq(v.version, given.version)));
    if (version === undefined) throw noSuchVersion(viewId, given.version);
    const content = canonicalJson(given.content);
    const hash = _hashOf({ viewId, version: given.version, runId: version.runId, content });
    const [added] = await tx
      .insert(tables.frozen)
      .values({
        viewId,
        version: given.version,
        title: given.title,
        runId: version.runId,
        sha256: hash,
        content,
        by: actor.accountId,
        at: new Date(desk.clock()),
      })
      .returning();
    await appendAudit(tx, actor, desk.clock(), {
      action: 'view.frozen',
      object: `view:${viewId}`,
      detail: { frozenId: added!.frozenId, version: given.version, sha256: hash },
    });
    return added!;
  });
  return { ..._plain(row, actor.name), content: JSON.parse(row.content) as ViewState };
}

/** Newest first. */
export async function frozenOf(desk: Desk, accountId: string, viewId: string): Promise<Frozen[]> {
  await viewFor(desk.store.db, accountId, viewId, 'read');
  const { frozen } = tables;
  const rows = await desk.store.db.select().from(frozen).where(eq(frozen.viewId, viewId)).orderBy(desc(frozen.at));
  const names = await displayNames(
    desk.store.db,
    rows.map((r) => r.by),
  );
  return rows.map((r) => _plain(r, names.get(r.by) ?? r.by));
}

/** One snapshot with its content. @throws InputError `no-such-frozen`, `not-entitled` */
export async function readFrozen(
  desk: Desk,
  accountId: string,
  frozenId: string,
): Promise<Frozen & { content: ViewState }> {
  const row = await _row(desk, accountId, frozenId);
  const names = await displayNames(desk.store.db, [row.by]);
  return { ..._plain(row, names.get(row.by) ?? row.by), content: JSON.parse(row.content) as ViewState };
}

/** Works the hash out anew from what is stored. */
export async function verifyFrozen(
  desk: Desk,
  accountId: string,
  frozenId: string,
): Promise<{ frozenId: string; isWhole: boolean; sha256: string; found: string }> {
  const row = await _row(desk, accountId, frozenId);
  const found = _hashOf(row);
  return { frozenId, isWhole: found === row.sha256, sha256: row.sha256, found };
}

async function _row(desk: Desk, accountId: string, frozenId: string): Promise<typeof tables.frozen.$inferSelect> {
  const [row] = await desk.store.db.select().from(tables.frozen).where(eq(tables.frozen.frozenId, frozenId));
  if (row === undefined) throw new InputError('no-such-frozen', `view: no snapshot "${frozenId}"`, { frozenId });
  await viewFor(desk.store.db, accountId, row.viewId, 'read');
  return row;
}

function _hashOf(of: { viewId: string; version: number; runId: string | null; content: string }): string {
  const { viewId, version, runId, content } = of;
  return sha256(canonicalJson({ viewId, version, runId, content }));
}

function _plain(row: typeof tables.frozen.$inferSelect, byName: string): Frozen {
  const { frozenId, viewId, version, title, runId, sha256: hash, by } = row;
  return { frozenId, viewId, version, title, runId, sha256: hash, by, byName, at: row.at.toISOString() };
}
