/** How sure a legal reference is (domain grades): V read in the text, S secondary source, K professional knowledge not re-checked, G our guess. */
export type Grade = 'V' | 'S' | 'K' | 'G';

/** One law, or part of one, as it stood between two dates. Dates are local, inclusive. */
export interface LawVersion {
  readonly law: string;
  readonly articles: readonly string[];
  readonly validFrom: string;
  /** Last day; null = still in force as far as known. */
  readonly validTo: string | null;
  readonly source: string;
  readonly grade: Grade;
  /** What an officer should know about it: fine range, condition. */
  readonly note: string | null;
}

/** A matter that a law regulates, in its versions through time. Administrative matters move to the Code by date of conduct. */
export interface LawMatter {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly kind: 'administrative' | 'criminal' | 'interpretation';
  readonly versions: readonly LawVersion[];
}

/** First day of the 生态环境法典. */
export const CODE_FROM = '2026-08-15';
const CODE = '生态环境法典';
const DAY_BEFORE_CODE = '2026-08-14';

/** An old law, whose articles the Code replaces. */
export function replaced(
  law: string,
  since: string,
  articles: readonly string[],
  code: readonly string[],
  note: string | null = null,
): LawVersion[] {
  const old: LawVersion = {
    law,
    articles,
    validFrom: since,
    validTo: DAY_BEFORE_CODE,
    source: '领域参考（条号）；施行日期为专业知识，未复核',
    grade: 'K',
    note,
  };
  const now: LawVersion = {
    law: CODE,
    articles: code,
    validFrom: CODE_FROM,
    validTo: null,
    source: 'shengtai-huanjing-fadian 条文对照 (摘要)',
    grade: 'S',
    note: code.length === 0 ? '法典对应条文未核，引用前请法制人员确认' : null,
  };
  return [old, now];
}

/** A law that stands outside the Code. */
export function standing(
  law: string,
  since: string,
  articles: readonly string[],
  grade: Grade,
  note: string | null = null,
): LawVersion[] {
  return [
    {
      law,
      articles,
      validFrom: since,
      validTo: null,
      source: '领域参考（条号）；施行日期为专业知识，未复核',
      grade,
      note,
    },
  ];
}

/** The environmental-crime interpretation and the one before it; numbers of the earlier one are professional knowledge. */
export function interpretation(articles: readonly string[], before: readonly string[]): LawVersion[] {
  const now: LawVersion = {
    law: '法释〔2023〕7号',
    articles,
    validFrom: '2023-08-15',
    validTo: null,
    source: 'LawRefBook/Laws 2025-04',
    grade: 'V',
    note: null,
  };
  const old: LawVersion = {
    law: '法释〔2016〕29号',
    articles: before,
    validFrom: '2017-01-01',
    validTo: '2023-08-14',
    source: '专业知识，未复核',
    grade: 'K',
    note: '行为早于 2023-08-15：新旧解释均列出，适用由法制人员定',
  };
  return before.length === 0 ? [now] : [old, now];
}
