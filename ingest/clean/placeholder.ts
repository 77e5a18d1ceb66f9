import { plain } from './text.ts';

/** Words for "nothing" that departments type into a box that must not stay empty. Compared after NFKC, lower case. */
export const NOTHING_WORDS: ReadonlySet<string> = new Set(
  '无 暂无 没有 不详 未知 不明 空 缺 待补 待定 未填 / \\ - -- --- — —— _ . * ? ？ null none nil n/a #n/a na nan undefined (null) 无数据'.split(
    ' ',
  ),
);

/** Values that fill an identifier, a phone or a name without saying anything. */
export const FILLER_CODES: ReadonlySet<string> = new Set(
  '0 00 000 0000 00000000 000000000 1 123 1234 12345 123456 1234567 12345678 123456789 1234567890 111111 999999 999999999 888888 xxx xxxx 13800000000 13800138000 13888888888 13900000000 13000000000 11111111111 00000000000'.split(
    ' ',
  ),
);

/** Days that stand for "no date". */
export const FILLER_DATES: ReadonlySet<string> = new Set(
  '0 0000-00-00 1900-01-01 1900-1-1 1900/1/1 1900/01/01 19000101 1899-12-30 1899-12-31 1900-01-00 1900年1月1日'.split(
    ' ',
  ),
);

/** Families of kinds that share their placeholders. */
export type PlaceholderFamily = 'text' | 'code' | 'date' | 'number';

/** Whether a sent value means "missing" (domain.md §6.2). In a number, 0 is a measurement and stays. */
export function isPlaceholder(sent: string, family: PlaceholderFamily): boolean {
  const text = plain(sent).toLowerCase();
  if (text === '' || NOTHING_WORDS.has(text)) return true;
  if (family === 'code') return FILLER_CODES.has(text);
  if (family === 'date') return FILLER_DATES.has(text.slice(0, 10)) || FILLER_DATES.has(text);
  return false;
}
