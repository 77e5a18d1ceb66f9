import type { OutcomeDescription, SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Filed is confirmed; a call (警情) that was never filed is no outcome; a filed case that was dropped is withdrawn. */
function outcomeOf(subject: string, when = 'true'): OutcomeDescription {
  return {
    subject,
    verdict: `case when filed is null then null when state like '%撤%' then 'withdrawn' else 'confirmed' end`,
    act: 'cause',
    conductAt: 'happened_at',
    foundAt: dayStart('coalesce(accepted, filed)'),
    knownAt: dayEnd('filed'),
    channel: "'police'",
    reason: 'state',
    when: `filed is not null and ${when}`,
  };
}

/** Calls and cases of the police. */
export const polCase: SourceDescription = {
  id: 'pol_case',
  title: { zh: '警情与案件', en: 'Police calls and cases' },
  department: '公安',
  share: 'not-shared',
  level: 3,
  use: '生态环境联合执法：行刑衔接',
  files: ['pol_case*.csv'],
  format: { kind: 'csv', encoding: 'gb18030' },
  columns: [
    { name: 'case_no', header: '编号', kind: 'text', required: true },
    { name: 'kind', header: '类别', kind: 'category', values: ['警情', '行政', '刑事'] },
    { name: 'cause', header: '案由', kind: 'category' },
    { name: 'happened_at', header: '发案时间', kind: 'timestamp' },
    { name: 'place', header: '发案地点', kind: 'address' },
    { name: 'summary', header: '简要案情', kind: 'text' },
    { name: 'accepted', header: '受案日期', kind: 'date' },
    { name: 'filed', header: '立案日期', kind: 'date' },
    { name: 'sent_up', header: '移送起诉日期', kind: 'date', knownAt: dayEnd('sent_up') },
    { name: 'closed', header: '结案日期', kind: 'date', knownAt: dayEnd('closed') },
    { name: 'state', header: '状态', kind: 'category', knownAt: dayEnd('coalesce(closed, sent_up, filed, accepted)') },
    { name: 'transfer_no', header: '移送案号', kind: 'text' },
    { name: 'party_name', header: '涉案单位', kind: 'company-name' },
    { name: 'plate', header: '涉案车牌', kind: 'plate' },
    { name: 'ship_name', header: '涉案船名', kind: 'text' },
  ],
  key: ['case_no'],
  eventAt: 'happened_at',
  knownAt: dayEnd('coalesce(filed, accepted)'),
  mentions: [
    {
      role: 'case',
      kind: 'case',
      fields: { key: 'case_no' },
      properties: ['kind', 'cause', 'accepted', 'filed', 'sent_up', 'closed', 'state', 'transfer_no'],
    },
    { role: 'party', kind: 'company', fields: { name: 'party_name' } },
    { role: 'vehicle', kind: 'vehicle', fields: { plate: 'plate' } },
    { role: 'ship', kind: 'ship', fields: { name: 'ship_name' } },
    { role: 'place', kind: 'site', fields: { address: 'place' } },
  ],
  links: [
    { kind: 'party_to', from: 'party', to: 'case', validFrom: 'happened_at' },
    { kind: 'party_to', from: 'vehicle', to: 'case', validFrom: 'happened_at' },
    { kind: 'party_to', from: 'ship', to: 'case', validFrom: 'happened_at' },
    { kind: 'located_at', from: 'case', to: 'place', validFrom: 'happened_at' },
  ],
  events: [{ kind: 'case', text: 'cause', participants: ['case', 'party', 'vehicle', 'ship', 'place'] }],
  outcomes: [
    outcomeOf('party'),
    outcomeOf('vehicle'),
    outcomeOf('ship'),
    outcomeOf('place', 'party_name is null and plate is null and ship_name is null'),
  ],
};
