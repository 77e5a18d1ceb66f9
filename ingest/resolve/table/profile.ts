import { folded, tokensOf } from '../names/index.ts';

/** What a column holds, as far as the engine needs to know. */
export type ColumnType =
  | 'empty'
  | 'date'
  | 'year'
  | 'email'
  | 'phone'
  | 'number'
  | 'code'
  | 'category'
  | 'short'
  | 'phrase'
  | 'text'
  | 'han-name';

/** One column as seen. Shares are of all rows (`filled`) or of filled cells. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly filled: number;
  readonly distinct: number;
  /** Distinct values per filled cell. */
  readonly distinctShare: number;
  readonly tokens: number;
  readonly length: number;
  /** Bits that a random filled cell tells: entropy of its values. */
  readonly entropy: number;
  /** Why this type. */
  readonly because: string;
}

const DATE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|(?:1[5-9]|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:[ t].*)?$/;
const PARTIAL_DATE = /^(?:\d{4}|\d{4}[-/.]\d{1,2})$/;
const NUMBER = /^[-+$€£¥]?\d[\d,]*(?:\.\d+)?%?$/;

/** Looks at every cell of a column once. */
export function profileColumn(name: string, values: readonly (string | null)[]): ColumnProfile {
  const counts = new Map<string, number>();
  const seen = { date: 0, partial: 0, email: 0, phone: 0, number: 0, year: 0, digits: 0, han: 0, lead: 0, decimal: 0 };
  let filled = 0;
  let tokens = 0;
  let length = 0;
  for (const raw of values) {
    const v = folded(raw);
    if (v === null) continue;
    filled++;
    const n = counts.get(v);
    counts.set(v, (n ?? 0) + 1);
    _count(v, seen);
    tokens += n === undefined || filled < 2000 ? tokensOf(v).length : 0;
    length += v.length;
  }
  const seenTokens = Math.max(1, Math.max(counts.size, Math.min(filled, 1999)));
  const facts = {
    filled,
    distinct: counts.size,
    distinctShare: filled === 0 ? 0 : counts.size / filled,
    tokens: tokens / seenTokens,
    length: filled === 0 ? 0 : length / filled,
    entropy: _entropy(counts, filled),
  };
  const [type, because] = _type(name, facts, seen);
  return { name, type, ...facts, filled: values.length === 0 ? 0 : filled / values.length, because };
}

interface Seen {
  date: number;
  partial: number;
  email: number;
  phone: number;
  number: number;
  year: number;
  digits: number;
  han: number;
  lead: number;
  decimal: number;
}

function _count(v: string, seen: Seen): void {
  if (DATE.test(v)) seen.date++;
  if (PARTIAL_DATE.test(v)) seen.partial++;
  if (v.includes('@')) seen.email++;
  if (NUMBER.test(v)) {
    seen.number++;
    if (/^0\d/.test(v)) seen.lead++;
    if (/[.,$€£¥]/.test(v)) seen.decimal++;
    if (/^(?:1[4-9]|20)\d\d$/.test(v)) seen.year++;
  }
  const digits = v.replace(/\D/g, '').length;
  if (digits > 0) seen.digits++;
  if (digits >= 7 && digits <= 15 && /^[+\d][\d\s().\-/x]*$/.test(v)) seen.phone++;
  if (/\p{Script=Han}{2}/u.test(v)) seen.han++;
}

function _entropy(counts: ReadonlyMap<string, number>, filled: number): number {
  let h = 0;
  for (const n of counts.values()) h -= (n / filled) * Math.log2(n / filled);
  return h;
}

interface Facts {
  readonly filled: number;
  readonly distinct: number;
  readonly distinctShare: number;
  readonly tokens: number;
  readonly length: number;
}

function _type(name: string, f: Facts, seen: Seen): [ColumnType, string] {
  if (f.filled === 0) return ['empty', 'no value'];
  if (f.distinct === 1) return ['empty', 'one value everywhere'];
  const share = (n: number): number => n / f.filled;
  if (share(seen.date) + share(seen.partial) >= 0.8 && share(seen.date) >= 0.2)
    return ['date', 'most values are dates'];
  if (share(seen.year) >= 0.9) return ['year', 'most values are years'];
  if (share(seen.email) >= 0.6) return ['email', 'most values hold @'];
  const callable = /phone|fax|tel|mobile|电话|手机|传真/i.test(name);
  if (share(seen.phone) >= 0.8 && (callable || share(seen.number) < 0.5)) return ['phone', 'digits written as phones'];
  if (share(seen.han) >= 0.5) return f.length <= 40 ? ['han-name', 'short Han text'] : ['text', 'long Han text'];
  if (share(seen.number) >= 0.9) {
    if (share(seen.decimal) >= 0.3) return ['number', 'decimals'];
    return ['code', 'whole numbers'];
  }
  if (f.tokens <= 1.6 && share(seen.digits) >= 0.7) return ['code', 'letters and digits in one word'];
  if (f.distinctShare <= 0.05 && f.distinct <= 200) return ['category', 'few values, often repeated'];
  if (f.tokens > 9) return ['text', 'many words'];
  return f.tokens > 1.7 ? ['phrase', 'several words'] : ['short', 'one or two words'];
}
