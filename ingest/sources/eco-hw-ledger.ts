import type { ColumnDescription, SourceDescription } from '../schema/index.ts';
import { dayStart, nextMonthDayEnd } from './moments.ts';

function tons(name: string, header: string): ColumnDescription {
  return { name, header, kind: 'number', min: 0, unit: { fromColumn: 'unit_sent', to: 't' } };
}

/** Monthly hazardous-waste ledger of each producer and waste code. A slip of the unit itself (kg called 吨) is left for the typologies to see. */
export const ecoHwLedger: SourceDescription = {
  id: 'eco_hw_ledger',
  title: { zh: '危险废物月度台账', en: 'Hazardous-waste ledger' },
  department: '生态环境',
  share: 'conditional',
  level: 1,
  use: '生态环境联合执法：危废平衡核算',
  files: ['eco_hw_ledger*.csv'],
  format: { kind: 'csv', encoding: 'gb18030' },
  columns: [
    { name: 'uscc', header: '统一社会信用代码', kind: 'uscc' },
    { name: 'name', header: '单位名称', kind: 'company-name' },
    { name: 'month', header: '月份', kind: 'month' },
    { name: 'waste_code', header: '危废代码', kind: 'waste-code' },
    tons('opening_t', '期初库存'),
    tons('generated_t', '产生量'),
    tons('self_t', '自行处置量'),
    tons('sent_t', '转移量'),
    tons('closing_t', '期末库存'),
    { name: 'unit_sent', header: '计量单位', kind: 'category', values: ['吨', '千克'] },
    { name: 'product_t', header: '产品产量(吨)', kind: 'number', min: 0 },
  ],
  key: ['uscc', 'month', 'waste_code'],
  eventAt: dayStart('month'),
  knownAt: nextMonthDayEnd('month', 15),
  mentions: [{ role: 'firm', kind: 'company', distinct: true, fields: { uscc: 'uscc', name: 'name' } }],
  links: [],
  events: [{ kind: 'waste_ledger', value: 'generated_t', unit: 't', text: 'waste_code', participants: ['firm'] }],
  outcomes: [],
};
