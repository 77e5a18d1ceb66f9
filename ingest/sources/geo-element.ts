import type { EntityKind, MentionDescription, SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** What each kind of element is in the graph; each kind is one role, named as the element's kind. */
const ENTITY_OF: Readonly<Record<string, EntityKind>> = Object.freeze({
  town: 'area',
  road: 'thing',
  gate: 'gate',
  river: 'thing',
  section: 'section',
  lake: 'thing',
  zone_source: 'zone',
  zone_taihu5km: 'zone',
  zone_nodredge: 'zone',
  zone_nofish: 'zone',
  zone_redline: 'zone',
  farmland: 'zone',
  residential: 'zone',
  wharf: 'site',
  muck_site: 'site',
  disposal_plant: 'site',
  pit: 'site',
});

function elementMention([kind, entity]: [string, EntityKind]): MentionDescription {
  return {
    role: kind,
    kind: entity,
    fields: { key: 'element_id', name: 'name', lon: 'lon', lat: 'lat' },
    when: `kind = '${kind}'`,
    properties: ['kind', 'unit'],
  };
}

/** An element named in `props` by its id: another element's mention, without place. */
function namedMention(role: string, kind: EntityKind, property: string): MentionDescription {
  const value = `json_extract_string(props, '$.${property}')`;
  return { role, kind, fields: { key: `=${value}` }, when: `${value} is not null` };
}

const FROM = dayStart('valid_from');

/** The map: towns, roads with gates, rivers with sections, lake, zones, farmland, wharves. Without a date an element was always there. */
export const geoElement: SourceDescription = {
  id: 'geo_element',
  title: { zh: '生态要素', en: 'Elements of the map' },
  department: '自然资源',
  share: 'unconditional',
  level: 0,
  files: ['geo_element*.geojson'],
  format: { kind: 'geojson' },
  columns: [
    { name: 'element_id', header: ['properties.id', 'id'], kind: 'text', required: true },
    { name: 'kind', header: ['properties.kind', 'kind'], kind: 'category', values: Object.keys(ENTITY_OF) },
    { name: 'name', header: ['properties.name', 'name'], kind: 'text' },
    { name: 'unit', header: ['properties.unit', 'unit'], kind: 'text' },
    { name: 'valid_from', header: ['properties.valid_from', 'valid_from'], kind: 'date' },
    { name: 'valid_to', header: ['properties.valid_to', 'valid_to'], kind: 'date' },
    { name: 'props', header: ['properties.props', 'props'], kind: 'json' },
    { name: 'geometry', kind: 'json' },
    { name: 'lon', kind: 'lon' },
    { name: 'lat', kind: 'lat' },
    { name: 'min_lon', kind: 'number' },
    { name: 'min_lat', kind: 'number' },
    { name: 'max_lon', kind: 'number' },
    { name: 'max_lat', kind: 'number' },
  ],
  key: ['element_id'],
  eventAt: dayStart("coalesce(valid_from, date '1970-01-02')"),
  knownAt: dayEnd("coalesce(valid_from, date '1970-01-01')"),
  datum: 'cgcs2000',
  mentions: [
    ...Object.entries(ENTITY_OF).map(elementMention),
    namedMention('river_named', 'thing', 'river'),
    namedMention('road_named', 'thing', 'road'),
    namedMention('upstream', 'section', 'upstream'),
    {
      role: 'owner',
      kind: 'company',
      fields: { name: "=json_extract_string(props, '$.owner')" },
      when: "kind = 'wharf' and json_extract_string(props, '$.owner') is not null",
    },
  ],
  links: [
    { kind: 'part_of', from: 'section', to: 'river_named', validFrom: FROM },
    { kind: 'downstream_of', from: 'section', to: 'upstream', validFrom: FROM },
    { kind: 'located_at', from: 'gate', to: 'road_named', validFrom: FROM },
    { kind: 'operates', from: 'owner', to: 'wharf', validFrom: FROM },
  ],
  events: [],
  outcomes: [],
};
