import { type Tile, tileSql } from './tile.ts';
import { signalTileSql } from './tiles-today.ts';

/** Class of a section by the worse of COD and ammonia nitrogen, mg/L: the upper bounds of classes II to V. @source GB 3838-2002 table 1 */
const CLASS = `greatest(case when cod is null then 0 when cod <= 15 then 2 when cod <= 20 then 3 when cod <= 30 then 4 when cod <= 40 then 5 else 6 end,
  case when nh3 is null then 0 when nh3 <= 0.5 then 2 when nh3 <= 1.0 then 3 when nh3 <= 1.5 then 4 when nh3 <= 2.0 then 5 else 6 end)`;

const SECTIONS = `from (select s.section, max(s."at") as "at", arg_max(s.value, s."at") filter (s.factor = 'w01018') as cod,
    arg_max(s.value, s."at") filter (s.factor = 'w21003') as nh3, arg_max(s.row_id, s."at") filter (s.factor in ('w01018', 'w21003')) as row_id
    from src_wat_section s where s.value is not null and s.factor in ('w01018', 'w21003') group by s.section) r
  left join entity_key k on k.kind = 'section' and k.key_kind = 'element_id' and k.key = r.section
  left join entity e on e.entity_id = k.entity_id`;

/** Rivers, monitored outlets, power points, vehicles and ships. */
export const ELEMENT_TILES: readonly Tile[] = [
  {
    id: 'sections',
    group: 'water',
    title: { zh: '断面水质', en: 'River sections' },
    note: {
      zh: '最近一次化学需氧量与氨氮，按 GB 3838-2002 较差者定类',
      en: 'latest COD and ammonia nitrogen, class by the worse (GB 3838-2002)',
    },
    needs: ['src_wat_section', 'entity_key', 'entity'],
    shown: 12,
    sql: tileSql(
      {
        id: 'r.section',
        zh: `coalesce(e.label, r.section)`,
        note: `case ${CLASS} when 0 then '—' when 2 then 'I–II' when 3 then 'III' when 4 then 'IV' when 5 then 'V' else '>V' end ||
          coalesce(' · COD ' || printf('%.1f', cod), '') || coalesce(' · NH₃-N ' || printf('%.2f', nh3), '')`,
        at: 'r."at"',
        value: CLASS,
        tone: `case when r."at" < $asOf::timestamp - interval 2 day then 'stale' when ${CLASS} > 4 then 'bad' when ${CLASS} = 4 then 'warn' else 'ok' end`,
        entity_id: 'k.entity_id',
        row_id: 'r.row_id',
        lon: 'e.lon',
        lat: 'e.lat',
      },
      SECTIONS,
    ),
    order: 'value desc, id',
  },
  {
    id: 'monitors',
    group: 'facilities',
    title: { zh: '自动监控设备', en: 'Outlet monitors' },
    note: {
      zh: '最近一日有效（N）时数占比低于75%为黄；比同类最新数据晚一日为失联',
      en: 'yellow below 75 % valid hours on its last day; silent when a day behind the newest of its kind',
    },
    needs: ['src_eco_cems_hour', 'entity_key', 'link', 'entity'],
    shown: 0,
    sql: tileSql(
      {
        id: 'd.mn',
        zh: `coalesce(site.label || ' ' || split_part(s.label, '/', 2), s.label, d.mn)`,
        note: `d.mn`,
        at: 'd."at"',
        value: 'd.valid',
        unit: `'share'`,
        tone: `case when d."at" < d.newest - interval 24 hour then 'stale' when d.valid < 0.75 then 'warn' else 'ok' end`,
        entity_id: 'coalesce(s.entity_id, k.entity_id)',
        row_id: 'd.row_id',
        lon: 's.lon',
        lat: 's.lat',
      },
      `from (select c.mn, any_value(l.last_at) as "at", max(c.row_id) as row_id, (select max(event_at) from src_eco_cems_hour where cn = 2061) as newest,
          avg((c.flag = 'N')::integer) as valid
          from src_eco_cems_hour c join (select mn, max(event_at) as last_at from src_eco_cems_hour where cn = 2061 group by mn) l
            on l.mn = c.mn and c.event_at > l.last_at - interval 24 hour where c.cn = 2061 group by c.mn) d
        left join entity_key k on k.kind = 'device' and k.key_kind = 'mn' and k.key = d.mn
        left join (select from_id as device, to_id as other from link union select to_id, from_id from link) m
          on m.device = k.entity_id and (m.other like 'outlet:%' or m.other like 'site:%')
        left join entity s on s.kind in ('outlet', 'site') and s.entity_id = m.other
        left join entity_key sk on sk.kind = 'site' and sk.key_kind = 'permit_no' and sk.key = split_part(s.label, '/', 1)
        left join entity site on site.entity_id = sk.entity_id
        qualify row_number() over (partition by d.mn order by s.kind, s.entity_id) = 1`,
    ),
    order: `tone desc, id`,
  },
  {
    id: 'power',
    group: 'facilities',
    title: { zh: '用电监控站点', en: 'Power-watched sites' },
    note: {
      zh: '最近一日在线占比低于90%为黄；比同类最新数据晚一日为失联',
      en: 'yellow below 90 % online on its last day; silent when a day behind the newest',
    },
    needs: ['src_pwr_point_15m', 'entity_key', 'entity'],
    shown: 0,
    sql: tileSql(
      {
        id: 'd.site_code',
        zh: `coalesce(e.label, d.site_code)`,
        note: 'd.site_code',
        at: 'd."at"',
        value: 'd.online',
        unit: `'share'`,
        tone: `case when d."at" < d.newest - interval 24 hour then 'stale' when d.online < 0.9 then 'warn' else 'ok' end`,
        entity_id: 'k.entity_id',
        lon: 'e.lon',
        lat: 'e.lat',
      },
      `from (select p.site_code, any_value(l.last_at) as "at", (select max(event_at) from src_pwr_point_15m) as newest, avg(p.online::integer) as online
          from src_pwr_point_15m p join (select site_code, max(event_at) as last_at from src_pwr_point_15m group by site_code) l
            on l.site_code = p.site_code and p.event_at > l.last_at - interval 24 hour group by p.site_code) d
        left join (select key, min(entity_id) as entity_id from entity_key where key_kind = 'site_code' group by key) k on k.key = d.site_code
        left join entity e on e.entity_id = k.entity_id`,
    ),
    order: `tone desc, id`,
  },
  {
    id: 'vehicles',
    group: 'moving',
    title: { zh: '异常车辆信号', en: 'Vehicle exceptions' },
    note: { zh: '近90日、对象为车辆的信号', en: 'signals on vehicles, 90 days' },
    needs: ['signal', 'entity', 'subject'],
    shown: 0,
    sql: signalTileSql(`s."at" > $asOf::timestamp - interval 90 day and e.kind = 'vehicle'`),
    order: '"at" desc, id',
  },
  {
    id: 'ships',
    group: 'moving',
    title: { zh: '异常船舶信号', en: 'Ship exceptions' },
    note: { zh: '近90日、对象为船舶的信号', en: 'signals on ships, 90 days' },
    needs: ['signal', 'entity', 'subject'],
    shown: 0,
    sql: signalTileSql(`s."at" > $asOf::timestamp - interval 90 day and e.kind = 'ship'`),
    order: '"at" desc, id',
  },
];
