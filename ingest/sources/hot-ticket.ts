import type { SourceDescription } from '../schema/index.ts';

/** Complaints to 12345. The caller's hash is dropped at the door: a reporter is never a node or a feature. The verdict says whether the complaint
 *  was right, not who did it, so it is an event of its own (known when the ticket closes), never an outcome. */
export const hotTicket: SourceDescription = {
  id: 'hot_ticket',
  title: { zh: '12345工单', en: 'Hotline tickets' },
  department: '12345',
  share: 'conditional',
  level: 2,
  use: '生态环境联合执法：投诉线索核查',
  files: ['hot_ticket*.jsonl'],
  format: { kind: 'jsonl' },
  columns: [
    { name: 'ticket_no', header: 'ticket', kind: 'text', required: true },
    { name: 'at', header: 'ts', kind: 'timestamp' },
    { name: 'channel', kind: 'category' },
    { name: 'class', kind: 'category' },
    { name: 'text', kind: 'text' },
    { name: 'address', kind: 'address' },
    { name: 'lon', kind: 'lon' },
    { name: 'lat', kind: 'lat' },
    { name: 'unit', kind: 'category' },
    { name: 'signed_at', header: 'signed', kind: 'timestamp', knownAt: 'signed_at' },
    { name: 'closed_at', header: 'closed', kind: 'timestamp', knownAt: 'closed_at' },
    { name: 'verdict', kind: 'category', values: ['属实', '部分属实', '不属实'], knownAt: 'closed_at' },
    { name: 'satisfaction', header: 'satisf', kind: 'text', knownAt: 'closed_at' },
    { name: 'repeat_of', kind: 'text' },
    { name: 'caller_hash', kind: 'drop' },
  ],
  key: ['ticket_no'],
  eventAt: '"at"',
  knownAt: '"at"',
  datum: 'infer',
  mentions: [
    { role: 'ticket', kind: 'ticket', fields: { key: 'ticket_no' }, properties: ['class', 'channel', 'unit'] },
    {
      role: 'first',
      kind: 'ticket',
      fields: { key: 'repeat_of' },
      when: 'repeat_of is not null',
    },
    {
      role: 'place',
      kind: 'site',
      fields: { address: 'address', lon: 'lon', lat: 'lat' },
      when: 'address is not null or (lon is not null and lat is not null)',
    },
  ],
  links: [
    { kind: 'complained_about', from: 'ticket', to: 'place', validFrom: '"at"' },
    { kind: 'part_of', from: 'ticket', to: 'first', validFrom: '"at"' },
  ],
  events: [
    { kind: 'complaint', text: 'class', lon: 'lon', lat: 'lat', participants: ['ticket', 'place'] },
    {
      kind: 'complaint_verdict',
      at: 'closed_at',
      knownAt: 'closed_at',
      text: 'verdict',
      lon: 'lon',
      lat: 'lat',
      participants: ['ticket', 'place'],
      when: 'closed_at is not null and verdict is not null',
    },
  ],
  outcomes: [],
};
