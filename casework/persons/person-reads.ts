import { HOUR_MS } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import type { Actor, Desk } from '../desk/index.ts';
import { putMessage, tellSent } from '../messages/index.ts';
import { and, count, eq, gt, tables } from '../store/index.ts';
import { accountsWith } from './unlocks.ts';

/** Reads of persons by one account in an hour that alarm those who audit. @source domain.md §4.3: 50 track records are a crime's threshold, half for insiders */
export const BURST_READS = 25;

/** Enters one read of a person into the log, and alarms the auditors once an hour when one account reads very many. */
export async function logPersonRead(
  desk: Desk,
  actor: Actor,
  read: { personId: string; leadId: string | null; isUnlocked: boolean; rows: number },
): Promise<void> {
  const now = desk.clock();
  const sent = await desk.store.db.transaction(async (tx) => {
    await appendAudit(tx, actor, now, {
      action: 'person.read',
      object: `person:${read.personId}`,
      detail: { leadId: read.leadId, isUnlocked: read.isUnlocked, rows: read.rows },
    });
    const { audit } = tables;
    const [{ n } = { n: 0 }] = await tx
      .select({ n: count() })
      .from(audit)
      .where(
        and(eq(audit.actorId, actor.accountId), eq(audit.action, 'person.read'), gt(audit.at, new Date(now - HOUR_MS))),
      );
    if (n < BURST_READS) return [];
    const sent = await putMessage(tx, now, {
      accountIds: (await accountsWith(tx, 'audit.read')).filter((id) => id !== actor.accountId),
      kind: 'review',
      titleZh: `${actor.name} 一小时内查看个人信息 ${n} 次`,
      titleEn: `${actor.name} read personal data ${n} times within an hour`,
      link: `/audit?actor=${actor.accountId}`,
      detail: { accountId: actor.accountId, reads: n },
      onceKey: `burst ${actor.accountId} ${Math.floor(now / HOUR_MS)}`,
    });
    if (sent.length > 0) await appendAudit(tx, actor, now, { action: 'person.burst', detail: { reads: n } });
    return sent;
  });
  tellSent(desk, sent);
}
