import { useTranslation } from 'react-i18next';

/** A text of the data in both languages. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The language shown now, and a reader for texts that come in both. */
export function useWords(): { readonly language: 'zh' | 'en'; readonly say: (words: Words) => string } {
  const { i18n } = useTranslation();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  return { language, say: (words) => words[language] };
}

/** The two numbers of a confidence: of so many leads, so many were confirmed; null where its text has none. */
export function confidenceShare(text: string): { readonly of: string; readonly n: string } | null {
  const found = /每(\d+)条约(\d+)条/.exec(text);
  return found === null ? null : { of: found[1]!, n: found[2]! };
}

/** A lead's confidence is kept as one text, Chinese sentence first; this is the half of the language. */
export function confidenceIn(language: 'zh' | 'en', text: string): string {
  const cut = text.indexOf('。');
  if (cut < 0) return text;
  return language === 'zh'
    ? text.slice(0, cut)
    : text
        .slice(cut + 1)
        .replace(/\.$/, '')
        .trim();
}
