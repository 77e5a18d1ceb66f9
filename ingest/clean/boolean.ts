import { type Cleaned, kept, refused } from './cleaned.ts';
import { plain } from './text.ts';

/** Texts for true, lower case. */
export const TRUE_WORDS: readonly string[] = ['是', '1', 'true', 't', 'y', 'yes', '有', '√', '对', '开', '在线', 'on'];
/** Texts for false, lower case. */
export const FALSE_WORDS: readonly string[] = [
  '否',
  '0',
  'false',
  'f',
  'n',
  'no',
  '×',
  '不是',
  '错',
  '关',
  '离线',
  'off',
];

/** 是/否, 0/1, true/false and kin. 无 is a placeholder for missing, not false. */
export function cleanBoolean(sent: string): Cleaned<boolean> {
  const text = plain(sent).toLowerCase();
  if (TRUE_WORDS.includes(text)) return kept(true);
  if (FALSE_WORDS.includes(text)) return kept(false);
  return refused('not-a-boolean', `"${sent}" is neither 是 nor 否`);
}
