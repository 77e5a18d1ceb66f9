/** Values that mean "nothing" in most exports, after folding. */
const PLACEHOLDERS = new Set(
  'na n/a null none nil unknown unk not-applicable notapplicable - -- --- . ? ?? / \\ x xx xxx tbd tba nan 无 未知 不详 不明 暂无 空 其他'.split(
    ' ',
  ),
);

/** Comparable spelling of any value: NFKC, lower case, accents off Latin letters, controls and repeated spaces out; null for placeholders.
 *  Cells are cut at 2,000 characters: what tells records apart is far before. */
export function folded(value: string | null): string | null {
  if (value === null) return null;
  const cut = value.length > 2000 ? value.slice(0, 2000) : value;
  const text = cut
    .normalize('NFKD')
    .replace(/(\p{Script=Latin})\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  return text === '' || PLACEHOLDERS.has(text) ? null : text;
}

const TOKEN = /\p{N}+|[\p{L}\p{M}]+/gu;
const HAN = /\p{Script=Han}/u;

/** Words and numbers of a folded value; Han text gives its character pairs (and lone characters of one-character runs). */
export function tokensOf(text: string): string[] {
  const out: string[] = [];
  for (const [run] of text.replaceAll("'", '').matchAll(TOKEN)) {
    if (HAN.test(run) && run.length > 1) for (let i = 0; i + 1 < run.length; i++) out.push(run.slice(i, i + 2));
    else out.push(run);
  }
  return out;
}

/** Trigrams of a folded value with its ends marked, punctuation taken as spaces; bigrams where the text is Han. */
export function gramsOf(text: string): string[] {
  const plain = ` ${text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  const size = HAN.test(plain) ? 2 : 3;
  const out: string[] = [];
  for (let i = 0; i + size <= plain.length; i++) out.push(plain.slice(i, i + size));
  return out;
}
