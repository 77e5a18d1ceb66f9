import type { SourceDescription } from '../schema/index.ts';

/** Load of production and treatment lines every quarter of an hour. */
export const pwrPoint15m: SourceDescription = {
  id: 'pwr_point_15m',
  title: { zh: '用电监控（15分钟）', en: 'Power points, 15 min' },
  department: '供电',
  share: 'conditional',
  level: 1,
  use: '生态环境联合执法：治污设施运行比对',
  files: ['pwr_point_15m*.parquet'],
  format: { kind: 'parquet' },
  columns: [
    { name: 'site_code', header: 'site', kind: 'text', required: true },
    { name: 'point', kind: 'text' },
    { name: 'role', kind: 'category', values: ['produce', 'treat', 'total', 'pump'] },
    { name: 'device', kind: 'text' },
    { name: 'at', header: 'ts', kind: 'timestamp' },
    { name: 'kw', kind: 'number' },
    { name: 'kwh', kind: 'number' },
    { name: 'amps', kind: 'number' },
    { name: 'online', kind: 'boolean' },
  ],
  key: ['site_code', 'point', 'at'],
  eventAt: '"at"',
  knownAt: '"at" + interval 1 hour',
  mentions: [
    { role: 'site', kind: 'site', distinct: true, fields: { site_code: 'site_code' } },
    {
      role: 'point',
      kind: 'device',
      distinct: true,
      fields: { key: "=site_code || '/' || point" },
      when: 'point is not null',
      properties: ['role', 'device'],
    },
  ],
  links: [{ kind: 'part_of', from: 'point', to: 'site' }],
  events: [],
  outcomes: [],
};
