import { chinaDate } from '../../ingest/base/index.ts';
import type { Desk } from '../desk/index.ts';
import { sql } from '../store/index.ts';
import { sendMessage } from './messages.ts';

interface Overdue extends Record<string, unknown> {
  readonly account_id: string;
  readonly what: 'task' | 'case' | 'lead';
  readonly id: string;
  readonly title: string;
}

/** One message a day to each account with everything of theirs that is overdue, however much it is; a second call that day sends nothing.
 *  @returns messages sent */
export async function sendDigests(desk: Desk): Promise<number> {
  const now = desk.clock();
  const { rows } = await desk.store.db.execute<Overdue>(_overdueSql(new Date(now).toISOString()));
  const byAccount = new Map<string, Overdue[]>();
  for (const row of rows) byAccount.set(row.account_id, [...(byAccount.get(row.account_id) ?? []), row]);
  let sent = 0;
  for (const [accountId, items] of byAccount)
    sent += await sendMessage(desk, {
      accountIds: [accountId],
      kind: 'digest',
      titleZh: `${items.length} 项已逾期`,
      titleEn: `${items.length} overdue`,
      link: '/cases?scope=mine',
      detail: { items: items.slice(0, 50).map(({ what, id, title }) => ({ what, id, title })), total: items.length },
      onceKey: `digest ${chinaDate(now)}`,
    });
  return sent;
}

/** Open tasks, cases and assigned leads past their time. */
function _overdueSql(now: string) {
  return sql`
    select t.assignee as account_id, 'task' as what, t.task_id as id, t.title from task t
      join case_file c using (case_id)
      where t.done_at is null and t.due_at < ${now}::timestamptz and t.assignee is not null
        and c.state not in ('closed', 'transferred', 'merged', 'false-alarm', 'archived')
    union all
    select assignee, 'case', case_id, title from case_file
      where due_at < ${now}::timestamptz and assignee is not null
        and state not in ('closed', 'transferred', 'merged', 'false-alarm', 'archived')
    union all
    select a.assignee, 'lead', a.lead_id, a.lead_id
      from (select distinct on (lead_id) lead_id, assignee, due_at from assignment order by lead_id, no desc) a
      left join (select distinct on (lead_id) lead_id, decision from verdict order by lead_id, no desc) v using (lead_id)
      where a.assignee is not null and a.due_at < ${now}::timestamptz and coalesce(v.decision, 'reopened') = 'reopened'
    order by 1, 2, 3`;
}
