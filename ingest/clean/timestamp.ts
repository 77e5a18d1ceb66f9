import { CHINA_OFFSET_MS, DAY_MS } from '../base/index.ts';
import { type Cleaned, kept, refused, remarked } from './cleaned.ts';
import { isCalendarDay } from './calendar.ts';
import { cleanDate } from './date.ts';
import { plain } from './text.ts';

const LONG =
  /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?[T\s]*(上午|下午|凌晨|晚上|am|pm)?\s?(\d{1,2})\s?[:时点]\s?(?:(\d{1,2})\s?[:分]?\s?(?:(\d{1,2})(?:[.,](\d{1,9}))?秒?)?)?\s?(am|pm)?\s?(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;
const DIGITS = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})?(\d{2})?(\d{3})?$/;

/** A moment as milliseconds since 1970 UTC, from any writing met: `2026-03-05 02:15:30`, ISO 8601 with or without a zone, `20260305021530`,
 *  `2026年3月5日 下午2时15分`, an Excel serial with a fraction. A writing without a zone is in `zone`. A day without a time of day is its
 *  first instant, with the remark `no-time-of-day`. 24:00 is the next day's first instant. */
export function cleanTimestamp(sent: string, zone: 'china' | 'utc' = 'china'): Cleaned<number> {
  const text = plain(sent);
  const offset = zone === 'china' ? CHINA_OFFSET_MS : 0;
  const long = LONG.exec(text);
  if (long !== null) return _moment(sent, long.slice(1, 4), _clock(long), _offset(long[10], offset));
  const digits = DIGITS.exec(text);
  if (digits !== null && /^(19|20|21)/.test(text)) {
    const time = [digits[4], digits[5] ?? '0', digits[6] ?? '0', digits[7] ?? '0'].map(Number);
    return _moment(sent, digits.slice(1, 4), time, offset);
  }
  const serial = /^\d{5}\.\d+$/.test(text) ? Number(text) : NaN;
  if (serial >= 20_000 && serial < 80_000) {
    const seconds = Math.round((serial - 25_569) * 86_400);
    return kept(seconds * 1000 - offset);
  }
  const day = cleanDate(sent);
  if (day.value?.precision === 'day')
    return remarked(
      Date.parse(`${day.value.text}T00:00:00Z`) - offset,
      'no-time-of-day',
      `"${sent}" has no time of day`,
    );
  if (day.value !== null) return refused('partial-date', `"${sent}" names a ${day.value.precision}, not a moment`);
  return refused(
    day.rule === 'not-a-date' ? 'not-a-moment' : day.rule!,
    `"${sent}" is not a moment like 2026-03-05 02:15:30`,
  );
}

function _clock(long: RegExpExecArray): number[] {
  const half = (long[4] ?? long[9] ?? '').toLowerCase();
  let hour = Number(long[5]);
  if ((half === '下午' || half === '晚上' || half === 'pm') && hour < 12) hour += 12;
  if ((half === '上午' || half === '凌晨' || half === 'am') && hour === 12) hour = 0;
  return [hour, Number(long[6] ?? 0), Number(long[7] ?? 0), Number((long[8] ?? '0').padEnd(3, '0').slice(0, 3))];
}

function _offset(sign: string | undefined, fallback: number): number {
  if (sign === undefined) return fallback;
  if (/^(z|utc|gmt)$/i.test(sign)) return 0;
  const minutes = Number(sign.slice(1, 3)) * 60 + Number(sign.slice(-2));
  return (sign[0] === '-' ? -minutes : minutes) * 60_000;
}

function _moment(
  sent: string,
  day: readonly (string | undefined)[],
  time: readonly number[],
  offset: number,
): Cleaned<number> {
  const [year, month, date] = day.map(Number);
  const [hour, minute, second, milli] = time;
  if (year! < 1900 || year! > 2100) return refused('date-range', `"${sent}" lies outside 1900–2100`);
  if (!isCalendarDay(year!, month!, date!)) return refused('no-such-day', `"${sent}" is not a day of the calendar`);
  const midnight = hour === 24 && minute === 0 && second === 0;
  if ((hour! > 23 && !midnight) || minute! > 59 || second! > 59)
    return refused('no-such-time', `"${sent}" is not a time of day`);
  const ms = Date.UTC(year!, month! - 1, date!, midnight ? 0 : hour, minute, second, milli);
  return kept(ms + (midnight ? DAY_MS : 0) - offset);
}
