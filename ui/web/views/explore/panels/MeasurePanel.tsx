import { App, Button, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NODE_MEASURES } from '../../../../../graph/catalogue/index.ts';
import { passing } from '../../../../state/index.ts';
import { runMeasure } from '../../../canvas/run-measure.ts';
import { useWords } from '../../../controls/words.ts';
import { useMeasureNames } from '../measure-names.ts';
import type { Workbench } from '../use-workbench.ts';

/** Measures of the network that is shown, or of the selection: worked out beside the page, kept with the view, ready for rules and filters. */
export function MeasurePanel({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { say } = useWords();
  const { message } = App.useApp();
  const { state, dispatch } = bench;
  const [id, setId] = useState('betweenness');
  const [isBusy, setBusy] = useState(false);
  const work = async (): Promise<void> => {
    setBusy(true);
    try {
      const shown = passing(state);
      const chosen = new Set(state.selected.length > 1 ? state.selected : shown.nodes.map((n) => n.id));
      const nodes = shown.nodes.filter((n) => chosen.has(n.id));
      const links = shown.links.filter((l) => chosen.has(l.from) && chosen.has(l.to));
      dispatch({ do: 'measure', measure: id, values: await runMeasure(id, nodes, links) });
    } catch (error) {
      void message.error((error as Error).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel" aria-label={t('measuresTab')}>
      <Typography.Paragraph type="secondary" className="panel-hint">
        {state.selected.length > 1 ? t('measuresOfSelection', { n: state.selected.length }) : t('measuresOfShown')}
      </Typography.Paragraph>
      <Select
        size="small"
        aria-label={t('measuresTab')}
        value={id}
        style={{ width: '100%' }}
        options={NODE_MEASURES.map((m) => ({ value: m.id, label: say(m.label) }))}
        onChange={setId}
      />
      <Button
        size="small"
        type="primary"
        loading={isBusy}
        disabled={Object.keys(state.nodes).length === 0}
        onClick={() => void work()}
      >
        {t('workOut')}
      </Button>
      {Object.entries(state.measures).map(([measure, values]) => (
        <Ranking key={measure} bench={bench} measure={measure} values={values} />
      ))}
    </section>
  );
}

interface RankingProps {
  readonly bench: Workbench;
  readonly measure: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Entities by value; persons are never put in an order. */
function Ranking({ bench, measure, values }: RankingProps) {
  const { t } = useTranslation('explore');
  const measureName = useMeasureNames();
  const { state, dispatch } = bench;
  const rows = Object.entries(values)
    .filter(([id]) => state.nodes[id] !== undefined && !['person', 'phone'].includes(state.nodes[id].kind))
    .map(([id, value]) => ({ id, value }))
    .sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  const by = (set: 'color' | 'size'): void =>
    dispatch({
      do: 'rules',
      rules: [
        ...state.rules.filter((r) => r.id !== `rule:${set}`),
        { id: `rule:${set}`, target: 'node', set, when: null, value: null, by: `measure:${measure}` },
      ],
    });
  return (
    <div className="facet">
      <h3>{measureName(measure)}</h3>
      <div className="row-wrap">
        <Button size="small" onClick={() => by('size')}>
          {t('sizeBy')}
        </Button>
        <Button size="small" onClick={() => by('color')}>
          {t('colorBy')}
        </Button>
        <Button size="small" onClick={() => dispatch({ do: 'measure', measure, values: null })}>
          {t('remove')}
        </Button>
      </div>
      <Table
        size="small"
        rowKey="id"
        dataSource={rows}
        pagination={{ pageSize: 10, size: 'small', hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: t('facet.label'),
            key: 'label',
            render: (_, { id }) => (
              <Button
                type="link"
                size="small"
                className="table-name"
                onClick={() => dispatch({ do: 'select', nodes: [id] })}
              >
                {state.nodes[id]!.label}
              </Button>
            ),
          },
          {
            title: t('value'),
            key: 'value',
            align: 'right',
            render: (_, r) => (Number.isInteger(r.value) ? r.value : r.value.toPrecision(4)),
          },
        ]}
      />
    </div>
  );
}
