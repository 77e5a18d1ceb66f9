import type { LeadItem } from '../../models/queries/index.ts';

const HEADS = {
  zh: [
    '序号',
    '线索',
    '对象类型',
    '对象',
    '镇街',
    '类型',
    '概率',
    '下限',
    '上限',
    '风险',
    '入选',
    '入选机会',
    '主要理由',
  ],
  en: [
    'rank',
    'lead',
    'kind',
    'subject',
    'town',
    'typologies',
    'probability',
    'low',
    'high',
    'grade',
    'pick',
    'pick_chance',
    'strongest_reason',
  ],
} as const;

/** Leads as CSV that Excel opens: UTF-8 with byte-order mark, CRLF; a cell that a spreadsheet would run as a formula is led by an apostrophe. */
export function leadsCsv(leads: readonly LeadItem[], language: 'zh' | 'en'): string {
  const lines = leads.map((l) => [
    l.rank,
    l.leadId,
    l.kind,
    l.label,
    l.town,
    l.typologies.join(' '),
    l.probability,
    l.low,
    l.high,
    l.grade,
    l.pick,
    l.pickChance,
    l.because?.[language] ?? null,
  ]);
  return `\uFEFF${[HEADS[language], ...lines].map((cells) => cells.map(_cell).join(',')).join('\r\n')}\r\n`;
}

function _cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
