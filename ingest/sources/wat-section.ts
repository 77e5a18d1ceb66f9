import type { SourceDescription } from '../schema/index.ts';

/** River sections: hourly water quality; the day's rain comes as factor `rain_mm`. */
export const watSection: SourceDescription = {
  id: 'wat_section',
  title: { zh: '河流断面监测', en: 'River sections' },
  department: '水利',
  share: 'unconditional',
  level: 0,
  files: ['wat_section*.csv'],
  format: { kind: 'csv', encoding: 'utf-8' },
  columns: [
    { name: 'section', header: '断面编码', kind: 'text', required: true },
    { name: 'at', header: '时间', kind: 'timestamp' },
    { name: 'factor', header: '因子', kind: 'text' },
    { name: 'value', header: '监测值', kind: 'number' },
    { name: 'flag', header: '标识', kind: 'category' },
    { name: 'river', header: '河流', kind: 'text' },
    { name: 'upstream', header: '上游断面', kind: 'text' },
  ],
  key: ['section', 'at', 'factor'],
  eventAt: '"at"',
  knownAt: '"at" + interval 1 hour',
  mentions: [
    { role: 'section', kind: 'section', distinct: true, fields: { key: 'section' }, properties: ['river'] },
    { role: 'upstream', kind: 'section', distinct: true, fields: { key: 'upstream' } },
  ],
  links: [{ kind: 'downstream_of', from: 'section', to: 'upstream' }],
  events: [],
  outcomes: [],
};
