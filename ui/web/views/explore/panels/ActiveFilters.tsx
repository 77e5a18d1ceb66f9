import { Button, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { NO_FILTER } from '../../../../state/index.ts';
import { day } from '../../../controls/numbers.ts';
import { useKindNames } from '../kind-names.ts';
import type { Workbench } from '../use-workbench.ts';
import { useConditionText } from './condition-text.ts';

/** Every filter that is on, each with a way to take it off. */
export function ActiveFilters({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const active = useActive(bench);
  if (active.length === 0) return <Typography.Text type="secondary">{t('noFilter')}</Typography.Text>;
  return (
    <ul className="row-wrap active-filters" aria-label={t('activeFilters')}>
      {active.map(({ text, off }) => (
        <li key={text}>
          <Tag color="blue" closable={{ 'aria-label': t('takeOff', { what: text }) }} onClose={off}>
            {text}
          </Tag>
        </li>
      ))}
      <li>
        <Button size="small" type="link" onClick={() => bench.dispatch({ do: 'filter', change: NO_FILTER })}>
          {t('clearFilters')}
        </Button>
      </li>
    </ul>
  );
}

function useActive(bench: Workbench): { text: string; off: () => void }[] {
  const { t } = useTranslation('explore');
  const { kindName, linkName } = useKindNames();
  const conditionText = useConditionText();
  const { filter } = bench.state;
  const set = (change: Partial<typeof filter>): void => bench.dispatch({ do: 'filter', change });
  const without = (list: readonly string[], item: string): string[] => list.filter((x) => x !== item);
  return [
    ...filter.hiddenNodeKinds.map((k) => ({
      text: t('without', { what: kindName(k) }),
      off: () => set({ hiddenNodeKinds: without(filter.hiddenNodeKinds, k) }),
    })),
    ...filter.hiddenLinkKinds.map((k) => ({
      text: t('without', { what: linkName(k) }),
      off: () => set({ hiddenLinkKinds: without(filter.hiddenLinkKinds, k) }),
    })),
    ...filter.conditions.map((c, i) => ({
      text: conditionText(c),
      off: () => set({ conditions: filter.conditions.filter((_c, j) => j !== i) }),
    })),
    ...(filter.hiddenNodes.length === 0
      ? []
      : [{ text: t('hiddenByHand', { n: filter.hiddenNodes.length }), off: () => set({ hiddenNodes: [] }) }]),
    ...(filter.window === null
      ? []
      : [{ text: `${day(filter.window.from)} – ${day(filter.window.to)}`, off: () => set({ window: null }) }]),
    ...(filter.area === null ? [] : [{ text: t('areaFilter'), off: () => set({ area: null }) }]),
  ];
}
