import { type Tables, and, asc, count, desc, eq, gt, lt, sql, tables } from '../store/index.ts';

export interface AuditQuery {
  /** Begins with. */
  readonly action?: string | undefined;
  readonly actor?: string | undefined;
  readonly object?: string | undefined;
  /** Rows below this number. */
  readonly before?: number | undefined;
  readonly limit: number;
}

export interface AuditRow {
  readonly no: number;
  readonly at: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly action: string;
  readonly object: string | null;
  readonly purposeId: string | null;
  readonly detail: Record<string, unknown>;
  readonly previousHash: string;
  readonly hash: string;
}

/** Newest first. `total` counts all that match, without `before`. */
export async function auditPage(db: Tables, query: AuditQuery): Promise<{ total: number; rows: AuditRow[] }> {
  const { audit } = tables;
  const matching = and(
    query.action === undefined ? undefined : sql`starts_with(${audit.action}, ${query.action})`,
    query.actor === undefined ? undefined : eq(audit.actorId, query.actor),
    query.object === undefined ? undefined : eq(audit.object, query.object),
  );
  const [{ n } = { n: 0 }] = await db.select({ n: count() }).from(audit).where(matching);
  const below = query.before === undefined ? undefined : lt(audit.no, query.before);
  const rows = await db.select().from(audit).where(and(matching, below)).orderBy(desc(audit.no)).limit(query.limit);
  return { total: n, rows: rows.map(_plain) };
}

/** The whole log in order, page by page, for the export. */
export async function* auditRows(db: Tables): AsyncGenerator<AuditRow> {
  const { audit } = tables;
  for (let after = 0; ;) {
    const page = await db.select().from(audit).where(gt(audit.no, after)).orderBy(asc(audit.no)).limit(2000);
    for (const row of page) yield _plain(row);
    if (page.length < 2000) return;
    after = page.at(-1)!.no;
  }
}

function _plain(row: typeof tables.audit.$inferSelect): AuditRow {
  return { ...row, at: row.at.toISOString(), detail: JSON.parse(row.detail) as Record<string, unknown> };
}
