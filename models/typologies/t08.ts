import { TYPOLOGY_MATTERS } from '../law/index.ts';
import { repeatedSql } from './repeated.ts';
import { type ParameterValues, type SignalRule, type Typology, parameter } from './typology.ts';

/** T08 electro-fishing and banned catch: the same small boat in a closed zone night after night. Boats are scored, not people. */
export const T08: Typology = {
  id: 'T08',
  title: { zh: '电鱼、禁渔区捕捞', en: 'Electro-fishing and banned catch' },
  subjectKinds: ['ship'],
  parameters: [
    parameter('nights', ['夜数', 'nights'], { value: 3, min: 1, max: 14, unit: '', integer: true }),
    parameter('windowDays', ['窗口天数', 'window'], { value: 30, min: 3, max: 90, unit: 'd', integer: true }),
  ],
  lawMatters: TYPOLOGY_MATTERS['T08']!,
  evidence: [
    { id: 'tracks', zh: '船舶夜间轨迹', en: 'tracks by night', from: ['ship_ais'] },
    { id: 'zone', zh: '禁渔区、禁渔期公告', en: 'zone and period notice', from: ['geo_element'] },
    { id: 'gear', zh: '渔具', en: 'gear', from: [] },
    { id: 'catch', zh: '渔获物重量与价格', en: 'catch weight and price', from: [] },
    { id: 'buyer', zh: '收购账册', en: 'buyer books', from: [] },
  ],
  lookAlikes: [
    { id: 'day-use', zh: '白天垂钓、管护作业', en: 'anglers and care by day' },
    { id: 'research', zh: '科研、增殖放流船', en: 'research or restocking boat' },
  ],
  reads: ['src_ship_ais', 'src_geo_element', 'entity_key', 'subject'],
  prepared: ['ship_slow', 'research_boat'],
  signalSql: (f) => [_nights(f)],
};

function _nights(f: ParameterValues): SignalRule {
  return {
    rule: 'nights-in-closed-zone',
    title: { zh: '小船多夜滞留禁渔区', en: 'small boat in a closed zone on several nights' },
    unit: '夜 nights',
    needs: ['ship_slow'],
    alone: true,
    gapDays: 30,
    sql: `
      with inside as (
        select s.* from ship_slow s join (select min_lon, min_lat, max_lon, max_lat from src_geo_element where kind = 'zone_nofish') z
          on s.lon between z.min_lon and z.max_lon and s.lat between z.min_lat and z.max_lat where s.use = 'fishing'),
      days as (
        select ship_id as key, ship_id, night as day, count(*) filter (where local_hour >= 22 or local_hour < 5) / count(*) as night_share, min("at") as from_at, max("at") as to_at,
          list(row_id order by "at", row_id) as row_ids, max(known_at) as known_at
        from inside group by all having date_diff('minute', min("at"), max("at")) >= 20),
      judged as (select d.*, night_share < 0.5 as holds_day_use, r.ship_id is not null as holds_research from days d left join research_boat r using (ship_id)),
      open_nights as (select * from judged where not holds_day_use and not holds_research),
      told as (${repeatedSql('open_nights', 'known_at')} union all select *, known_at from judged where holds_day_use or holds_research)
      select ship_id as subject_entity, from_at as at, to_at as until, greatest(known_at, pattern_known) as known_at, $times::double as value, 0.0 as peer_low, ($times - 1)::double as peer_high, row_ids,
        [ship_id] as entity_ids, holds_day_use, holds_research from told`,
    params: { times: f['nights']!, spanDays: f['windowDays']! },
  };
}
