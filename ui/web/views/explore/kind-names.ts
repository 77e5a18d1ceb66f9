import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { en as enKinds } from '../../texts/kinds.ts';
import { en as enLinks } from '../../texts/links.ts';

export interface KindNames {
  readonly kindName: (kind: string) => string;
  readonly linkName: (kind: string) => string;
  /** One or two characters that stand in a node's circle. */
  readonly glyphOf: (kind: string) => string;
}

/** Names of kinds in the language shown; a kind that the product does not know (a user's own source) keeps its code. */
export function useKindNames(): KindNames {
  const { t, i18n } = useTranslation(['kinds', 'links']);
  return useMemo(() => {
    const kindName = (kind: string): string => (kind in enKinds ? t(`kinds:${kind}` as 'kinds:company') : kind);
    return {
      kindName,
      linkName: (kind) => (kind in enLinks ? t(`links:${kind}` as 'links:owns') : kind),
      glyphOf: (kind) =>
        i18n.language === 'en' ? kindName(kind).slice(0, 2) : (_GLYPHS[kind] ?? kindName(kind).slice(0, 1)),
    };
  }, [t, i18n.language]);
}

/** Chinese signs where the first character of the name would not tell. */
const _GLYPHS: Readonly<Record<string, string>> = {
  address: '址',
  gate: '卡',
  zone: '区',
  project: '工',
  ticket: '诉',
  inspection: '查',
  penalty: '罚',
  group: '组',
};
