import type { SourceDescription } from '../schema/index.ts';

/** Positions of muck and hazmat trucks (JT/T 808). */
export const trnGps: SourceDescription = {
  id: 'trn_gps',
  title: { zh: '重点车辆定位', en: 'Truck positions' },
  department: '交通',
  share: 'not-shared',
  level: 3,
  use: '生态环境联合执法：货运车辆轨迹核查',
  files: ['trn_gps*.parquet'],
  format: { kind: 'parquet' },
  columns: [
    { name: 'terminal', kind: 'text', required: true },
    { name: 'plate', kind: 'plate' },
    { name: 'at', header: 'ts', kind: 'timestamp' },
    { name: 'received_at', header: 'recv_ts', kind: 'timestamp' },
    { name: 'lon', kind: 'lon' },
    { name: 'lat', kind: 'lat' },
    { name: 'speed_kmh', header: 'speed', kind: 'number' },
    { name: 'heading_deg', header: 'heading', kind: 'number' },
    { name: 'acc', kind: 'boolean' },
    { name: 'load', kind: 'integer' },
    { name: 'alarm', kind: 'integer' },
  ],
  key: ['terminal', 'at'],
  eventAt: '"at"',
  knownAt: 'received_at',
  datum: 'infer',
  mentions: [
    { role: 'vehicle', kind: 'vehicle', distinct: true, fields: { plate: 'plate' } },
    { role: 'terminal', kind: 'device', distinct: true, fields: { key: 'terminal' } },
  ],
  links: [{ kind: 'monitored_by', from: 'vehicle', to: 'terminal', validFrom: '"at"', validTo: '"at"' }],
  events: [],
  outcomes: [],
};
