import type { SourceDescription } from '../schema/index.ts';

/** Positions that ships broadcast (AIS): the one source in UTC. `draught` is typed by hand. */
export const shipAis: SourceDescription = {
  id: 'ship_ais',
  title: { zh: '船舶AIS', en: 'Ship positions (AIS)' },
  department: '港航',
  share: 'conditional',
  level: 3,
  use: '生态环境联合执法：船舶轨迹核查',
  files: ['ship_ais*.csv'],
  format: { kind: 'csv', encoding: 'utf-8' },
  columns: [
    { name: 'mmsi', kind: 'mmsi', required: true },
    { name: 'ship_name', header: 'name', kind: 'text' },
    {
      name: 'at',
      header: 'ts',
      kind: 'timestamp',
      zone: 'utc',
      formats: ['%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'],
    },
    { name: 'lon', kind: 'lon', missing: ['181', '181.0'] },
    { name: 'lat', kind: 'lat', missing: ['91', '91.0'] },
    { name: 'sog_kn', header: 'sog', kind: 'number', missing: ['102.3'] },
    { name: 'cog_deg', header: 'cog', kind: 'number', missing: ['360', '360.0'] },
    { name: 'heading_deg', header: 'heading', kind: 'number', missing: ['511', '511.0'] },
    { name: 'draught_m', header: 'draught', kind: 'number', min: 0 },
    { name: 'ship_type', kind: 'text' },
    {
      name: 'static_at',
      header: 'static_ts',
      kind: 'timestamp',
      zone: 'utc',
      formats: ['%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%d %H:%M:%S'],
    },
  ],
  key: ['mmsi', 'at'],
  eventAt: '"at"',
  knownAt: '"at" + interval 10 minute',
  datum: 'wgs84',
  mentions: [
    {
      role: 'ship',
      kind: 'ship',
      distinct: true,
      fields: { mmsi: 'mmsi', name: 'ship_name' },
      properties: ['ship_type'],
    },
  ],
  links: [],
  events: [],
  outcomes: [],
};
