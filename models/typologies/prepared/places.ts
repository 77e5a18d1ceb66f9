import type { Prepared } from '../typology.ts';

/** `site_place(site_id, company_id, lon, lat)`: where a site is, and the company that operates it where known. */
const SITE_PLACE: Prepared = {
  id: 'site_place',
  reads: ['entity', 'link'],
  sql: [
    `create or replace temp table site_place as
      select e.entity_id as site_id, o.company_id, e.lon, e.lat
      from entity e
      left join (select to_id, min(from_id) as company_id from link where kind = 'operates' group by to_id) o on o.to_id = e.entity_id
      where e.kind = 'site'`,
  ],
};

/** `permit_site(permit_no, site_id)`. */
const PERMIT_SITE: Prepared = {
  id: 'permit_site',
  reads: ['entity_key'],
  sql: [
    `create or replace temp table permit_site as
      select key as permit_no, min(entity_id) as site_id from entity_key where kind = 'site' and key_kind = 'permit_no' group by key`,
  ],
};

/** `device_site(mn, device_id, site_id, permit_no, outlet_code, outlet_type, maintainer, key_unit, row_id)`: the outlet that a monitor watches. */
const DEVICE_SITE: Prepared = {
  id: 'device_site',
  reads: ['src_eco_monitor', 'permit_site'],
  otherwise: `create or replace temp table device_site (mn VARCHAR, device_id VARCHAR, site_id VARCHAR, permit_no VARCHAR, outlet_code VARCHAR, maintainer VARCHAR, key_unit BOOLEAN, row_id VARCHAR)`,
  sql: [
    `create or replace temp table device_site as
      select m.mn, d.entity_id as device_id, s.site_id, m.permit_no, m.outlet_code,
        coalesce(m.maintainer_uscc, m.maintainer_name) as maintainer, m.key_unit, m.row_id
      from (select *, row_number() over (partition by mn order by installed desc nulls last, row_id) as newest from src_eco_monitor) m
      left join permit_site s on s.permit_no = m.permit_no
      left join (select key, min(entity_id) as entity_id from entity_key where kind = 'device' and key_kind = 'mn' group by key) d on d.key = m.mn
      where m.newest = 1`,
  ],
};

/** `company_key(key, company_id)`: by credit code and by cleaned name. */
const COMPANY_KEY: Prepared = {
  id: 'company_key',
  reads: ['entity_key'],
  sql: [
    `create or replace temp table company_key as
      select key, min(entity_id) as company_id from entity_key where kind = 'company' and key_kind in ('uscc', 'name') group by key`,
  ],
};

/** `vehicle_key(plate, plate_class, vehicle_id)`: by plate and class; and by plate alone (`plate_class` null) where that is one vehicle. */
const VEHICLE_KEY: Prepared = {
  id: 'vehicle_key',
  reads: ['entity_key'],
  sql: [
    `create or replace temp table vehicle_key as
      select split_part(key, '|', 1) as plate, split_part(key, '|', 2) as plate_class, min(entity_id) as vehicle_id
      from entity_key where kind = 'vehicle' and key_kind = 'plate_class' group by all
      union all
      select key, null, min(entity_id) from entity_key where kind = 'vehicle' and key_kind = 'plate' group by key
      having count(distinct entity_id) = 1`,
  ],
};

export const PLACES: readonly Prepared[] = [SITE_PLACE, PERMIT_SITE, DEVICE_SITE, COMPANY_KEY, VEHICLE_KEY];
