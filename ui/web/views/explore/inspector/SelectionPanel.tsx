import { Typography } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { propertyOf } from '../../../../state/index.ts';
import { kindColor } from '../../../canvas/colors.ts';
import { useKindNames } from '../kind-names.ts';
import type { Workbench } from '../use-workbench.ts';
import { SelectionActions } from './SelectionActions.tsx';

/** Properties whose values are counted. */
const FACETS = ['kind', 'town'] as const;
const MOST_BARS = 12;

/** Several entities: what they are, counted; a press on a bar narrows the selection to it. */
export function SelectionPanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  return (
    <section className="panel" aria-label={t('selection')}>
      <Typography.Title level={5}>{t('selectedN', { n: bench.state.selected.length })}</Typography.Title>
      <SelectionActions bench={bench} />
      {FACETS.map((facet) => (
        <Facet key={facet} bench={bench} facet={facet} />
      ))}
    </section>
  );
}

function Facet({ bench, facet }: { readonly bench: Workbench; readonly facet: (typeof FACETS)[number] }) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const { state, dispatch } = bench;
  const bars = useMemo(() => {
    const parts = new Map<string, string[]>();
    for (const id of state.selected) {
      const value = propertyOf(state, state.nodes[id]!, facet);
      const key = value === null ? '' : String(value);
      const part = parts.get(key);
      if (part === undefined) parts.set(key, [id]);
      else part.push(id);
    }
    return [...parts].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  }, [state, facet]);
  const most = bars[0]?.[1].length ?? 1;
  const name = (value: string): string => (value === '' ? t('missing') : facet === 'kind' ? kindName(value) : value);
  return (
    <div className="facet">
      <h3>{t(`facet.${facet}`)}</h3>
      {bars.slice(0, MOST_BARS).map(([value, ids]) => (
        <button key={value} type="button" className="facet-bar" onClick={() => dispatch({ do: 'select', nodes: ids })}>
          <span className="facet-name">{name(value)}</span>
          <span className="facet-track" aria-hidden>
            <span
              className="facet-fill"
              style={{
                width: `${(ids.length / most) * 100}%`,
                background: facet === 'kind' && value !== '' ? kindColor(value) : '#6b8cae',
              }}
            />
          </span>
          <span className="menu-count">{ids.length}</span>
        </button>
      ))}
      {bars.length > MOST_BARS ? (
        <Typography.Text type="secondary">{t('notShown', { n: bars.length - MOST_BARS })}</Typography.Text>
      ) : null}
    </div>
  );
}
