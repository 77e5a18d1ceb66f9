import { canonicalJson } from '../../ingest/base/index.ts';
import type { Actor } from '../desk/index.ts';
import { type Tables, eq, tables } from '../store/index.ts';
import { type AuditContent, chainHash } from './chain.ts';

export interface AuditEntry {
  /** `area.what`, such as `lead.verdict`. */
  readonly action: string;
  /** `kind:id` of what it was done to. */
  readonly object?: string | null;
  /** Plain JSON; never a password, a token or a person's value. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Adds a row to the log in the caller's transaction: a decision and its row stand or fall together. One adder at a time, by a lock on the head. */
export async function appendAudit(tx: Tables, actor: Actor | null, atMs: number, entry: AuditEntry): Promise<number> {
  const { audit, auditHead } = tables;
  const [head] = await tx.select().from(auditHead).where(eq(auditHead.one, 1)).for('update');
  const row: AuditContent = {
    no: head!.no + 1,
    at: new Date(atMs),
    actorId: actor?.accountId ?? null,
    actorName: actor?.name ?? null,
    action: entry.action,
    object: entry.object ?? null,
    purposeId: actor?.purposeId ?? null,
    detail: canonicalJson(entry.detail ?? {}),
  };
  const hash = chainHash(head!.hash, row);
  await tx.insert(audit).values({ ...row, previousHash: head!.hash, hash });
  await tx.update(auditHead).set({ no: row.no, hash }).where(eq(auditHead.one, 1));
  return row.no;
}
