import { type Cleaned, kept, refused } from './cleaned.ts';
import { isCalendarDay, isoDay } from './calendar.ts';
import { plain } from './text.ts';

/** A date as precise as it was sent: `2026`, `2026-03` or `2026-03-05`. */
export interface PartialDate {
  readonly text: string;
  readonly precision: 'year' | 'month' | 'day';
}

const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;
/** Excel serials between 1954-10-03 and 2119-01-09; smaller ones are more likely a count. */
const SERIAL_LOW = 20_000;
const SERIAL_HIGH = 80_000;
const HAN_DIGITS = '〇一二三四五六七八九';

/** The day of an Excel serial (1900 system; 1900-02-29, which Excel believes in, lies below the range). */
export function dayOfSerial(serial: number): string {
  return new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
}

/** A date in any of the writings met: `2026年3月5日`, `2026-3-5`, `2026/03/05`, `2026.3.5`, `20260305`, an Excel serial, 二〇二六年三月五日,
 *  a moment (its day is taken), and `2026年3月`, `2026-03`, `202603`, `2026` with their own precision. Day-first and month-first writings are refused. */
export function cleanDate(sent: string): Cleaned<PartialDate> {
  const text = _arabic(plain(sent));
  const full =
    /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(日|号)?(?:$|[ T日号].*$)/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6}|\d{9})?$/.exec(text);
  if (full !== null) return _day(Number(full[1]), Number(full[2]), Number(full[3]), sent);
  const month =
    /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?月?(份)?$/.exec(text) ?? /^((?:19|20)\d{2})(0[1-9]|1[0-2])$/.exec(text);
  if (month !== null) return _month(Number(month[1]), Number(month[2]), sent);
  const year = /^((?:19|20)\d{2})年?$/.exec(text);
  if (year !== null) return kept({ text: year[1]!, precision: 'year' });
  if (/^\d{5}(\.\d+)?$/.test(text)) {
    const serial = Number(text);
    if (serial >= SERIAL_LOW && serial < SERIAL_HIGH) return kept({ text: dayOfSerial(serial), precision: 'day' });
  }
  return refused('not-a-date', `"${sent}" is not a date like 2026-03-05 or 2026年3月5日`);
}

function _day(year: number, month: number, day: number, sent: string): Cleaned<PartialDate> {
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return refused('date-range', `"${sent}" lies outside ${FIRST_YEAR}–${LAST_YEAR}`);
  if (!isCalendarDay(year, month, day)) return refused('no-such-day', `"${sent}" is not a day of the calendar`);
  return kept({ text: isoDay(year, month, day), precision: 'day' });
}

function _month(year: number, month: number, sent: string): Cleaned<PartialDate> {
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return refused('date-range', `"${sent}" lies outside ${FIRST_YEAR}–${LAST_YEAR}`);
  if (month < 1 || month > 12) return refused('no-such-month', `"${sent}" is not a month`);
  return kept({ text: isoDay(year, month, 1).slice(0, 7), precision: 'month' });
}

/** 二〇二六年三月十五日 → 2026年3月15日; other texts unchanged. */
function _arabic(text: string): string {
  if (!/[〇零○一二三四五六七八九十]/.test(text) || !text.includes('年')) return text;
  const digits = text.replace(/[零○]/g, '〇');
  return digits
    .replace(/([一二三]?)十([一二三四五六七八九]?)(?=[月日号])/g, (_all, tens: string, ones: string) =>
      String((tens === '' ? 1 : HAN_DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : HAN_DIGITS.indexOf(ones))),
    )
    .replace(/[〇一二三四五六七八九]/g, (c) => String(HAN_DIGITS.indexOf(c)));
}
