import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Road-haulage licences: whose truck it is, what it may carry, which terminal it has. */
export const trnLicence: SourceDescription = {
  id: 'trn_licence',
  title: { zh: '道路运输证', en: 'Haulage licences' },
  department: '交通',
  share: 'conditional',
  level: 2,
  use: '生态环境联合执法：运输资质核验',
  files: ['trn_licence*.xlsx'],
  format: { kind: 'xlsx', sheet: '道路运输证', headerRow: 1 },
  columns: [
    { name: 'firm_name', header: '业户名称', kind: 'company-name' },
    { name: 'uscc', header: '统一社会信用代码', kind: 'uscc' },
    { name: 'plate', header: '车牌号', kind: 'plate', required: true },
    { name: 'plate_class', header: '号牌种类', kind: 'category', values: ['01', '02', '15', '51', '52'] },
    { name: 'scope', header: '经营范围', kind: 'text' },
    { name: 'hazmat_class', header: '危货类别', kind: 'text' },
    { name: 'rated_t', header: '核定载质量(吨)', kind: 'number', min: 0 },
    { name: 'valid_from', header: '有效期起', kind: 'date' },
    { name: 'valid_to', header: '有效期止', kind: 'date' },
    { name: 'terminal', header: '终端号', kind: 'text' },
    { name: 'driver_hash', header: '从业资格证哈希', kind: 'hash', personal: true },
  ],
  key: ['plate', 'valid_from'],
  eventAt: dayStart('valid_from'),
  knownAt: dayEnd('valid_from'),
  mentions: [
    { role: 'firm', kind: 'company', fields: { uscc: 'uscc', name: 'firm_name' } },
    {
      role: 'vehicle',
      kind: 'vehicle',
      fields: { plate: 'plate', plate_class: 'plate_class' },
      properties: ['scope', 'hazmat_class', 'rated_t', 'valid_to'],
    },
    { role: 'driver', kind: 'person', fields: { person_hash: 'driver_hash' } },
    { role: 'terminal', kind: 'device', fields: { key: 'terminal' } },
  ],
  links: [
    { kind: 'owns', from: 'firm', to: 'vehicle', validFrom: dayStart('valid_from'), validTo: dayEnd('valid_to') },
    { kind: 'drives', from: 'driver', to: 'vehicle', validFrom: dayStart('valid_from'), validTo: dayEnd('valid_to') },
    { kind: 'employs', from: 'firm', to: 'driver', validFrom: dayStart('valid_from'), validTo: dayEnd('valid_to') },
    {
      kind: 'monitored_by',
      from: 'vehicle',
      to: 'terminal',
      validFrom: dayStart('valid_from'),
      validTo: dayEnd('valid_to'),
    },
  ],
  events: [],
  outcomes: [],
};
