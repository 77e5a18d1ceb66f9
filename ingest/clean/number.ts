import { type Cleaned, kept, refused } from './cleaned.ts';
import { plain } from './text.ts';

const PLAIN = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,3})?$/i;
const GROUPED = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const SCALES: Readonly<Record<string, number>> = { 百: 1e2, 千: 1e3, 万: 1e4, 百万: 1e6, 千万: 1e7, 亿: 1e8 };
const SCALED = /^([+-]?\d+(?:\.\d+)?)(百万|千万|百|千|万|亿)$/;

/** A number as people write it: full-width digits, `1,234.5`, `1.2万`. Refuses what has two readings (`1.200,00`, `1,2`), a limit
 *  (`<0.5`, below detection is not a number), a text with a unit, and anything not finite. Empty text is refused, not 0. */
export function cleanNumber(sent: string): Cleaned<number> {
  const text = plain(sent)
    .replaceAll(' ', '')
    .replace(/^[¥￥]/, '')
    .replace(/^[−–]/, '-');
  if (PLAIN.test(text)) return _finite(Number(text), sent);
  if (GROUPED.test(text)) return _finite(Number(text.replaceAll(',', '')), sent);
  const scaled = SCALED.exec(text);
  if (scaled !== null) return _finite(_exactly(scaled[1]!, SCALES[scaled[2]!]!), sent);
  if (/^[<≤>≥＜]|^(nd|未检出|低于检出限)$/i.test(text))
    return refused('below-detection', `"${sent}" is a limit or "not detected", not a number`);
  if (/^\d{1,3}(\.\d{3})*,\d+$/.test(text))
    return refused('decimal-comma', `"${sent}" has a decimal comma or a broken group; write a point`);
  return refused('not-a-number', `"${sent}" is not a number`);
}

/** `cleanNumber`, and the value must be a whole number that a float64 holds exactly. */
export function cleanInteger(sent: string): Cleaned<number> {
  const number = cleanNumber(sent);
  if (number.value === null) return number;
  if (!Number.isInteger(number.value)) return refused('not-whole', `"${sent}" is not a whole number`);
  if (!Number.isSafeInteger(number.value))
    return refused('digits-lost', `"${sent}" is too long for a number; send it as text`);
  return number;
}

function _finite(value: number, sent: string): Cleaned<number> {
  return Number.isFinite(value) ? kept(value) : refused('not-a-number', `"${sent}" is not finite`);
}

/** 1.2 × 10 000 is 12000, not 12000.000000000002: the point is moved in the text. */
function _exactly(digits: string, scale: number): number {
  return Number(`${digits}e${Math.round(Math.log10(scale))}`);
}
