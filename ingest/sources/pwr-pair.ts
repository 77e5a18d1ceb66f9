import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Which treatment line serves which production line, and whose permit the site is: made by hand and often wrong, so a claim with an owner and a date. */
export const pwrPair: SourceDescription = {
  id: 'pwr_pair',
  title: { zh: '用电监控配对表', en: 'Power pairing table' },
  department: '供电',
  share: 'conditional',
  level: 1,
  use: '生态环境联合执法：治污设施运行比对',
  files: ['pwr_pair*.xlsx'],
  format: { kind: 'xlsx', sheet: '配对表', headerRow: 1 },
  columns: [
    { name: 'site_code', header: '站点编码', kind: 'text', required: true },
    { name: 'permit_no', header: '许可证编号', kind: 'permit-no' },
    { name: 'produce_point', header: '生产点', kind: 'text' },
    { name: 'treat_point', header: '治污点', kind: 'text' },
    { name: 'mn', header: '设备MN号', kind: 'text' },
    { name: 'owner', header: '维护人', kind: 'text', personal: true },
    { name: 'updated', header: '更新日期', kind: 'date' },
  ],
  key: ['site_code', 'produce_point', 'treat_point'],
  eventAt: dayStart('updated'),
  knownAt: dayEnd('updated'),
  mentions: [
    { role: 'site', kind: 'site', fields: { site_code: 'site_code', permit_no: 'permit_no' } },
    {
      role: 'produce',
      kind: 'device',
      fields: { key: "=site_code || '/' || produce_point" },
      when: 'produce_point is not null',
    },
    {
      role: 'treat',
      kind: 'device',
      fields: { key: "=site_code || '/' || treat_point" },
      when: 'treat_point is not null',
    },
    { role: 'monitor', kind: 'device', fields: { mn: 'mn', key: 'mn' } },
  ],
  links: [
    { kind: 'serves', from: 'treat', to: 'produce', validFrom: dayStart('updated') },
    { kind: 'monitored_by', from: 'site', to: 'monitor', validFrom: dayStart('updated') },
  ],
  events: [],
  outcomes: [],
};
