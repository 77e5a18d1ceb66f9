import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Registered purchases of precursor chemicals; off unless asked for, and only under an approved lead. Litres stay litres: no density is known. */
export const polPrecursor: SourceDescription = {
  id: 'pol_precursor',
  title: { zh: '易制毒化学品购买登记', en: 'Precursor purchases' },
  department: '公安',
  share: 'not-shared',
  level: 2,
  use: '经批准线索项下核查',
  files: ['pol_precursor*.csv'],
  format: { kind: 'csv', encoding: 'utf-8' },
  columns: [
    { name: 'buyer_uscc', header: '购买单位代码', kind: 'uscc' },
    { name: 'seller_uscc', header: '销售单位代码', kind: 'uscc' },
    { name: 'chemical', header: '品名', kind: 'category' },
    { name: 'amount', header: '数量', kind: 'number', min: 0 },
    { name: 'amount_unit', header: '计量单位', kind: 'category', values: ['千克', '升'] },
    { name: 'bought', header: '日期', kind: 'date' },
  ],
  key: ['buyer_uscc', 'chemical', 'bought'],
  eventAt: dayStart('bought'),
  knownAt: dayEnd('bought'),
  mentions: [
    { role: 'buyer', kind: 'company', distinct: true, fields: { uscc: 'buyer_uscc' } },
    { role: 'seller', kind: 'company', distinct: true, fields: { uscc: 'seller_uscc' } },
  ],
  links: [{ kind: 'buys_from', from: 'buyer', to: 'seller', validFrom: dayStart('bought'), validTo: dayEnd('bought') }],
  events: [{ kind: 'precursor_purchase', value: 'amount', text: 'chemical', participants: ['buyer', 'seller'] }],
  outcomes: [],
};
