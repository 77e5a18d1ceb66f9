import { Card, Empty, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Dossier } from '../../../contract/index.ts';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { figure } from '../../controls/numbers.ts';

/** The limits that its permits set. */
export function Permits({ permits }: Pick<Dossier, 'permits'>) {
  const { t } = useTranslation(['dossier', 'factors']);
  return (
    <Card size="small" title={t('dossier:permits')}>
      {permits.length === 0 ? (
        <Empty description={t('dossier:noPermits')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <Table
          size="small"
          rowKey="rowId"
          pagination={false}
          dataSource={permits}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('dossier:permitNo'), dataIndex: 'permitNo' },
            { title: t('dossier:class'), dataIndex: 'class' },
            {
              title: t('dossier:valid'),
              key: 'valid',
              render: (_, p) => `${p.validFrom ?? '—'} – ${p.validTo ?? '—'}`,
            },
            { title: t('dossier:outlet'), key: 'outlet', render: (_, p) => `${p.outlet ?? '—'} ${p.outletType ?? ''}` },
            {
              title: t('dossier:factor'),
              key: 'factor',
              render: (_, p) => t(`factors:${p.factor ?? ''}` as 'factors:w01018', { defaultValue: p.factor ?? '—' }),
            },
            {
              title: t('dossier:limit'),
              key: 'limit',
              align: 'right',
              render: (_, p) => `${figure(p.limit)} ${p.unit ?? ''}`,
            },
            {
              title: t('dossier:row'),
              key: 'row',
              className: 'no-print',
              render: (_, p) => <RowLinks rowIds={[p.rowId]} />,
            },
          ]}
        />
      )}
    </Card>
  );
}
