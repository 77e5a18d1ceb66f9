import type { Database } from '../../ingest/tables/index.ts';
import { quoteIdent } from '../../ingest/tables/index.ts';
import { groupKeysSql } from '../features/index.ts';
import type { LeadTask, TableTask } from '../train/index.ts';

/** Rows and signals behind one kind of evidence on one subject. */
export interface Evidence {
  readonly rowIds: readonly string[];
  readonly signalIds: readonly string[];
}

/** Evidence by subject row and group of features. */
export type EvidenceByGroup = ReadonlyMap<number, ReadonlyMap<string, Evidence>>;

/** Row ids kept for one group: the newest. */
const MAX_ROWS = 12;

const NONE: Evidence = { rowIds: [], signalIds: [] };

/** Evidence of one row and group; empty when there is none. */
export function evidenceOf(by: EvidenceByGroup, row: number, group: string): Evidence {
  return by.get(row)?.get(group) ?? NONE;
}

/** Source rows behind each group, for the rows of `lead_row` (`"row", subject_id, as_of, key`). Only facts known by the as-of moment, newest first. */
export async function gatherEvidence(db: Database, task: LeadTask): Promise<EvidenceByGroup> {
  if (task.form === 'table') await _keepHistories(db, task);
  const parts: string[] = [];
  for (const [needs, sql] of task.form === 'table' ? _tableParts(task) : DISTRICT_PARTS) {
    if (await _hasAll(db, needs)) parts.push(sql);
  }
  const out = new Map<number, Map<string, Evidence>>();
  if (parts.length === 0) return out;
  const found = await db.rows<{ row: number; grp: string; row_ids: string[]; signal_ids: string[] }>(
    evidenceSql(parts),
  );
  for (const r of found) {
    const groups = out.get(r.row) ?? new Map<string, Evidence>();
    groups.set(r.grp, { rowIds: r.row_ids, signalIds: r.signal_ids });
    out.set(r.row, groups);
  }
  return out;
}

/** Newest rows of each group as lists. Each part yields `"row", grp, "at", row_id, signal_id`. */
export function evidenceSql(parts: readonly string[]): string {
  return `with facts as (${parts.join('\n union all ')}),
    newest as (
      select "row", grp, row_id, any_value(signal_id) as signal_id, max("at") as "at" from facts where row_id is not null group by "row", grp, row_id),
    numbered as (select *, row_number() over (partition by "row", grp order by "at" desc, row_id) as n from newest)
    select "row", grp, list(row_id order by n) filter (where n <= ${MAX_ROWS}) as row_ids,
      coalesce(list_sort(list_distinct(list(signal_id) filter (where signal_id is not null))), []) as signal_ids
    from numbered group by "row", grp order by "row", grp`;
}

type Part = readonly [needs: readonly string[], sql: string];

const DISTRICT_PARTS: readonly Part[] = [
  [
    ['signal'],
    `select r."row", 'signal:' || s.typology as grp, s."at", unnest(s.row_ids) as row_id, s.signal_id
      from lead_row r join feature_member m on m.subject_id = r.subject_id join signal s on s.subject_id = m.member_id
      where greatest(s."at", s.known_at) <= r.as_of and s."at" > r.as_of - interval 1095 day
     union all select r."row", 'signal:any', s."at", unnest(s.row_ids), s.signal_id
      from lead_row r join feature_member m on m.subject_id = r.subject_id join signal s on s.subject_id = m.member_id
      where greatest(s."at", s.known_at) <= r.as_of and s."at" > r.as_of - interval 1095 day`,
  ],
  [
    ['outcome'],
    `select r."row", unnest(['past-findings', 'past-checks']) as grp, o.found_at, o.row_id, null
      from lead_row r join feature_member m on m.subject_id = r.subject_id join outcome o on o.subject_id = m.member_id
      where greatest(o.found_at, o.known_at) <= r.as_of`,
  ],
  [
    ['event', 'event_participant'],
    `select r."row", 'event:' || e.kind, e."at", e.row_id, null
      from lead_row r join feature_member m on m.subject_id = r.subject_id join event_participant p on p.entity_id = m.member_id
      join event e using (event_id) where greatest(e."at", e.known_at) <= r.as_of`,
  ],
  [
    ['statement'],
    `select r."row", case when s.property in ('industry') then 'attribute:industry' when s.property = 'class' then 'attribute:permit_class'
        when s.property = 'type' then 'attribute:company_type' when s.property = 'founded' then 'attribute:age_years'
        when s.property = 'hazmat_class' then 'attribute:hazmat' when s.property = 'ton_year' then 'attribute:tons_year'
        when s.property = 'heads' then 'attribute:animal_heads' else 'attribute:' || s.property end, s.first_known_at, s.row_id, null
      from lead_row r join feature_member m on m.subject_id = r.subject_id join statement s on s.entity_id = m.member_id
      where s.first_known_at <= r.as_of`,
  ],
  [
    ['subject_pair', 'outcome'],
    `select r."row", 'neighbour-findings', o.found_at, o.row_id, null
      from lead_row r join subject_pair p on p.a = r.subject_id and p.known_at <= r.as_of
      join feature_member m on m.subject_id = p.b join outcome o on o.subject_id = m.member_id
      where o.verdict in ('confirmed', 'rectified') and greatest(o.found_at, o.known_at) <= r.as_of`,
  ],
  [
    ['subject_pair', 'signal'],
    `select r."row", 'neighbour-signals', s."at", unnest(s.row_ids), null
      from lead_row r join subject_pair p on p.a = r.subject_id and p.known_at <= r.as_of
      join feature_member m on m.subject_id = p.b join signal s on s.subject_id = m.member_id
      where greatest(s."at", s.known_at) <= r.as_of and s."at" > r.as_of - interval 365 day`,
  ],
  [
    ['link'],
    `select r."row", unnest(['neighbours', 'centrality']), l.known_at, unnest(l.row_ids), null
      from lead_row r join feature_member m on m.subject_id = r.subject_id join link l on l.from_id = m.member_id or l.to_id = m.member_id
      where l.known_at <= r.as_of`,
  ],
];

function _tableParts(task: TableTask): Part[] {
  const t = (column: string): string => `t.${quoteIdent(column)}`;
  const own = `lead_row r join ${quoteIdent(task.table)} t on ${t(task.row)}::varchar = r.key`;
  const columns = [...task.numeric, ...task.categorical].map((c) => `'column:${c.column}'`);
  return [
    [
      [task.table],
      `select r."row", unnest([${[...columns, `'column:calendar_month'`, `'column:calendar_isodow'`].join(', ')}]) as grp, r.as_of as "at", t.row_id, null as signal_id from ${own}`,
    ],
    ...task.histories.map((h): Part => [
      [task.table, `lead_past_${h.id}`],
      `select r."row", 'past:${h.id}', q.day, t.row_id, null from lead_row r join lead_past_${h.id} p on p.key = r.key
        join lead_past_${h.id} q on q.shared = p.shared and q.key <> p.key and q.found is not null and q.day < r.as_of
        join ${quoteIdent(task.table)} t on ${t(task.row)}::varchar = q.key`,
    ]),
  ];
}

/** What each decision shares with which others, one table a history. */
async function _keepHistories(db: Database, task: TableTask): Promise<void> {
  for (const h of task.histories) {
    await db.run(groupKeysSql(task, h));
    await db.run(`create or replace temp table ${quoteIdent(`lead_past_${h.id}`)} as select * from past_key`);
  }
}

/** One question at a time: a connection answers no two at once. */
async function _hasAll(db: Database, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) if (!(await db.has(table))) return false;
  return true;
}
