import type { OutcomeDescription, SourceDescription } from '../schema/index.ts';
import { channelOf } from './channels.ts';

/** An order to put things right says that something was found, short of a case: `rectified`, not `confirmed`; a trainer decides whether
 *  it counts as positive. `unverifiable` is neither positive nor negative. */
const VERDICT = `case result when '未发现问题' then 'clean' when '责令改正' then 'rectified' when '立案查处' then 'confirmed'
  when '无法核实' then 'unverifiable' end`;

function outcomeOf(subject: string, when: string): OutcomeDescription {
  return {
    subject,
    verdict: VERDICT,
    act: "array_to_string(items, ';')",
    foundAt: 'in_at',
    knownAt: 'out_at',
    channel: channelOf('kind'),
    reason: 'source_ref',
    when,
  };
}

/** On-site checks, random and targeted: the nearly unbiased negatives. What was checked is a vehicle, a ship, a firm, or, where nobody is named
 *  (a shed, a pit), the place. */
export const ecoInspection: SourceDescription = {
  id: 'eco_inspection',
  title: { zh: '现场检查记录', en: 'On-site inspections' },
  department: '生态环境',
  share: 'conditional',
  level: 1,
  use: '生态环境联合执法：核查结果回流',
  files: ['eco_inspection*.xlsx'],
  format: { kind: 'xlsx', sheet: '检查记录', headerRow: 1 },
  columns: [
    { name: 'inspection_no', header: '检查编号', kind: 'text', required: true },
    { name: 'kind', header: '检查方式', kind: 'category', values: ['双随机', '专项', '投诉核查', '线索核查'] },
    { name: 'uscc', header: '统一社会信用代码', kind: 'uscc' },
    { name: 'name', header: '被检查单位', kind: 'company-name' },
    { name: 'address', header: '检查地址', kind: 'address' },
    { name: 'unit', header: '检查单位', kind: 'category' },
    { name: 'officers', header: '检查人员', kind: 'text', personal: true },
    { name: 'in_at', header: '进场时间', kind: 'timestamp' },
    { name: 'out_at', header: '离场时间', kind: 'timestamp' },
    { name: 'items', header: '检查事项', kind: 'list', separator: ';' },
    {
      name: 'result',
      header: '检查结果',
      kind: 'category',
      values: ['未发现问题', '责令改正', '立案查处', '无法核实'],
    },
    { name: 'due', header: '整改期限', kind: 'date' },
    { name: 'recheck', header: '复查结果', kind: 'text' },
    { name: 'plate', header: '车牌', kind: 'plate' },
    { name: 'ship_name', header: '船名', kind: 'text' },
    { name: 'source_ref', header: '触发来源', kind: 'text' },
  ],
  key: ['inspection_no'],
  eventAt: 'in_at',
  knownAt: 'coalesce(out_at, in_at)',
  mentions: [
    {
      role: 'inspection',
      kind: 'inspection',
      fields: { key: 'inspection_no' },
      properties: ['kind', 'unit', 'result', 'due', 'recheck', 'source_ref'],
    },
    { role: 'firm', kind: 'company', fields: { uscc: 'uscc', name: 'name', address: 'address' } },
    { role: 'vehicle', kind: 'vehicle', fields: { plate: 'plate' } },
    { role: 'ship', kind: 'ship', fields: { name: 'ship_name' } },
    { role: 'place', kind: 'site', fields: { address: 'address' } },
  ],
  links: [
    { kind: 'inspected', from: 'inspection', to: 'firm', validFrom: 'in_at', validTo: 'out_at' },
    { kind: 'inspected', from: 'inspection', to: 'vehicle', validFrom: 'in_at', validTo: 'out_at' },
    { kind: 'inspected', from: 'inspection', to: 'ship', validFrom: 'in_at', validTo: 'out_at' },
    { kind: 'located_at', from: 'inspection', to: 'place', validFrom: 'in_at', validTo: 'out_at' },
  ],
  events: [{ kind: 'inspection', text: 'result', participants: ['inspection', 'firm', 'vehicle', 'ship', 'place'] }],
  outcomes: [
    outcomeOf('vehicle', 'plate is not null'),
    outcomeOf('ship', 'plate is null and ship_name is not null'),
    outcomeOf('firm', 'plate is null and ship_name is null'),
    outcomeOf('place', 'plate is null and ship_name is null and name is null and uscc is null'),
  ],
};
