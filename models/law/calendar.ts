import { InputError } from '../../ingest/base/index.ts';

/** Days off and swapped working days (调休) of one year, as the State Council's yearly notice sets them. */
export interface HolidayYear {
  readonly year: number;
  readonly source: string;
  /** First and last day off of each holiday, `YYYY-MM-DD`. */
  readonly off: readonly (readonly [from: string, to: string, name: string])[];
  /** Weekend days that are worked. */
  readonly worked: readonly string[];
}

const SOURCE = '国务院办公厅节假日安排通知（专业知识，未复核原文）';

/** Holiday notices known to the software; a later year is added here as data. */
export const HOLIDAYS: readonly HolidayYear[] = Object.freeze([
  {
    year: 2023,
    source: SOURCE,
    off: [
      ['2023-01-01', '2023-01-02', '元旦'],
      ['2023-01-21', '2023-01-27', '春节'],
      ['2023-04-05', '2023-04-05', '清明'],
      ['2023-04-29', '2023-05-03', '劳动节'],
      ['2023-06-22', '2023-06-24', '端午'],
      ['2023-09-29', '2023-10-06', '中秋国庆'],
    ],
    worked: ['2023-01-28', '2023-01-29', '2023-04-23', '2023-05-06', '2023-06-25', '2023-10-07', '2023-10-08'],
  },
  {
    year: 2024,
    source: SOURCE,
    off: [
      ['2024-01-01', '2024-01-01', '元旦'],
      ['2024-02-10', '2024-02-17', '春节'],
      ['2024-04-04', '2024-04-06', '清明'],
      ['2024-05-01', '2024-05-05', '劳动节'],
      ['2024-06-10', '2024-06-10', '端午'],
      ['2024-09-15', '2024-09-17', '中秋'],
      ['2024-10-01', '2024-10-07', '国庆'],
    ],
    worked: [
      '2024-02-04',
      '2024-02-18',
      '2024-04-07',
      '2024-04-28',
      '2024-05-11',
      '2024-09-14',
      '2024-09-29',
      '2024-10-12',
    ],
  },
  {
    year: 2025,
    source: SOURCE,
    off: [
      ['2025-01-01', '2025-01-01', '元旦'],
      ['2025-01-28', '2025-02-04', '春节'],
      ['2025-04-04', '2025-04-06', '清明'],
      ['2025-05-01', '2025-05-05', '劳动节'],
      ['2025-05-31', '2025-06-02', '端午'],
      ['2025-10-01', '2025-10-08', '国庆中秋'],
    ],
    worked: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  },
  {
    year: 2026,
    source: SOURCE,
    off: [
      ['2026-01-01', '2026-01-03', '元旦'],
      ['2026-02-15', '2026-02-23', '春节'],
      ['2026-04-04', '2026-04-06', '清明'],
      ['2026-05-01', '2026-05-05', '劳动节'],
      ['2026-06-19', '2026-06-21', '端午'],
      ['2026-09-25', '2026-09-27', '中秋'],
      ['2026-10-01', '2026-10-07', '国庆'],
    ],
    worked: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
  },
]);

/** Why a local date is no working day: a holiday's name, `周末`, or null for a working day.
 *  @throws InputError `no-calendar` when the year's notice is not among `holidays` */
export function dayOff(date: string, holidays: readonly HolidayYear[] = HOLIDAYS): string | null {
  const year = Number(date.slice(0, 4));
  const notice = holidays.find((h) => h.year === year);
  if (notice === undefined)
    throw new InputError('no-calendar', `dayOff: no holiday notice for ${year}; add it to the calendar data`, { year });
  if (notice.worked.includes(date)) return null;
  const holiday = notice.off.find(([from, to]) => from <= date && date <= to);
  if (holiday !== undefined) return holiday[2];
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 ? '周末' : null;
}

/** The local date `days` later. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
