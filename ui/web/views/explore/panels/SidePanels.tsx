import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { SearchPanel } from '../SearchPanel.tsx';
import type { Workbench } from '../use-workbench.ts';
import { FilterPanel } from './FilterPanel.tsx';
import { MeasurePanel } from './MeasurePanel.tsx';
import { PatternPanel } from './PatternPanel.tsx';
import { StylePanel } from './StylePanel.tsx';

/** The panels left of the canvas. */
export function SidePanels({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  return (
    <Tabs
      size="small"
      items={[
        { key: 'search', label: t('search'), children: <SearchPanel bench={bench} /> },
        { key: 'filter', label: t('filters'), children: <FilterPanel bench={bench} /> },
        { key: 'style', label: t('styles'), children: <StylePanel bench={bench} /> },
        { key: 'measure', label: t('measuresTab'), children: <MeasurePanel bench={bench} /> },
        { key: 'pattern', label: t('pattern'), children: <PatternPanel bench={bench} /> },
      ]}
    />
  );
}
