import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';

const NAMES = { 高: ['gradeHigh', 'error'], 中: ['gradeMid', 'warning'], 低: ['gradeLow', 'default'] } as const;

/** How much is at stake; apart from how sure it is. */
export function GradeTag({ grade }: { readonly grade: string | null }) {
  const { t } = useTranslation('kinds');
  const [name, color] = NAMES[(grade ?? '') as keyof typeof NAMES] ?? (['gradeOpen', 'default'] as const);
  return <Tag color={color}>{t(name)}</Tag>;
}
