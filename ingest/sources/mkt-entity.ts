import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Register of companies and businesses: one row for each state of a firm. */
export const mktEntity: SourceDescription = {
  id: 'mkt_entity',
  title: { zh: '市场主体登记', en: 'Company register' },
  department: '市场监管',
  share: 'conditional',
  level: 2,
  use: '生态环境联合执法：主体核验',
  files: ['mkt_entity*.csv'],
  format: { kind: 'csv', encoding: 'gb18030' },
  columns: [
    { name: 'uscc', header: '统一社会信用代码', kind: 'uscc' },
    { name: 'name', header: '企业名称', kind: 'company-name', required: true },
    { name: 'old_names', header: '曾用名', kind: 'list', separator: ';' },
    { name: 'type', header: '企业类型', kind: 'category' },
    { name: 'legal_rep', header: '法定代表人', kind: 'name', personal: true },
    { name: 'rep_id_hash', header: '法定代表人证件哈希', kind: 'hash', personal: true },
    { name: 'industry', header: '行业代码', kind: 'industry-code' },
    { name: 'address', header: '住所', kind: 'address' },
    { name: 'founded', header: '成立日期', kind: 'date' },
    { name: 'cancelled', header: '注销日期', kind: 'date' },
    { name: 'status', header: '登记状态', kind: 'category', values: ['存续', '注销', '吊销'] },
    { name: 'scope', header: '经营范围', kind: 'text' },
    { name: 'phone_hash', header: '联系电话哈希', kind: 'hash' },
    { name: 'updated', header: '登记更新日期', kind: 'date' },
  ],
  key: ['uscc', 'updated'],
  eventAt: dayStart('updated'),
  knownAt: dayEnd('updated'),
  mentions: [
    {
      role: 'firm',
      kind: 'company',
      fields: {
        uscc: 'uscc',
        name: 'name',
        old_names: 'old_names',
        address: 'address',
        phone_hash: 'phone_hash',
        person_hash: 'rep_id_hash',
      },
      properties: ['type', 'industry', 'founded', 'cancelled', 'status', 'scope'],
    },
    { role: 'rep', kind: 'person', fields: { name: 'legal_rep', person_hash: 'rep_id_hash' } },
    { role: 'phone', kind: 'phone', fields: { key: 'phone_hash', phone_hash: 'phone_hash' } },
    { role: 'seat', kind: 'address', fields: { address: 'address' } },
  ],
  links: [
    { kind: 'legal_rep_of', from: 'rep', to: 'firm', validFrom: dayStart('updated') },
    { kind: 'contact_of', from: 'phone', to: 'firm', validFrom: dayStart('updated') },
    {
      kind: 'located_at',
      from: 'firm',
      to: 'seat',
      validFrom: dayStart('founded'),
      validTo: dayStart('cancelled'),
    },
  ],
  events: [],
  outcomes: [],
};
