import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Skeleton, Table, Tabs, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { type SourceDetail, type SourceReport, sourceDetail } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { figure, minute, percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import { Reasons, STATE_COLORS } from './Reasons.tsx';
import { Rejects } from './Rejects.tsx';

/** Files, columns and rejects of one source. */
export function SourceDrawer({ source, close }: { readonly source: SourceReport; readonly close: () => void }) {
  const { t } = useTranslation('health');
  const { say } = useWords();
  const found = useQuery({
    queryKey: ['sources', source.source],
    queryFn: ({ signal }) => ask(`/api/sources/${encodeURIComponent(source.source)}`, sourceDetail, { signal }),
  });
  return (
    <Drawer open onClose={close} size="min(1000px, 100vw)" title={`${say(source.title)}（${source.source}）`}>
      {source.reasons.length === 0 ? null : (
        <Alert
          type={source.state === 'red' ? 'error' : 'warning'}
          title={source.faults.length > 0 ? t('broken', { n: source.faults.length }) : t('reasons')}
          description={<Reasons reasons={source.reasons} />}
        />
      )}
      {found.error === null ? null : <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined ? (
        <Skeleton active />
      ) : (
        <Tabs
          items={[
            {
              key: 'rejects',
              label: `${t('rejects')} ${figure(found.data.rules.reduce((n, r) => n + r.count, 0))}`,
              children: <Rejects source={source.source} rules={found.data.rules} />,
            },
            {
              key: 'columns',
              label: `${t('columns')} ${found.data.columns.length}`,
              children: <Columns detail={found.data} />,
            },
            {
              key: 'files',
              label: `${t('files')} ${found.data.files.length}`,
              children: <Files detail={found.data} />,
            },
          ]}
        />
      )}
    </Drawer>
  );
}

function Columns({ detail }: { readonly detail: SourceDetail }) {
  const { t } = useTranslation('health');
  return (
    <Table
      size="small"
      rowKey="name"
      pagination={false}
      dataSource={detail.columns}
      columns={[
        { title: t('header'), dataIndex: 'header' },
        {
          title: t('column'),
          key: 'name',
          render: (_, c) =>
            c.personal ? (
              <>
                {c.name} <Tag>{t('personal')}</Tag>
              </>
            ) : (
              c.name
            ),
        },
        {
          title: t('completeness'),
          dataIndex: 'completeness',
          align: 'right',
          render: (x: number | null) => percent(x),
        },
        { title: t('placeholders'), dataIndex: 'placeholders', align: 'right', render: (n: number) => figure(n) },
        { title: t('refusedValues'), dataIndex: 'refusedValues', align: 'right', render: (n: number) => figure(n) },
      ]}
    />
  );
}

function Files({ detail }: { readonly detail: SourceDetail }) {
  const { t } = useTranslation('health');
  return (
    <Table
      size="small"
      rowKey="sha256"
      pagination={detail.files.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      dataSource={detail.files}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('file'), key: 'file', render: (_, f) => <span title={f.sha256}>{f.fileName}</span> },
        {
          title: t('state'),
          dataIndex: 'state',
          render: (s: 'red' | 'yellow' | 'green') => <Tag color={STATE_COLORS[s]}>{t(s)}</Tag>,
        },
        {
          title: t('rows'),
          key: 'rows',
          align: 'right',
          render: (_, f) => `${figure(f.readRows)} / ${figure(f.acceptedRows)} / ${figure(f.refusedRows)}`,
        },
        { title: t('from'), dataIndex: 'firstEventAt', render: (x: string | null) => minute(x) },
        { title: t('to'), dataIndex: 'lastEventAt', render: (x: string | null) => minute(x) },
        { title: t('bytes'), dataIndex: 'bytes', align: 'right', render: (n: number) => figure(n) },
        { title: t('ingested'), dataIndex: 'ingestedAtMs', render: (ms: number) => minute(new Date(ms).toISOString()) },
        { title: t('reasons'), dataIndex: 'reasons', render: (reasons: string[]) => <Reasons reasons={reasons} /> },
      ]}
    />
  );
}
