import { CHINA_OFFSET_MS, HOUR_MS, InputError } from '../../ingest/base/index.ts';
import { HOLIDAYS, type HolidayYear, addDays, dayOff } from './calendar.ts';
import type { Grade } from './references.ts';

export type ClockUnit = 'hour' | 'day' | 'working-day';

/** A limit of a procedure (domain.md §4.2) as data. */
export interface Clock {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** The event that starts it. */
  readonly startsAt: string;
  readonly limit: number;
  readonly unit: ClockUnit;
  /** True where the text does not say how days are counted: a setting may choose the other unit. */
  readonly unitIsSetting: boolean;
  /** Reasons for which it may stand still. */
  readonly pauses: readonly string[];
  readonly source: string;
  readonly grade: Grade;
}

const clock = (
  id: string,
  names: readonly [zh: string, en: string],
  startsAt: string,
  limit: readonly [number, ClockUnit],
  rest: { source: string; grade: Grade; pauses?: readonly string[]; unitIsSetting?: boolean },
): Clock => ({
  id,
  zh: names[0],
  en: names[1],
  startsAt,
  limit: limit[0],
  unit: limit[1],
  unitIsSetting: rest.unitIsSetting ?? false,
  pauses: rest.pauses ?? [],
  source: rest.source,
  grade: rest.grade,
});

const CORRECTION = ['补正材料'];

/** Every procedure clock. */
export const CLOCKS: readonly Clock[] = Object.freeze([
  clock('head-decides', ['负责人作出移送决定', 'head decides to transfer'], '书面报告', [3, 'day'], {
    source: '移送规定5；环环监〔2017〕17号5',
    grade: 'V',
    unitIsSetting: true,
  }),
  clock('hand-file', ['向公安移交案卷并抄送检察院', 'hand the file to police'], '移送决定', [24, 'hour'], {
    source: '移送规定5；环环监〔2017〕17号5',
    grade: 'V',
  }),
  clock('not-ours', ['非本机关管辖的转送', 'police forward what is not theirs'], '公安收件', [24, 'hour'], {
    source: '移送规定7',
    grade: 'V',
  }),
  clock('incomplete', ['公安告知材料不全', 'police say the file is incomplete'], '公安收件', [24, 'hour'], {
    source: '公安刑案程序规定180',
    grade: 'V',
  }),
  clock('complete-file', ['补齐材料', 'complete the file'], '告知补正', [3, 'day'], {
    source: '公安刑案程序规定180',
    grade: 'V',
  }),
  clock('police-decide', ['公安决定是否立案', 'police decide'], '公安受理', [3, 'day'], {
    source: '移送规定8；程序规定180',
    grade: 'V',
    pauses: CORRECTION,
  }),
  clock('police-check', ['线索需查证的立案审查', 'police decide, clue needs checking'], '公安受理', [7, 'day'], {
    source: '公通字〔2016〕16号',
    grade: 'K',
    pauses: CORRECTION,
  }),
  clock('police-major', ['重大复杂线索的立案审查', 'police decide, major'], '公安受理', [30, 'day'], {
    source: '公通字〔2016〕16号',
    grade: 'K',
    pauses: CORRECTION,
  }),
  clock('ask-review', ['提请复议', 'ask for review'], '收到不立案通知', [3, 'day'], {
    source: '移送规定9',
    grade: 'V',
  }),
  clock('answer-review', ['复议决定', 'answer the review'], '收到复议申请', [3, 'day'], {
    source: '移送规定9',
    grade: 'V',
  }),
  clock('to-procurator', ['建议检察院立案监督', 'ask the procurator'], '收到复议决定', [3, 'day'], {
    source: '移送规定9',
    grade: 'V',
  }),
  clock('hand-things', ['移交涉案物品和材料', 'hand over things and papers'], '收到立案通知', [3, 'day'], {
    source: '移送规定12',
    grade: 'V',
  }),
  clock('why-not-filed', ['公安说明不立案理由', 'police explain'], '检察院要求', [7, 'day'], {
    source: '程序规定182',
    grade: 'V',
  }),
  clock('order-filing', ['公安按通知立案', 'police file as ordered'], '检察院通知立案', [15, 'day'], {
    source: '程序规定182',
    grade: 'V',
  }),
  clock('detention-transfer', ['移送行政拘留', 'transfer for detention'], '行政处罚或认定', [3, 'working-day'], {
    source: '移送行政拘留办法12',
    grade: 'V',
  }),
  clock('detention-more', ['公安要求补充', 'police ask for more'], '公安收件', [3, 'working-day'], {
    source: '移送行政拘留办法13–15',
    grade: 'V',
  }),
  clock('detention-return', ['补充后退回', 'returned with what was asked'], '要求补充', [5, 'working-day'], {
    source: '移送行政拘留办法19',
    grade: 'V',
  }),
  clock('penalty', ['作出行政处罚决定', 'penalty decision'], '立案', [90, 'day'], {
    source: '行政处罚法60；生态环境行政处罚办法',
    grade: 'V',
    pauses: ['听证', '检测', '鉴定', '公告'],
  }),
  clock('manifest-accept', ['接收单位确认联单', 'receiver confirms the manifest'], '运抵', [5, 'working-day'], {
    source: '危险废物转移管理办法',
    grade: 'V',
  }),
]);

/** Time that does not count: local dates, both included. */
export interface Pause {
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

export interface DueOptions {
  readonly pauses?: readonly Pause[];
  readonly holidays?: readonly HolidayYear[];
  /** Chooses the unit of a clock whose text leaves it open. */
  readonly unit?: 'day' | 'working-day';
  /** Whether a last natural day that is a day off moves to the next working day; default true. */
  readonly rollToWorkingDay?: boolean;
}

export interface Due {
  readonly clock: string;
  /** Last moment, UTC ISO 8601: the end of the last local day, or start + hours. */
  readonly dueAt: string;
  /** Last local date. */
  readonly dueDate: string;
  readonly unit: ClockUnit;
  /** Days passed over, and why. */
  readonly skipped: readonly { readonly date: string; readonly why: string }[];
}

/** When a clock that started at `startedAt` runs out. The first day is the day after the start; days of a pause do not count, nor days off of a working-day clock.
 *  @param startedAt  UTC moment, ISO 8601
 *  @throws InputError `no-such-clock`, `pause-not-allowed`, `unit-is-fixed`, `bad-date`, `no-calendar` */
export function dueAt(clockId: string, startedAt: string, options: DueOptions = {}): Due {
  const c = CLOCKS.find((k) => k.id === clockId);
  if (c === undefined)
    throw new InputError(
      'no-such-clock',
      `dueAt: no clock "${clockId}"; known are ${CLOCKS.map((k) => k.id).join(', ')}`,
      { clockId },
    );
  const startMs = Date.parse(startedAt);
  if (Number.isNaN(startMs))
    throw new InputError('bad-date', `dueAt: "${startedAt}" is not a moment; pass ISO 8601 UTC`, { startedAt });
  if (options.unit !== undefined && options.unit !== c.unit && !c.unitIsSetting)
    throw new InputError('unit-is-fixed', `dueAt: ${c.id} counts by ${c.unit} (${c.source}); its unit is no setting`, {
      clockId,
    });
  const pauses = options.pauses ?? [];
  for (const p of pauses)
    if (!c.pauses.includes(p.reason))
      throw new InputError(
        'pause-not-allowed',
        `dueAt: ${c.id} may not stand still for "${p.reason}"; allowed: ${c.pauses.join(', ') || 'nothing'}`,
        { clockId, reason: p.reason },
      );
  if (c.unit === 'hour') return _hours(c, startMs);
  return _days(c, startMs, {
    unit: options.unit ?? c.unit,
    pauses,
    holidays: options.holidays ?? HOLIDAYS,
    roll: options.rollToWorkingDay ?? true,
  });
}

function _hours(c: Clock, startMs: number): Due {
  const ms = startMs + c.limit * HOUR_MS;
  return { clock: c.id, dueAt: new Date(ms).toISOString(), dueDate: _localDate(ms), unit: 'hour', skipped: [] };
}

function _days(
  c: Clock,
  startMs: number,
  o: { unit: 'day' | 'working-day'; pauses: readonly Pause[]; holidays: readonly HolidayYear[]; roll: boolean },
): Due {
  const skipped: { date: string; why: string }[] = [];
  const whySkipped = (date: string, last: boolean): string | null => {
    const pause = o.pauses.find((p) => p.from <= date && date <= p.to);
    if (pause !== undefined) return pause.reason;
    return o.unit === 'working-day' || (last && o.roll) ? dayOff(date, o.holidays) : null;
  };
  let date = _localDate(startMs);
  let left = c.limit;
  while (left > 0) {
    date = addDays(date, 1);
    const why = whySkipped(date, left === 1);
    if (why === null) left--;
    else skipped.push({ date, why });
  }
  const endMs = Date.parse(`${date}T23:59:59.999Z`) - CHINA_OFFSET_MS;
  return { clock: c.id, dueAt: new Date(endMs).toISOString(), dueDate: date, unit: o.unit, skipped };
}

function _localDate(ms: number): string {
  return new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 10);
}
