import { type Axis, besideSql, celledSql } from '../beside.ts';
import type { Prepared } from '../typology.ts';

const AT_WORKS: readonly Axis[] = [
  { cell: 'cx', of: 'lon', size: 0.0042 },
  { cell: 'cy', of: 'lat', size: 0.0036 },
];

/** `ledger(company_id, waste_code, month, …_t, product_t, factor, known_at, row_id)`: ledger months with quantities in tons. A row a hundred times above the firm's own median was
 *  meant in kg: divided by 1000 and marked `is_slip`. `manifest_t` = what its manifests of the month carried; `factor` = generated ÷ product. */
const LEDGER: Prepared = {
  id: 'ledger',
  reads: ['src_eco_hw_ledger', 'company_key'],
  sql: [
    `create or replace temp table ledger as
      with rows as (
        select coalesce(c.company_id, n.company_id) as company_id, l.waste_code, l.month::date as month, l.opening_t, l.generated_t, coalesce(l.self_t, 0) as self_t, l.sent_t, l.closing_t,
          l.product_t, l.known_at, l.row_id, median(l.generated_t) over (partition by coalesce(l.uscc, l.name), l.waste_code) as usual
        from src_eco_hw_ledger l left join company_key c on c.key = l.uscc left join company_key n on n.key = l.name),
      scaled as (select *, usual > 0 and generated_t > 100 * usual as is_slip from rows where company_id is not null)
      select company_id, waste_code, month, is_slip, known_at, row_id, product_t, opening_t / s as opening_t, generated_t / s as generated_t, self_t / s as self_t, sent_t / s as sent_t,
        closing_t / s as closing_t, generated_t / s / nullif(product_t, 0) as factor
      from (select *, case when is_slip then 1000 else 1 end as s from scaled)`,
  ],
};

/** `balance(company_id, waste_code, month, …)`: N5. The firm's own factor (generated ÷ product) of the last two months against the median of the months before, with an
 *  interval from their scatter; `peer_factor` = median of firms with the same code in the month. All on the log scale, so 20 % less is −0.22 and noise of ±5 % about ±0.05. */
const BALANCE: Prepared = {
  id: 'balance',
  reads: ['ledger'],
  sql: [
    `create or replace temp table balance as
      with logs as (
        select *, ln(factor) as f, lag(row_id) over w as row_before, lag(known_at) over w as known_before, lag(month) over w as month_before
        from ledger where factor > 0 window w as (partition by company_id, waste_code order by month, row_id)),
      history as (
        select *, avg(f) over (partition by company_id, waste_code order by month, row_id rows between 1 preceding and current row) as now_f,
          median(f) over before as usual_f, count(*) over before as months, mad(f) over before as spread
        from logs window before as (partition by company_id, waste_code order by month, row_id rows between 25 preceding and 2 preceding)),
      peers as (select waste_code, month, median(f) as peer_f, count(*) as firms from logs group by all)
      select h.*, p.peer_f, p.firms, greatest(1.4826 * h.spread, 0.03) as sigma from history h join peers p using (waste_code, month)`,
  ],
};

/** `hw_run`: a freight vehicle without hazmat certificate loads at a producer of hazardous waste and becomes empty within four hours (the producer is
 *  the registered site nearest to where it loads, within 300 m); `legal` when at a licensed place. */
const HW_RUN: Prepared = {
  id: 'hw_run',
  reads: ['unload_stop', 'vehicle_owner', 'ledger', 'site_place', 'trace_stop'],
  otherwise: `create or replace temp table hw_run (vehicle_id VARCHAR, producer_id VARCHAR, producer_site VARCHAR, haulier_id VARCHAR, start_at TIMESTAMP, stop_id VARCHAR, legal BOOLEAN, is_hazmat BOOLEAN,
    load_at TIMESTAMP, end_at TIMESTAMP, dwell_min DOUBLE, row_ids VARCHAR[], known_at TIMESTAMP)`,
  sql: [
    `create or replace temp table hw_run as
      with producers as (
        select distinct s.site_id, s.company_id, s.lon, s.lat from site_place s join ledger l on l.company_id = s.company_id where s.lon is not null),
      loads as (
        select a.stop_id, arg_min(p.site_id, pow((p.lon - a.lon) * 95.6, 2) + pow((p.lat - a.lat) * 110.95, 2)) as producer_site,
          arg_min(p.company_id, pow((p.lon - a.lon) * 95.6, 2) + pow((p.lat - a.lat) * 110.95, 2)) as producer_id,
          sqrt(min(pow((p.lon - a.lon) * 95.6, 2) + pow((p.lat - a.lat) * 110.95, 2))) as producer_km
        from (${celledSql('trace_stop', AT_WORKS)} where dwell_min between 5 and 60 and coalesce(load_before, 0) = 0 and load_after in (1, 3) and vehicle_id is not null) a
        join (${besideSql('producers', AT_WORKS)}) p on p.cx = a.cx and p.cy = a.cy and abs(p.lon - a.lon) < 0.0042 and abs(p.lat - a.lat) < 0.0036
        group by a.stop_id),
      runs as (
        select u.vehicle_id, u.stop_id as unload_id, arg_max(a.stop_id, a.end_at) as load_id
        from unload_stop u join trace_stop a on a.vehicle_id = u.vehicle_id and a.end_at between u.start_at - interval 4 hour and u.start_at
        where a.load_after in (1, 3) and coalesce(a.load_before, 0) = 0 group by all)
      select r.vehicle_id, o.company_id as haulier_id, l.producer_site, l.producer_id, l.producer_km, a.start_at as load_at, u.start_at, u.end_at, u.dwell_min, u.legal or u.approval is not null as legal,
        coalesce(o.is_hazmat, false) as is_hazmat, u.tip_km, u.element_id, a.row_ids || u.row_ids as row_ids, greatest(a.known_at, u.known_at) as known_at, u.stop_id
      from runs r join loads l on l.stop_id = r.load_id join trace_stop a on a.stop_id = r.load_id join unload_stop u on u.stop_id = r.unload_id
      left join vehicle_owner o on o.vehicle_id = r.vehicle_id
      where l.producer_km <= 0.3 and a.site_id = l.producer_site and coalesce(u.site_m, 9999) > 150`,
  ],
};

export const WASTE: readonly Prepared[] = [LEDGER, BALANCE, HW_RUN];
