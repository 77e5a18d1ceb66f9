import type { SourceDescription } from '../schema/index.ts';
import { dayEnd, dayStart } from './moments.ts';

/** Boats that may fish. */
export const agrBoat: SourceDescription = {
  id: 'agr_boat',
  title: { zh: '涉渔船舶', en: 'Fishing boats' },
  department: '农业农村',
  share: 'conditional',
  level: 2,
  use: '生态环境联合执法：禁渔执法',
  files: ['agr_boat*.xlsx'],
  format: { kind: 'xlsx', sheet: '涉渔船舶', headerRow: 1 },
  columns: [
    { name: 'boat_no', header: '船舶编号', kind: 'text', required: true },
    { name: 'ship_name', header: '船名', kind: 'text' },
    { name: 'owner_hash', header: '船主哈希', kind: 'hash', personal: true },
    { name: 'status', header: '状态', kind: 'category' },
    { name: 'updated', header: '更新日期', kind: 'date' },
  ],
  key: ['boat_no'],
  eventAt: dayStart('updated'),
  knownAt: dayEnd('updated'),
  mentions: [
    {
      role: 'boat',
      kind: 'ship',
      fields: { key: 'boat_no', name: 'ship_name' },
      properties: ['status'],
    },
    { role: 'owner', kind: 'person', fields: { person_hash: 'owner_hash' } },
  ],
  links: [{ kind: 'owns', from: 'owner', to: 'boat', validFrom: dayStart('updated') }],
  events: [],
  outcomes: [],
};
