import type { SourceDescription } from '../schema/index.ts';
import { dayStart, nextMonthDayEnd } from './moments.ts';

/** Monthly use of each meter. The holder is often the landlord: the account is a link of its own kind (`holds`), never `operates`, and a holder
 *  who is a person is no mention. */
export const pwrMeterMonth: SourceDescription = {
  id: 'pwr_meter_month',
  title: { zh: '用户月度用电', en: 'Meters, monthly' },
  department: '供电',
  share: 'conditional',
  level: 2,
  use: '生态环境联合执法：散乱污排查',
  files: ['pwr_meter_month*.csv'],
  format: { kind: 'csv', encoding: 'gb18030' },
  columns: [
    { name: 'meter_no', header: '户号', kind: 'text', required: true },
    { name: 'holder_name', header: '户名', kind: 'text', personal: true },
    { name: 'address', header: '用电地址', kind: 'address' },
    { name: 'tariff', header: '用电类别', kind: 'category', values: ['居民', '一般工商业', '大工业', '农业'] },
    { name: 'month', header: '月份', kind: 'month' },
    { name: 'kwh', header: '用电量(千瓦时)', kind: 'number' },
    { name: 'night_kwh', header: '谷段电量(千瓦时)', kind: 'number' },
    { name: 'max_kw', header: '最大需量(千瓦)', kind: 'number' },
    { name: 'min_kw', header: '最小负荷(千瓦)', kind: 'number' },
  ],
  key: ['meter_no', 'month'],
  eventAt: dayStart('month'),
  knownAt: nextMonthDayEnd('month', 5),
  mentions: [
    {
      role: 'site',
      kind: 'site',
      distinct: true,
      fields: { meter_no: 'meter_no', address: 'address' },
      properties: ['tariff'],
    },
    {
      role: 'holder',
      kind: 'company',
      distinct: true,
      fields: { name: 'holder_name' },
      when: "regexp_matches(holder_name, '(公司|厂|店|中心|合作社|经营部|集团|工作室|养殖场|加工部|商行|村委会|委员会)')",
    },
  ],
  links: [{ kind: 'holds', from: 'holder', to: 'site', validFrom: dayStart('month') }],
  events: [],
  outcomes: [],
};
