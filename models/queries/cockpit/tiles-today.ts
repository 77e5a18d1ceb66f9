import { ASOF_DAY, type Tile, tileSql } from './tile.ts';

const TICKET = {
  id: 't.ticket_no',
  zh: `t.class || coalesce(' · ' || t.unit, '')`,
  note: 't.ticket_no',
  at: 't."at"',
  row_id: 't.row_id',
  lon: 't.lon',
  lat: 't.lat',
};
const LEAD = {
  id: 'l.lead_id',
  zh: 'coalesce(e.pseudonym, e.label, l.subject_id)',
  note: 'l.kind',
  value: 'l.probability',
  tone: `case when l.grade = '高' then 'bad' when l.grade = '中' then 'warn' end`,
  entity_id: 'l.subject_id',
  lead_id: 'l.lead_id',
  lon: 'coalesce(e.lon, p.lon)',
  lat: 'coalesce(e.lat, p.lat)',
};
/** Where a company is: in the middle of its sites. */
const PARTS = `(select s.subject_id, avg(m.lon) as lon, avg(m.lat) as lat from subject s join entity m on m.entity_id = s.member_id and m.lon is not null group by s.subject_id)`;
const FROM_LEAD = `from lead l left join entity e on e.entity_id = l.subject_id left join ${PARTS} p on p.subject_id = l.subject_id`;

/** What came in and what is waiting. */
export const TODAY_TILES: readonly Tile[] = [
  {
    id: 'tickets-week',
    group: 'today',
    title: { zh: '近7日工单', en: 'Tickets, 7 days' },
    note: { zh: '截至当日、按受理时间', en: 'to the day of the data, by time of receipt' },
    needs: ['src_hot_ticket'],
    shown: 0,
    sql: tileSql(
      TICKET,
      `from src_hot_ticket t where t."at" + interval 8 hour >= ${ASOF_DAY} - interval 6 day and t."at" <= $asOf::timestamp`,
    ),
    order: '"at" desc, id',
  },
  {
    id: 'tickets-open',
    group: 'today',
    title: { zh: '未办结工单', en: 'Open tickets' },
    note: { zh: '尚无办结时间；超过15日为红', en: 'without a closing time; red past 15 days' },
    needs: ['src_hot_ticket'],
    shown: 0,
    sql: tileSql(
      { ...TICKET, tone: `case when t."at" < $asOf::timestamp - interval 15 day then 'bad' else 'warn' end` },
      `from src_hot_ticket t where t.closed_at is null or t.closed_at > $asOf::timestamp`,
    ),
    order: '"at", id',
  },
  {
    id: 'leads-week',
    group: 'today',
    title: { zh: '本周线索', en: 'Leads of the week' },
    note: { zh: '按序入选与探索抽取，不含备选', en: 'ranked and exploration picks, without the reserve' },
    needs: ['lead', 'entity', 'subject'],
    shown: 0,
    sql: tileSql(LEAD, `${FROM_LEAD} where l.pick <> 'reserve'`),
    order: 'value desc, id',
  },
  {
    id: 'leads-high',
    group: 'today',
    title: { zh: '高风险线索', en: 'High-risk leads' },
    note: { zh: '风险等级为高，含备选', en: 'graded high, the reserve included' },
    needs: ['lead', 'entity', 'subject'],
    shown: 0,
    sql: tileSql(LEAD, `${FROM_LEAD} where l.grade = '高'`),
    order: 'value desc, id',
  },
  {
    id: 'signals-month',
    group: 'today',
    title: { zh: '近30日模型信号', en: 'Signals, 30 days' },
    note: { zh: '全部模型类型', en: 'all typologies' },
    needs: ['signal', 'entity', 'subject'],
    shown: 0,
    sql: signalTileSql(`s."at" > $asOf::timestamp - interval 30 day`),
    order: '"at" desc, id',
  },
];

/** Signals that meet a condition, with their subject's name and place. */
export function signalTileSql(where: string): string {
  return tileSql(
    {
      id: 's.signal_id',
      zh: 'coalesce(e.pseudonym, e.label, s.subject_id)',
      note: `s.typology || '/' || s.rule`,
      at: 's."at"',
      value: 's.value',
      unit: 's.unit',
      tone: `case when s.strength >= 0.67 then 'bad' else 'warn' end`,
      entity_id: 's.subject_id',
      row_id: 's.row_ids[1]',
      lon: 'coalesce(e.lon, p.lon)',
      lat: 'coalesce(e.lat, p.lat)',
    },
    `from signal s left join entity e on e.entity_id = s.subject_id left join ${PARTS} p on p.subject_id = s.subject_id where s.known_at <= $asOf::timestamp and ${where}`,
  );
}
