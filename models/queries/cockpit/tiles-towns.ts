import { townNamesFromSql } from '../towns.ts';
import { type Tile, tileSql } from './tile.ts';

/** Complaints by town, and what each source last sent. */
export const TOWN_TILES: readonly Tile[] = [
  {
    id: 'towns',
    group: 'towns',
    title: { zh: '镇街办结', en: 'Towns: closure' },
    note: {
      zh: '近90日环保类工单办结数与重复投诉数；少于10件不算比率',
      en: 'tickets of 90 days closed and repeated; no share below 10',
    },
    needs: ['src_hot_ticket', 'event', 'event_participant', 'entity'],
    shown: 20,
    sql: (tables) =>
      tileSql(
        {
          id: 'x.town',
          zh: 'x.town',
          note: `x.closed || ' / ' || x.tickets || ' · ' || x.repeats`,
          value: 'case when x.tickets >= 10 then x.closed / x.tickets end',
          unit: `'share'`,
          tone: `case when x.tickets >= 10 and x.repeats > 0.3 * x.tickets then 'bad' when x.tickets >= 10 and x.closed < 0.9 * x.tickets then 'warn' else 'ok' end`,
        },
        `from (select coalesce(n.town, '—') as town, count(distinct t.ticket_no) as tickets,
            count(distinct t.ticket_no) filter (t.closed_at <= $asOf::timestamp) as closed, count(distinct t.ticket_no) filter (t.repeat_of is not null) as repeats
          from src_hot_ticket t left join event e on e.row_id = t.row_id and e.kind = 'complaint'
            left join event_participant p on p.event_id = e.event_id and p.role = 'place' left join entity a on a.entity_id = p.entity_id
            left join ${townNamesFromSql(tables.has('src_geo_element'))} n on n.said = a.town
          where t."at" > $asOf::timestamp - interval 90 day and t."at" <= $asOf::timestamp group by 1) x`,
      ),
    order: 'id',
  },
];

/** A source without a readable time has none here; its lag is then unknown. */
export const DATA_TILES: readonly Tile[] = [
  {
    id: 'sources',
    group: 'data',
    title: { zh: '数据源', en: 'Sources' },
    note: {
      zh: '拒收行（重复除外）占比；超过20%或无一行被接收为红，超过2%为黄',
      en: 'share of rows refused, duplicates apart; red above 20 % or with none accepted, yellow above 2 %',
    },
    needs: ['source_file', 'reject'],
    shown: 40,
    sql: (tables) =>
      tileSql(
        {
          id: 'f.source',
          zh: 'f.source',
          note: `f.read_rows || ' / ' || f.refused`,
          at: 'g.latest',
          value: 'f.refused / nullif(f.read_rows, 0)',
          unit: `'share'`,
          tone: `case when f.accepted_rows = 0 or f.refused > 0.2 * f.read_rows then 'bad' when f.refused > 0.02 * f.read_rows then 'warn' else 'ok' end`,
        },
        `from (select source, sum(read_rows)::bigint as read_rows, sum(accepted_rows)::bigint as accepted_rows,
            sum(rejected_rows)::bigint - coalesce((select count(*) from reject r where r.source = f.source and r.rule = 'duplicate' and r.refused_row), 0) as refused
          from source_file f group by source) f left join (${latestSql(tables)}) g on g.source = f.source`,
      ),
    order: 'id',
  },
];

/** `(source, latest)`: the newest event of each source table there is. */
export function latestSql(tables: ReadonlySet<string>): string {
  const sources = [...tables].filter((t) => t.startsWith('src_')).toSorted();
  if (sources.length === 0) return 'select null::varchar as source, null::timestamp as latest where false';
  return sources
    .map(
      (t) =>
        `select '${t.slice(4).replaceAll("'", "''")}' as source, max(event_at) as latest from "${t.replaceAll('"', '""')}"`,
    )
    .join(' union all ');
}
