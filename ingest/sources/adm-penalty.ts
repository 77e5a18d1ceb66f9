import type { OutcomeDescription, SourceDescription } from '../schema/index.ts';
import { channelOf } from './channels.ts';
import { dayEnd, dayStart } from './moments.ts';

/** The place that the facts name by its label. */
const PLACE = "nullif(trim(regexp_extract(facts, '地点[:：为]?([^，。；;]+)', 1)), '')";

function outcomeOf(subject: string, when?: string): OutcomeDescription {
  return {
    subject,
    ...(when === undefined ? {} : { when }),
    verdict: "'confirmed'",
    act: 'act',
    conductAt: dayStart('conduct'),
    foundAt: dayStart('coalesce(found, decided, published)'),
    knownAt: dayEnd('coalesce(published, decided)'),
    channel: channelOf('channel'),
    reason: 'basis',
  };
}

/** Administrative penalties as published. A natural person who was fined is no mention: the name is masked and would be no identity; the penalty is
 *  then about the vehicle or ship, or else about the place. */
export const admPenalty: SourceDescription = {
  id: 'adm_penalty',
  title: { zh: '行政处罚公示', en: 'Administrative penalties' },
  department: '各执法单位',
  share: 'unconditional',
  level: 1,
  use: '生态环境联合执法：处罚结果比对',
  files: ['adm_penalty*.csv'],
  format: { kind: 'csv', encoding: 'gb18030' },
  columns: [
    { name: 'doc_no', header: '决定书文号', kind: 'penalty-no', required: true },
    { name: 'unit', header: '处罚机关', kind: 'category' },
    { name: 'party_name', header: '行政相对人名称', kind: 'company-name', required: true },
    { name: 'party_kind', header: '相对人类别', kind: 'category', values: ['法人', '个体工商户', '自然人'] },
    { name: 'uscc', header: '统一社会信用代码', kind: 'uscc' },
    { name: 'rep', header: '法定代表人', kind: 'name', personal: true },
    { name: 'act', header: '违法行为类型', kind: 'category' },
    { name: 'facts', header: '违法事实', kind: 'text' },
    { name: 'basis', header: '处罚依据', kind: 'text' },
    { name: 'content', header: '处罚内容', kind: 'text' },
    { name: 'fine_wan', header: '罚款金额(万元)', kind: 'number', min: 0 },
    { name: 'decided', header: '决定日期', kind: 'date' },
    { name: 'published', header: '公示日期', kind: 'date' },
    { name: 'conduct', header: '违法日期', kind: 'date' },
    { name: 'found', header: '发现日期', kind: 'date' },
    { name: 'plate', header: '车牌', kind: 'plate' },
    { name: 'ship_name', header: '船名', kind: 'text' },
    {
      name: 'channel',
      header: '线索来源',
      kind: 'category',
      values: ['投诉举报', '专项行动', '公安线索', '在线报警', '随机抽查', '邻区移送', '其他'],
    },
  ],
  key: ['doc_no'],
  eventAt: dayStart('coalesce(conduct, found, decided)'),
  knownAt: dayEnd('coalesce(published, decided)'),
  mentions: [
    {
      role: 'penalty',
      kind: 'penalty',
      fields: { key: 'doc_no' },
      properties: ['unit', 'act', 'fine_wan', 'decided', 'channel'],
    },
    {
      role: 'party',
      kind: 'company',
      fields: { uscc: 'uscc', name: 'party_name' },
      when: "party_kind is distinct from '自然人'",
    },
    { role: 'vehicle', kind: 'vehicle', fields: { plate: 'plate' } },
    { role: 'ship', kind: 'ship', fields: { name: 'ship_name' } },
    { role: 'place', kind: 'site', fields: { address: `=${PLACE}` } },
  ],
  links: [
    { kind: 'penalised', from: 'penalty', to: 'party', validFrom: dayStart('conduct') },
    { kind: 'penalised', from: 'penalty', to: 'vehicle', validFrom: dayStart('conduct') },
    { kind: 'penalised', from: 'penalty', to: 'ship', validFrom: dayStart('conduct') },
    { kind: 'located_at', from: 'penalty', to: 'place', validFrom: dayStart('conduct') },
  ],
  events: [
    {
      kind: 'penalty',
      value: 'fine_wan',
      unit: '万元',
      text: 'act',
      participants: ['penalty', 'party', 'vehicle', 'ship', 'place'],
    },
  ],
  outcomes: [
    outcomeOf('party'),
    outcomeOf('vehicle'),
    outcomeOf('ship'),
    outcomeOf('place', "party_kind = '自然人' and plate is null and ship_name is null"),
  ],
};
