/** Legal bases that a purpose may name, as codes. @source domain.md §4.3 (个保法 5, 6, 13(3), 34; 数安法 35, 38) */
export interface LegalBasis {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
}

export const LEGAL_BASES: readonly LegalBasis[] = [
  { id: 'statutory-duty', zh: '履行法定职责（个保法13(3)、34）', en: 'a statutory duty (PIPL 13(3), 34)' },
  { id: 'case-inquiry', zh: '案件调查核实', en: 'inquiry in a case' },
  { id: 'police-retrieval', zh: '公安依法调取（数安法35，须审批）', en: 'police retrieval (DSL 35, approved)' },
  { id: 'transfer-check', zh: '行刑衔接审查', en: 'check before a transfer to police' },
  { id: 'complaint', zh: '群众投诉核查', en: 'check of a complaint' },
  { id: 'correction', zh: '当事人更正请求', en: 'the person’s own correction request' },
];

/** Longest time a stated purpose holds, minutes. */
export const PURPOSE_MAX_MINUTES = 240;
/** How long two officers' unlock of one person for one lead holds, minutes. */
export const UNLOCK_MINUTES = 8 * 60;
/** How long an unlock without a second officer (an emergency) holds, minutes; it is reviewed afterwards. */
export const BREAK_GLASS_MINUTES = 60;
