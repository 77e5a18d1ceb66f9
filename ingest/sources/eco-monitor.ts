import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Which automatic monitor sits at which outlet, and who keeps it. */
export const ecoMonitor: SourceDescription = {
  id: 'eco_monitor',
  title: { zh: '自动监控设备备案', en: 'Automatic monitors' },
  department: '生态环境',
  share: 'conditional',
  level: 1,
  use: '生态环境联合执法：监测数据核验',
  files: ['eco_monitor*.csv'],
  format: { kind: 'csv', encoding: 'utf-8' },
  columns: [
    { name: 'mn', header: '设备MN号', kind: 'text', required: true },
    { name: 'permit_no', header: '许可证编号', kind: 'permit-no' },
    { name: 'outlet_code', header: '排放口编号', kind: 'text' },
    { name: 'maintainer_name', header: '运维单位', kind: 'company-name' },
    { name: 'maintainer_uscc', header: '运维单位信用代码', kind: 'uscc' },
    { name: 'installed', header: '安装日期', kind: 'date' },
    { name: 'key_unit', header: '是否重点排污单位', kind: 'boolean' },
  ],
  key: ['mn'],
  eventAt: dayStart('installed'),
  knownAt: dayEnd('installed'),
  mentions: [
    { role: 'device', kind: 'device', fields: { mn: 'mn', key: 'mn' } },
    { role: 'site', kind: 'site', fields: { permit_no: 'permit_no' }, properties: ['key_unit'] },
    {
      role: 'outlet',
      kind: 'outlet',
      fields: { key: "=permit_no || '/' || outlet_code" },
      when: 'permit_no is not null and outlet_code is not null',
    },
    { role: 'maintainer', kind: 'company', fields: { name: 'maintainer_name', uscc: 'maintainer_uscc' } },
  ],
  links: [
    { kind: 'monitored_by', from: 'outlet', to: 'device', validFrom: dayStart('installed') },
    { kind: 'monitored_by', from: 'site', to: 'device', validFrom: dayStart('installed') },
    { kind: 'maintains', from: 'maintainer', to: 'device', validFrom: dayStart('installed') },
  ],
  events: [],
  outcomes: [],
};
