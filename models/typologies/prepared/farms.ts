import type { Prepared } from '../typology.ts';

/** `farm_section(farm_no, site_id, section, km, known_at)`: the river section nearest to a farm. */
const FARM_SECTION: Prepared = {
  id: 'farm_section',
  reads: ['src_agr_farm', 'src_geo_element', 'entity_key'],
  sql: [
    `create or replace temp table farm_section as
      with farms as (
        select f.farm_no, min(k.entity_id) as site_id, any_value(f.lon) as lon, any_value(f.lat) as lat, min(f.known_at) as known_at
        from src_agr_farm f join entity_key k on k.kind = 'site' and k.key_kind = 'farm_no' and k.key = f.farm_no where f.lon is not null group by f.farm_no),
      sections as (select element_id as section, any_value(lon) as lon, any_value(lat) as lat from src_geo_element where kind = 'section' group by all)
      select f.farm_no, f.site_id, f.known_at, arg_min(s.section, (pow((f.lon - s.lon) * 95.6, 2) + pow((f.lat - s.lat) * 110.95, 2), s.section)) as section,
        sqrt(min(pow((f.lon - s.lon) * 95.6, 2) + pow((f.lat - s.lat) * 110.95, 2))) as km
      from farms f, sections s group by all`,
  ],
};

/** `research_boat(ship_id)`: boats that the fisheries register calls research or restocking. */
const RESEARCH_BOAT: Prepared = {
  id: 'research_boat',
  reads: ['src_agr_boat', 'entity_key'],
  otherwise: `create or replace temp table research_boat (ship_id VARCHAR)`,
  sql: [
    `create or replace temp table research_boat as
      select distinct k.entity_id as ship_id from src_agr_boat b join entity_key k on k.kind = 'ship' and k.key_kind = 'ship_name' and k.key = b.ship_name
      where regexp_matches(coalesce(b.status, ''), '科研|增殖|渔政|监测')`,
  ],
};

export const FARMS: readonly Prepared[] = [FARM_SECTION, RESEARCH_BOAT];
