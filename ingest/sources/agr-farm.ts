import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Livestock farms. */
export const agrFarm: SourceDescription = {
  id: 'agr_farm',
  title: { zh: '畜禽养殖场', en: 'Livestock farms' },
  department: '农业农村',
  share: 'conditional',
  level: 2,
  use: '生态环境联合执法：养殖污染核查',
  files: ['agr_farm*.xlsx'],
  format: { kind: 'xlsx', sheet: '养殖场', headerRow: 1 },
  columns: [
    { name: 'farm_no', header: '养殖场编码', kind: 'text', required: true },
    { name: 'name', header: '名称', kind: 'company-name' },
    { name: 'uscc', header: '统一社会信用代码', kind: 'uscc' },
    { name: 'address', header: '地址', kind: 'address' },
    { name: 'lon', header: '经度', kind: 'lon' },
    { name: 'lat', header: '纬度', kind: 'lat' },
    { name: 'heads', header: '存栏(头)', kind: 'number', min: 0 },
    { name: 'quarantine_no', header: '检疫证号', kind: 'text' },
    { name: 'land_mu', header: '消纳土地(亩)', kind: 'number', min: 0 },
    { name: 'updated', header: '更新日期', kind: 'date' },
  ],
  key: ['farm_no', 'updated'],
  eventAt: dayStart('updated'),
  knownAt: dayEnd('updated'),
  datum: 'infer',
  mentions: [
    {
      role: 'farm',
      kind: 'site',
      fields: { key: 'farm_no', name: 'name', uscc: 'uscc', address: 'address', lon: 'lon', lat: 'lat' },
      properties: ['heads', 'land_mu', 'quarantine_no'],
    },
    { role: 'firm', kind: 'company', fields: { uscc: 'uscc', name: 'name', address: 'address' } },
  ],
  links: [{ kind: 'operates', from: 'firm', to: 'farm', validFrom: dayStart('updated') }],
  events: [],
  outcomes: [],
};
