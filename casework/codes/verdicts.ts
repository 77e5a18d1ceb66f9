/** What an officer may conclude on a lead, and why: codes, never free text alone, so that they can be learned from. */

export const DECISIONS = ['confirmed', 'partly', 'dismissed', 'unverifiable', 'reopened'] as const;
export type Decision = (typeof DECISIONS)[number];

/** A reason of a decision. `label` is what the next training learns: 1 found, 0 checked and not found, null says nothing. */
export interface VerdictReason {
  readonly id: string;
  readonly decisions: readonly Decision[];
  readonly label: 0 | 1 | null;
  readonly zh: string;
  readonly en: string;
}

/** "Checked and not found" is a negative; "could not be checked" and "known already" are not. */
export const VERDICT_REASONS: readonly VerdictReason[] = [
  { id: 'found-on-site', decisions: ['confirmed', 'partly'], label: 1, zh: '现场查实', en: 'found on site' },
  { id: 'found-by-test', decisions: ['confirmed', 'partly'], label: 1, zh: '采样检测查实', en: 'found by sampling' },
  { id: 'found-in-papers', decisions: ['confirmed', 'partly'], label: 1, zh: '台账、联单查实', en: 'found in papers' },
  {
    id: 'admitted',
    decisions: ['confirmed', 'partly'],
    label: 1,
    zh: '当事人承认且有旁证',
    en: 'admitted, with support',
  },
  { id: 'other-matter', decisions: ['partly'], label: 1, zh: '查出其他问题', en: 'another matter was found' },
  { id: 'nothing-found', decisions: ['dismissed'], label: 0, zh: '现场核查未发现', en: 'checked on site, not found' },
  { id: 'innocent-cause', decisions: ['dismissed'], label: 0, zh: '有正当原因', en: 'an innocent cause was shown' },
  { id: 'permitted', decisions: ['dismissed'], label: 0, zh: '已有许可或豁免', en: 'permitted or exempt' },
  {
    id: 'maintenance',
    decisions: ['dismissed'],
    label: 0,
    zh: '检修、停产、校准',
    en: 'maintenance, shutdown, calibration',
  },
  { id: 'data-fault', decisions: ['dismissed'], label: 0, zh: '数据错误', en: 'the data were wrong' },
  { id: 'wrong-subject', decisions: ['dismissed'], label: 0, zh: '对象识别错误', en: 'the wrong subject' },
  {
    id: 'known-already',
    decisions: ['dismissed'],
    label: null,
    zh: '已在办或已处罚',
    en: 'already handled or punished',
  },
  { id: 'no-access', decisions: ['unverifiable'], label: null, zh: '无法进入或已搬离', en: 'no access, or moved away' },
  { id: 'too-late', decisions: ['unverifiable'], label: null, zh: '时过境迁', en: 'too late to see' },
  { id: 'lack-of-means', decisions: ['unverifiable'], label: null, zh: '缺少核查手段', en: 'no means to check' },
  { id: 'new-facts', decisions: ['reopened'], label: null, zh: '出现新情况', en: 'new facts' },
  { id: 'error-of-verdict', decisions: ['reopened'], label: null, zh: '结论有误', en: 'the verdict was wrong' },
];

/** The reason, when it may stand with the decision; else null. */
export function verdictReason(decision: Decision, reasonId: string): VerdictReason | null {
  return VERDICT_REASONS.find((r) => r.id === reasonId && r.decisions.includes(decision)) ?? null;
}
