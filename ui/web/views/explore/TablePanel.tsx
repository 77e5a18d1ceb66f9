import { Button, Table, type TableColumnsType } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CanvasNode, passing } from '../../../state/index.ts';
import { day } from '../../controls/numbers.ts';
import { useKindNames } from './kind-names.ts';
import { useMeasureNames } from './measure-names.ts';
import type { Workbench } from './use-workbench.ts';

export interface TablePanelProps {
  readonly bench: Workbench;
  readonly centre: (id: string) => void;
}

/** What the canvas shows, as rows: sorted by any column, selected here and there at once. Also the way for a reader who does not see the canvas. */
export function TablePanel({ bench, centre }: TablePanelProps) {
  const { t } = useTranslation('explore');
  const { kindName } = useKindNames();
  const measureName = useMeasureNames();
  const { state, dispatch } = bench;
  const { nodes, degreeOf } = useMemo(() => _withDegrees(state), [state]);
  const go = (id: string): void => {
    dispatch({ do: 'select', nodes: [id] });
    centre(id);
  };
  const byText = (of: (n: CanvasNode) => string | null) => (a: CanvasNode, b: CanvasNode) =>
    (of(a) ?? '').localeCompare(of(b) ?? '', 'zh');
  const columns: TableColumnsType<CanvasNode> = [
    {
      title: t('facet.label'),
      dataIndex: 'label',
      sorter: byText((n) => n.label),
      render: (_, n) => (
        <Button type="link" size="small" className="table-name" onClick={() => go(n.id)}>
          {n.label}
        </Button>
      ),
    },
    { title: t('facet.kind'), dataIndex: 'kind', render: kindName, sorter: byText((n) => kindName(n.kind)) },
    {
      title: t('facet.town'),
      dataIndex: 'town',
      render: (v: string | null) => v ?? '—',
      sorter: byText((n) => n.town),
    },
    {
      title: t('degree'),
      key: 'degree',
      align: 'right',
      render: (_, n) => degreeOf(n.id),
      sorter: (a, b) => degreeOf(a.id) - degreeOf(b.id),
    },
    {
      title: t('mentions'),
      dataIndex: 'mentions',
      align: 'right',
      sorter: (a, b) => (a.mentions ?? 0) - (b.mentions ?? 0),
    },
    { title: t('firstKnown'), dataIndex: 'firstKnownAt', render: day, sorter: byText((n) => n.firstKnownAt) },
    ...Object.entries(state.measures).map(([m, values]) => ({
      title: measureName(m),
      key: m,
      align: 'right' as const,
      render: (_: unknown, n: CanvasNode) => values[n.id]?.toPrecision(4) ?? '—',
      sorter: (a: CanvasNode, b: CanvasNode) => (values[a.id] ?? -1) - (values[b.id] ?? -1),
    })),
  ];
  return (
    <Table<CanvasNode>
      size="small"
      rowKey="id"
      aria-label={t('table')}
      dataSource={nodes}
      columns={columns}
      pagination={{ defaultPageSize: 20, size: 'small', showTotal: (n) => t('rowsN', { n }) }}
      scroll={{ x: 'max-content' }}
      rowSelection={{
        selectedRowKeys: [...state.selected],
        onChange: (keys) => dispatch({ do: 'select', nodes: keys.map(String) }),
        getCheckboxProps: (n) => ({ 'aria-label': n.label }),
        preserveSelectedRowKeys: true,
      }}
    />
  );
}

/** Rows shown, and how many shown neighbours each has. */
function _withDegrees(state: Workbench['state']): { nodes: CanvasNode[]; degreeOf: (id: string) => number } {
  const { nodes, links } = passing(state);
  const ends = new Map<string, Set<string>>(nodes.map((n) => [n.id, new Set()]));
  for (const { from, to } of links) {
    ends.get(from)!.add(to);
    ends.get(to)!.add(from);
  }
  return { nodes, degreeOf: (id) => ends.get(id)?.size ?? 0 };
}
