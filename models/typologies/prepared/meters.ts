import type { Prepared } from '../typology.ts';

/** `meter_firm(key, trade)`: by name and by address, firms whose registered scope explains a load round the clock. */
const METER_FIRM: Prepared = {
  id: 'meter_firm',
  reads: ['src_mkt_entity'],
  otherwise: `create or replace temp table meter_firm (key VARCHAR, trade VARCHAR)`,
  sql: [
    `create or replace temp table meter_firm as
      with firms as (
        select name, address, case when regexp_matches(words, '冷库|冷链|冷藏|低温仓储') then 'cold' when regexp_matches(words, '充电') then 'charging'
          when regexp_matches(words, '电商|电子商务|互联网销售|仓储|快递') then 'warehouse' end as trade
        from (select *, coalesce(name, '') || ' ' || coalesce(scope, '') as words from src_mkt_entity where coalesce(status, '') not in ('注销', '吊销')))
      select key, min(trade) as trade from (select name as key, trade from firms union all select address, trade from firms) where key is not null and trade is not null group by key`,
  ],
};

/** `meter_permit(address)`: addresses with a discharge permit. */
const METER_PERMIT: Prepared = {
  id: 'meter_permit',
  reads: ['src_eco_permit'],
  otherwise: `create or replace temp table meter_permit (address VARCHAR)`,
  sql: [
    `create or replace temp table meter_permit as select distinct address from src_eco_permit where address is not null`,
  ],
};

/** `meter_month(site_id, month, kwh, night_kwh, mean_kw, min_kw, max_kw, tariff, half_year, trade, permitted, row_id, known_at)`: a meter's months with its mean load, the median use
 *  of the six months before, the trade registered for its holder or at its address, and whether a discharge permit stands there. A landlord as holder says nothing
 *  about the tenant, so the address counts as well. */
const METER_MONTH: Prepared = {
  id: 'meter_month',
  reads: ['src_pwr_meter_month', 'entity_key', 'meter_firm', 'meter_permit'],
  sql: [
    `create or replace temp table meter_month as
      with sites as (select key as meter_no, min(entity_id) as site_id from entity_key where kind = 'site' and key_kind = 'meter_no' group by key)
      select s.site_id, m.month::date as month, m.kwh, m.night_kwh, m.kwh / (24.0 * date_diff('day', m.month::date, (m.month::date + interval 1 month)::date)) as mean_kw, m.min_kw, m.max_kw, m.tariff,
        median(m.kwh) over (partition by m.meter_no order by m.month::date range between interval 6 month preceding and interval 1 month preceding) as half_year,
        coalesce(h.trade, a.trade) as trade, p.address is not null as permitted, m.row_id, m.known_at
      from src_pwr_meter_month m join sites s using (meter_no) left join meter_firm h on h.key = m.holder_name left join meter_firm a on a.key = m.address
      left join meter_permit p on p.address = m.address where m.kwh > 0`,
  ],
};

export const METERS: readonly Prepared[] = [METER_FIRM, METER_PERMIT, METER_MONTH];
