import { InputError, StateError } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk, activeAccount, displayNames } from '../desk/index.ts';
import { type Tables, and, desc, eq, inArray, isNull, tables } from '../store/index.ts';
import type { ViewState } from './read-views.ts';
import { type ViewRow, noSuchVersion, viewFor } from './view-access.ts';

/** Largest saved state, bytes of JSON. */
export const VIEW_MAX_BYTES = 8_000_000;
/** Autosaves kept of a view; named versions are always kept. */
export const AUTOSAVES_KEPT = 50;

/** Saves a new canvas as version 1. @throws InputError `too-large` */
export async function addView(
  desk: Desk,
  actor: Actor,
  given: { name: string; runId: string | null; state: ViewState },
): Promise<string> {
  const text = _stateText(given.state);
  return desk.store.db.transaction(async (tx) => {
    const [row] = await tx
      .insert(tables.view)
      .values({ name: given.name, owner: actor.accountId, version: 1 })
      .returning();
    const { viewId } = row!;
    await _addVersion(tx, desk, actor, { viewId, version: 1, name: null, runId: given.runId, text });
    await appendAudit(tx, actor, desk.clock(), {
      action: 'view.added',
      object: `view:${viewId}`,
      detail: { name: given.name },
    });
    return viewId;
  });
}

/** Saves over `baseVersion`. When somebody saved since, nothing is written and the caller is told who and when.
 *  @throws StateError `changed-since`, InputError `no-such-view`, `not-entitled`, `too-large` */
export async function saveView(
  desk: Desk,
  actor: Actor,
  viewId: string,
  given: {
    baseVersion: number;
    runId: string | null;
    state: ViewState;
    name?: string | undefined;
    versionName: string | null;
  },
): Promise<number> {
  const text = _stateText(given.state);
  const version = await desk.store.db.transaction(async (tx) => {
    const row = await viewFor(tx, actor.accountId, viewId, 'write', true);
    if (row.version !== given.baseVersion) throw await _changedSince(tx, row);
    const next = row.version + 1;
    await tx
      .update(tables.view)
      .set({ version: next, ...(given.name === undefined ? {} : { name: given.name }) })
      .where(eq(tables.view.viewId, viewId));
    await _addVersion(tx, desk, actor, { viewId, version: next, name: given.versionName, runId: given.runId, text });
    await _prune(tx, viewId);
    if (given.versionName !== null)
      await appendAudit(tx, actor, desk.clock(), {
        action: 'view.version-named',
        object: `view:${viewId}`,
        detail: { version: next, name: given.versionName },
      });
    return next;
  });
  desk.tell({ type: 'view', viewId, version, byName: actor.name });
  return version;
}

/** Names a version so that it is kept, or takes the name away. */
export async function nameVersion(
  desk: Desk,
  actor: Actor,
  viewId: string,
  version: number,
  name: string | null,
): Promise<void> {
  await viewFor(desk.store.db, actor.accountId, viewId, 'write');
  const rows = await desk.store.db
    .update(tables.viewVersion)
    .set({ name })
    .where(and(eq(tables.viewVersion.viewId, viewId), eq(tables.viewVersion.version, version)))
    .returning({ version: tables.viewVersion.version });
  if (rows.length === 0) throw noSuchVersion(viewId, version);
}

/** Replaces whom the view is shared with. Only its owner may. */
export async function shareView(
  desk: Desk,
  actor: Actor,
  viewId: string,
  given: readonly { readonly accountId: string; readonly mayWrite: boolean }[],
): Promise<void> {
  await desk.store.db.transaction(async (tx) => {
    await viewFor(tx, actor.accountId, viewId, 'own', true);
    await tx.delete(tables.viewShare).where(eq(tables.viewShare.viewId, viewId));
    const unique = [...new Map(given.map((g) => [g.accountId, g])).values()].filter(
      (g) => g.accountId !== actor.accountId,
    );
    for (const { accountId, mayWrite } of unique) {
      await activeAccount(tx, accountId);
      await tx.insert(tables.viewShare).values({ viewId, accountId, mayWrite });
    }
    await appendAudit(tx, actor, desk.clock(), {
      action: 'view.shared',
      object: `view:${viewId}`,
      detail: { with: unique },
    });
  });
}

/** Takes the view from every list; versions and frozen snapshots stay. Only its owner may. */
export async function deleteView(desk: Desk, actor: Actor, viewId: string): Promise<void> {
  await desk.store.db.transaction(async (tx) => {
    await viewFor(tx, actor.accountId, viewId, 'own', true);
    await tx.update(tables.view).set({ isDeleted: true }).where(eq(tables.view.viewId, viewId));
    await appendAudit(tx, actor, desk.clock(), { action: 'view.deleted', object: `view:${viewId}` });
  });
}

async function _addVersion(
  tx: Tables,
  desk: Desk,
  actor: Actor,
  of: { viewId: string; version: number; name: string | null; runId: string | null; text: string },
): Promise<void> {
  await tx.insert(tables.viewVersion).values({
    viewId: of.viewId,
    version: of.version,
    name: of.name,
    state: of.text,
    bytes: Buffer.byteLength(of.text),
    runId: of.runId,
    by: actor.accountId,
    at: new Date(desk.clock()),
  });
}

async function _prune(tx: Tables, viewId: string): Promise<void> {
  const { viewVersion: v } = tables;
  const old = await tx
    .select({ version: v.version })
    .from(v)
    .where(and(eq(v.viewId, viewId), isNull(v.name)))
    .orderBy(desc(v.version))
    .offset(AUTOSAVES_KEPT);
  if (old.length > 0)
    await tx.delete(v).where(
      and(
        eq(v.viewId, viewId),
        inArray(
          v.version,
          old.map((o) => o.version),
        ),
      ),
    );
}

async function _changedSince(tx: Tables, row: ViewRow): Promise<StateError> {
  const { viewVersion: v } = tables;
  const [last] = await tx
    .select({ by: v.by, at: v.at })
    .from(v)
    .where(and(eq(v.viewId, row.viewId), eq(v.version, row.version)));
  const names = await displayNames(tx, [last?.by ?? null]);
  const by = last === undefined ? '?' : (names.get(last.by) ?? last.by);
  const at = last?.at.toISOString() ?? '?';
  return new StateError(
    'changed-since',
    `view: ${row.viewId} is at version ${row.version}, saved by ${by} at ${at}; load it, or save yours as a new view`,
    { version: row.version, savedByName: by, savedAt: at },
  );
}

function _stateText(state: ViewState): string {
  const text = JSON.stringify(state);
  if (Buffer.byteLength(text) > VIEW_MAX_BYTES)
    throw new InputError(
      'too-large',
      `view: ${Buffer.byteLength(text)} bytes; up to ${VIEW_MAX_BYTES} are kept, show fewer nodes`,
    );
  return text;
}
