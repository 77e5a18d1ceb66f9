import { type Desk, displayNames } from '../desk/index.ts';
import { and, desc, eq, inArray, sql, tables } from '../store/index.ts';
import { type ViewRow, noSuchVersion, viewFor } from './view-access.ts';

export interface ViewSummary {
  readonly viewId: string;
  readonly name: string;
  readonly owner: string;
  readonly ownerName: string;
  readonly version: number;
  readonly runId: string | null;
  readonly savedAt: string;
  readonly savedByName: string;
  readonly mayWrite: boolean;
  readonly sharedWith: readonly {
    readonly accountId: string;
    readonly displayName: string;
    readonly mayWrite: boolean;
  }[];
}

export type ViewState = Readonly<Record<string, unknown>>;

export interface ViewVersion {
  readonly version: number;
  readonly name: string | null;
  readonly bytes: number;
  readonly runId: string | null;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

/** One's own and those shared with one, by name. */
export async function listViews(desk: Desk, accountId: string): Promise<ViewSummary[]> {
  const { view, viewShare } = tables;
  const shared = desk.store.db
    .select({ id: viewShare.viewId })
    .from(viewShare)
    .where(eq(viewShare.accountId, accountId));
  const rows = await desk.store.db
    .select()
    .from(view)
    .where(and(eq(view.isDeleted, false), sql`(${view.owner} = ${accountId} or ${view.viewId} in ${shared})`))
    .orderBy(view.name, view.viewId);
  return _summaries(desk, accountId, rows);
}

/** The newest state, or a given version's. @throws InputError `no-such-view`, `no-such-version`, `not-entitled` */
export async function readView(
  desk: Desk,
  accountId: string,
  viewId: string,
  version: number | null = null,
): Promise<{ summary: ViewSummary; of: ViewVersion; state: ViewState }> {
  const row = await viewFor(desk.store.db, accountId, viewId, 'read');
  const [summary] = await _summaries(desk, accountId, [row]);
  const [found] = await desk.store.db
    .select()
    .from(tables.viewVersion)
    .where(and(eq(tables.viewVersion.viewId, viewId), eq(tables.viewVersion.version, version ?? row.version)));
  if (found === undefined) throw noSuchVersion(viewId, version ?? row.version);
  const names = await displayNames(desk.store.db, [found.by]);
  return { summary: summary!, of: _plainVersion(found, names), state: JSON.parse(found.state) as ViewState };
}

/** Newest first, without states. */
export async function viewVersions(desk: Desk, accountId: string, viewId: string): Promise<ViewVersion[]> {
  await viewFor(desk.store.db, accountId, viewId, 'read');
  const { viewVersion: v } = tables;
  const rows = await desk.store.db
    .select({ version: v.version, name: v.name, bytes: v.bytes, runId: v.runId, by: v.by, at: v.at })
    .from(v)
    .where(eq(v.viewId, viewId))
    .orderBy(desc(v.version));
  const names = await displayNames(
    desk.store.db,
    rows.map((r) => r.by),
  );
  return rows.map((r) => _plainVersion(r, names));
}

async function _summaries(desk: Desk, accountId: string, rows: readonly ViewRow[]): Promise<ViewSummary[]> {
  if (rows.length === 0) return [];
  const { viewShare, viewVersion: v } = tables;
  const ids = rows.map((r) => r.viewId);
  const db = desk.store.db;
  const shares = await db.select().from(viewShare).where(inArray(viewShare.viewId, ids)).orderBy(viewShare.accountId);
  const newest = await db
    .selectDistinctOn([v.viewId], { viewId: v.viewId, runId: v.runId, by: v.by, at: v.at })
    .from(v)
    .where(inArray(v.viewId, ids))
    .orderBy(v.viewId, desc(v.version));
  const names = await displayNames(db, [
    ...rows.map((r) => r.owner),
    ...shares.map((s) => s.accountId),
    ...newest.map((n) => n.by),
  ]);
  const nameOf = (id: string): string => names.get(id) ?? id;
  return rows.map((row) => {
    const last = newest.find((n) => n.viewId === row.viewId)!;
    const with_ = shares.filter((s) => s.viewId === row.viewId);
    return {
      viewId: row.viewId,
      name: row.name,
      owner: row.owner,
      ownerName: nameOf(row.owner),
      version: row.version,
      runId: last.runId,
      savedAt: last.at.toISOString(),
      savedByName: nameOf(last.by),
      mayWrite: row.owner === accountId || with_.some((s) => s.accountId === accountId && s.mayWrite),
      sharedWith: with_.map((s) => ({
        accountId: s.accountId,
        displayName: nameOf(s.accountId),
        mayWrite: s.mayWrite,
      })),
    };
  });
}

function _plainVersion(
  row: { version: number; name: string | null; bytes: number; runId: string | null; by: string; at: Date },
  names: ReadonlyMap<string, string>,
): ViewVersion {
  const { version, name, bytes, runId, by, at } = row;
  return { version, name, bytes, runId, by, byName: names.get(by) ?? by, at: at.toISOString() };
}
