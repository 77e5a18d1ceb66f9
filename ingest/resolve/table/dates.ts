import { editDistance } from '../core/index.ts';

/** A date as written; 0 = that part is not known. Impossible parts stay, since a slip is still evidence. */
export interface SimpleDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** yyyymmdd, zeros for unknown parts. */
  readonly digits: string;
}

/** Reads year-first, day- or month-first (a part above 12 decides, month first otherwise), eight digits, year-month and year. */
export function parseDate(text: string): SimpleDate | null {
  const t = text.split(/[ t]/)[0]!;
  let m = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/.exec(t);
  if (m !== null) return _date(Number(m[1]), Number(m[2]), Number(m[3] ?? 0));
  m = /^(\d{4})(\d\d)(\d\d)$/.exec(t);
  if (m !== null) return _date(Number(m[1]), Number(m[2]), Number(m[3]));
  m = /^(\d{4})$/.exec(t);
  if (m !== null) return _date(Number(m[1]), 0, 0);
  m = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2,4})$/.exec(t);
  if (m === null) return null;
  const first = Number(m[1]);
  const second = Number(m[2]);
  const year = m[3]!.length === 4 ? Number(m[3]) : Number(m[3]) + (Number(m[3]) > 30 ? 1900 : 2000);
  return first > 12 ? _date(year, second, first) : _date(year, first, second);
}

function _date(year: number, month: number, day: number): SimpleDate {
  const two = (n: number): string => String(n).padStart(2, '0');
  return { year, month, day, digits: `${String(year).padStart(4, '0')}${two(month)}${two(day)}` };
}

/** 0 day and month swapped · 1 one digit off · 2 year agrees and the rest is unknown on a side · 3 two of three parts · 4 year within one · 5 different. */
export function dateAgreement(a: SimpleDate | null, b: SimpleDate | null): number {
  if (a === null || b === null) return 5;
  const partial = a.month === 0 || b.month === 0 || a.day === 0 || b.day === 0;
  if (partial) {
    if (a.year === b.year) return a.month !== 0 && b.month !== 0 && a.month !== b.month ? 5 : 2;
    return Math.abs(a.year - b.year) <= 1 ? 4 : 5;
  }
  if (a.digits === b.digits) return 1;
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 0;
  if (editDistance(a.digits, b.digits, 1) <= 1) return 1;
  const parts = (a.year === b.year ? 1 : 0) + (a.month === b.month ? 1 : 0) + (a.day === b.day ? 1 : 0);
  if (parts >= 2) return 3;
  return Math.abs(a.year - b.year) <= 1 ? 4 : 5;
}
