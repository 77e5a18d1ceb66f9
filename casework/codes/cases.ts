import type { Right } from './rights.ts';

/** States of a case, after domain order 联勤工单 → 案件: what may follow what, and what each step needs. */

export const CASE_STATES = [
  'draft',
  'review',
  'dispatched',
  'signed',
  'on-site',
  'checking',
  'reported',
  'closed',
  'returned',
  'extended',
  'transferred',
  'merged',
  'false-alarm',
  'revisit',
  'archived',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export interface StateText {
  readonly id: CaseState;
  readonly zh: string;
  readonly en: string;
  /** Whether work is still owed. */
  readonly open: boolean;
}

export const STATE_TEXTS: readonly StateText[] = [
  { id: 'draft', zh: '草拟', en: 'draft', open: true },
  { id: 'review', zh: '待审', en: 'in review', open: true },
  { id: 'dispatched', zh: '已派', en: 'dispatched', open: true },
  { id: 'signed', zh: '已签收', en: 'signed for', open: true },
  { id: 'on-site', zh: '到场', en: 'on site', open: true },
  { id: 'checking', zh: '核查中', en: 'checking', open: true },
  { id: 'reported', zh: '已反馈', en: 'reported back', open: true },
  { id: 'closed', zh: '办结', en: 'closed', open: false },
  { id: 'returned', zh: '退回重办', en: 'returned for rework', open: true },
  { id: 'extended', zh: '延期', en: 'extended', open: true },
  { id: 'transferred', zh: '移送', en: 'transferred', open: false },
  { id: 'merged', zh: '并单', en: 'merged', open: false },
  { id: 'false-alarm', zh: '误报', en: 'false alarm', open: false },
  { id: 'revisit', zh: '回访', en: 'revisit', open: true },
  { id: 'archived', zh: '归档', en: 'archived', open: false },
];

/** One allowed step. `needs` are checked where the step is taken. */
export interface CaseStep {
  readonly from: CaseState;
  readonly to: CaseState;
  readonly right: Right;
  readonly needs: readonly ('reason' | 'outcome' | 'tasks-done' | 'due' | 'merged-into')[];
}

const step = (
  from: CaseState,
  to: CaseState,
  needs: CaseStep['needs'] = [],
  right: Right = 'cases.write',
): CaseStep => ({
  from,
  to,
  right,
  needs,
});

/** Every step that is not here is refused. Review, return, extension and revisit are the supervisor's (`leads.assign`). */
export const CASE_STEPS: readonly CaseStep[] = [
  step('draft', 'review'),
  step('review', 'draft', ['reason'], 'leads.assign'),
  step('review', 'dispatched', [], 'leads.assign'),
  step('dispatched', 'signed'),
  step('signed', 'on-site'),
  step('signed', 'checking'),
  step('on-site', 'checking'),
  step('checking', 'reported', ['reason']),
  step('checking', 'extended', ['reason', 'due'], 'leads.assign'),
  step('extended', 'checking'),
  step('reported', 'closed', ['reason', 'outcome', 'tasks-done'], 'leads.assign'),
  step('reported', 'returned', ['reason'], 'leads.assign'),
  step('returned', 'checking'),
  step('reported', 'transferred', ['reason', 'outcome'], 'leads.assign'),
  step('reported', 'false-alarm', ['reason', 'outcome'], 'leads.assign'),
  step('draft', 'merged', ['reason', 'merged-into']),
  step('review', 'merged', ['reason', 'merged-into'], 'leads.assign'),
  step('checking', 'merged', ['reason', 'merged-into'], 'leads.assign'),
  step('closed', 'revisit', [], 'leads.assign'),
  step('transferred', 'revisit', [], 'leads.assign'),
  step('revisit', 'archived'),
  step('revisit', 'returned', ['reason'], 'leads.assign'),
  step('false-alarm', 'archived'),
  step('merged', 'archived'),
];

/** The step, or null where it is not allowed. */
export function caseStep(from: CaseState, to: CaseState): CaseStep | null {
  return CASE_STEPS.find((s) => s.from === from && s.to === to) ?? null;
}

export const CASE_LEVELS = ['I', 'II', 'III'] as const;
export type CaseLevel = (typeof CASE_LEVELS)[number];

export const OUTCOME_RESULTS = ['penalty', 'detention', 'criminal', 'rectify', 'no-violation', 'unverifiable'] as const;

/** A kind of case, with the tasks that it begins with. @source domain.md §4.2 (papers of a transfer), §5.2 */
export interface CaseTemplate {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly tasks: readonly { readonly id: string; readonly zh: string; readonly en: string; readonly days: number }[];
}

const TRANSFER_TASKS: CaseTemplate['tasks'] = [
  { id: 'record', zh: '现场检查（勘察）笔录、现场图', en: 'site inspection record and plan', days: 2 },
  { id: 'interview', zh: '询问笔录', en: 'interview records', days: 5 },
  { id: 'photos', zh: '现场照片、录音录像及清单', en: 'photos, recordings and their list', days: 2 },
];

export const CASE_TEMPLATES: readonly CaseTemplate[] = [
  {
    id: 'hazardous-waste',
    zh: '危险废物倾倒',
    en: 'Hazardous-waste dumping',
    tasks: [
      { id: 'secure', zh: '固定现场、防止扩散', en: 'secure the site, stop spreading', days: 1 },
      { id: 'sample', zh: '采样并送检（平行样）', en: 'sample and send to test, in parallel', days: 1 },
      { id: 'weigh', zh: '称重或方量测算', en: 'weigh or survey the volume', days: 2 },
      { id: 'manifest', zh: '核对联单、台账、过磅单', en: 'compare manifests, ledger and weighbridge', days: 3 },
      ...TRANSFER_TASKS,
      { id: 'identify', zh: '危险废物鉴别或认定意见', en: 'opinion on the waste’s nature', days: 10 },
      { id: 'goods', zh: '涉案物品清单', en: 'list of things involved', days: 3 },
    ],
  },
  {
    id: 'discharge',
    zh: '偷排、超标排放',
    en: 'Hidden or excess discharge',
    tasks: [
      { id: 'sample', zh: '排口和上下游采样', en: 'sample outlet, upstream, downstream', days: 1 },
      { id: 'power', zh: '核对用电和治污设施运行', en: 'compare power with treatment', days: 2 },
      { id: 'monitor', zh: '核对在线监测及运维记录', en: 'check the monitor and its upkeep', days: 2 },
      ...TRANSFER_TASKS,
    ],
  },
  {
    id: 'monitor-tamper',
    zh: '监测数据造假',
    en: 'Tampered monitoring',
    tasks: [
      { id: 'device', zh: '封存设备、导出日志', en: 'seal the device, export its logs', days: 1 },
      { id: 'compare', zh: '比对监测', en: 'comparison measurement', days: 2 },
      { id: 'upkeep', zh: '核查运维单位', en: 'check the upkeep firm', days: 3 },
      ...TRANSFER_TASKS,
    ],
  },
  {
    id: 'muck',
    zh: '渣土、建筑垃圾偷倒',
    en: 'Muck dumping',
    tasks: [
      { id: 'tracks', zh: '调取车辆轨迹和卡口', en: 'fetch tracks and gates of the vehicles', days: 1 },
      { id: 'site', zh: '查工地出土和处置证', en: 'check the site’s output and permit', days: 2 },
      { id: 'volume', zh: '测算方量', en: 'survey the volume', days: 3 },
      ...TRANSFER_TASKS,
    ],
  },
  {
    id: 'general',
    zh: '一般核查',
    en: 'General check',
    tasks: [
      { id: 'visit', zh: '现场核查', en: 'site visit', days: 3 },
      { id: 'report', zh: '核查报告', en: 'report', days: 5 },
    ],
  },
];
