import type { SourceDescription } from '../schema/index.ts';

/** Electronic way-bills of muck trips: where a load was taken and where it was scanned in. */
export const muckTrip: SourceDescription = {
  id: 'muck_trip',
  title: { zh: '渣土运单', en: 'Muck trips' },
  department: '综合执法',
  share: 'conditional',
  level: 1,
  use: '生态环境联合执法：渣土运输核查',
  files: ['muck_trip*.csv'],
  format: { kind: 'csv', encoding: 'utf-8' },
  columns: [
    { name: 'trip_no', header: '运单号', kind: 'text', required: true },
    { name: 'permit_no', header: '核准证号', kind: 'text' },
    { name: 'plate', header: '车牌', kind: 'plate' },
    { name: 'load_at', header: '装车时间', kind: 'timestamp' },
    { name: 'unload_at', header: '卸车时间', kind: 'timestamp' },
    { name: 'site', header: '卸点', kind: 'text' },
    { name: 'm3', header: '方量', kind: 'number', min: 0 },
  ],
  key: ['trip_no'],
  eventAt: 'load_at',
  knownAt: 'coalesce(unload_at, load_at + interval 1 day)',
  mentions: [
    { role: 'vehicle', kind: 'vehicle', distinct: true, fields: { plate: 'plate' } },
    { role: 'permit', kind: 'permit', distinct: true, fields: { key: 'permit_no' } },
    { role: 'site', kind: 'site', distinct: true, fields: { key: 'site' } },
  ],
  links: [
    { kind: 'carried_by', from: 'permit', to: 'vehicle', validFrom: 'load_at', validTo: 'unload_at' },
    { kind: 'stopped_at', from: 'vehicle', to: 'site', validFrom: 'unload_at', validTo: 'unload_at' },
  ],
  events: [{ kind: 'muck_trip', value: 'm3', unit: 'm3', participants: ['vehicle', 'permit', 'site'] }],
  outcomes: [],
};
