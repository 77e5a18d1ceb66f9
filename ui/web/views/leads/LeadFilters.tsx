import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LeadList } from '../../../contract/index.ts';
import { useWords } from '../../controls/words.ts';
import { EMPTY, FILTERS, type FilterName, type Filters } from './filters.ts';

export interface LeadFiltersProps {
  readonly filters: Filters;
  readonly list: LeadList | undefined;
  readonly change: (changes: Readonly<Partial<Record<FilterName, string | null>>>) => void;
}

/** Choices with the number of leads that each would leave. */
export function LeadFilters({ filters, list, change }: LeadFiltersProps) {
  const { t } = useTranslation('leads');
  const name = useFacetNames(list);
  const isOn = FILTERS.some((f) => filters[f] !== null);
  return (
    <search className="row-wrap" aria-label={t('filters')}>
      {FILTERS.map((f) => (
        <Select
          key={f}
          aria-label={t(f)}
          placeholder={t(f)}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          style={{ minWidth: 132 }}
          value={filters[f]}
          onChange={(value: string | null | undefined) => change({ [f]: value ?? null })}
          options={(list?.facets[f] ?? []).map((o) => ({
            value: o.value === '' ? EMPTY : o.value,
            label: `${name(f, o.value)}（${o.leads}）`,
          }))}
        />
      ))}
      {isOn ? (
        <Button type="link" onClick={() => change(Object.fromEntries(FILTERS.map((f) => [f, null])))}>
          {t('clear')}
        </Button>
      ) : null}
    </search>
  );
}

/** Names of the values of each facet, in words. */
export function useFacetNames(list: LeadList | undefined): (facet: FilterName, value: string) => string {
  const { t } = useTranslation('kinds');
  const { say } = useWords();
  return (facet, value) => {
    switch (facet) {
      case 'town':
        return value === '' ? t('noTown') : value;
      case 'grade':
        return t(({ 高: 'gradeHigh', 中: 'gradeMid', 低: 'gradeLow' } as const)[value as '高'] ?? 'gradeOpen');
      case 'typology': {
        const title = list?.typologies.find((x) => x.id === value)?.title;
        return title === undefined ? (value === '' ? t('none') : value) : `${value} ${say(title)}`;
      }
      case 'kind':
      case 'pick':
        return t(value as 'company', { defaultValue: value });
    }
  };
}
