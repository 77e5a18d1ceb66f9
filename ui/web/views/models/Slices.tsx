import { Card, Table, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ModelCard } from '../../../contract/index.ts';
import { figure, percent } from '../../controls/numbers.ts';

type Slice = ModelCard['slices'][number];

/** Where the probabilities are off, and for whom (e8). */
export function Slices({ slices }: { readonly slices: readonly Slice[] }) {
  const { t } = useTranslation(['models', 'kinds']);
  const kinds = [...new Set(slices.map((s) => s.by))];
  return (
    <Card size="small" title={t('models:slices')}>
      <Table<Slice>
        size="small"
        rowKey={(s) => `${s.by} ${s.slice}`}
        dataSource={[...slices]}
        scroll={{ x: 'max-content' }}
        pagination={slices.length > 20 ? { pageSize: 20, showSizeChanger: false } : false}
        columns={[
          {
            title: t('models:by'),
            dataIndex: 'by',
            filters: kinds.map((k) => ({ text: k, value: k })),
            onFilter: (value, s) => s.by === value,
          },
          {
            title: t('models:slice'),
            dataIndex: 'slice',
            render: (slice: string, s) =>
              slice === '(missing)'
                ? t('kinds:none')
                : s.by === 'kind'
                  ? t(`kinds:${slice}` as 'kinds:site', { defaultValue: slice })
                  : slice,
          },
          { title: t('models:rows'), dataIndex: 'rows', align: 'right', render: (n: number) => figure(n, 0) },
          {
            title: t('models:meanProbability'),
            dataIndex: 'meanProbability',
            align: 'right',
            render: (x: number) => percent(x, 1),
          },
          {
            title: t('models:shareFound'),
            dataIndex: 'shareFound',
            align: 'right',
            render: (x: number, s) => (
              <>
                {percent(x, 1)} {s.flagged ? <Tag color="error">{t('models:flagged')}</Tag> : null}
              </>
            ),
          },
          {
            title: t('models:selected'),
            dataIndex: 'selectedShare',
            align: 'right',
            render: (x: number) => percent(x, 1),
          },
          {
            title: t('models:recall'),
            dataIndex: 'recall',
            align: 'right',
            render: (x: number | null) => percent(x, 0),
          },
          { title: 'AUROC', dataIndex: 'auroc', align: 'right', render: (x: number | null) => figure(x, 3) },
        ]}
      />
    </Card>
  );
}
