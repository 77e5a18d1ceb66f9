import { ArrowLeftOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type TileRow, tileList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { useAddress } from '../../controls/address.ts';
import { figure, minute, percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

const PAGE = 50;
const TONES = {
  bad: ['toneBad', 'error'],
  warn: ['toneWarn', 'warning'],
  ok: ['toneOk', 'success'],
  stale: ['toneStale', 'default'],
} as const;

/** The list behind a tile: as many lines as the tile says, each with its row, lead or place in the graph. */
export default function TileListPage() {
  const { t } = useTranslation('cockpit');
  const { say } = useWords();
  const { id = '' } = useParams();
  const { at, put } = useAddress();
  const page = Math.max(1, Number(at('page') ?? 1) || 1);
  const list = useQuery({
    queryKey: ['cockpit', id, page],
    queryFn: ({ signal }) =>
      ask(`/api/cockpit/${encodeURIComponent(id)}`, tileList, {
        query: { limit: PAGE, offset: (page - 1) * PAGE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  if (list.error !== null) return <Problem error={list.error} retry={() => void list.refetch()} />;
  return (
    <div className="page">
      <header>
        <Link to="/">
          <ArrowLeftOutlined /> {t('back')}
        </Link>
        <div className="page-head">
          <h1>{list.data === undefined ? '…' : say(list.data.title)}</h1>
          <Typography.Text type="secondary">
            {list.data === undefined ? '' : `${t('total', { n: figure(list.data.total) })} · ${say(list.data.note)}`}
          </Typography.Text>
        </div>
      </header>
      <Table<TileRow>
        size="small"
        rowKey={(r) => `${r.id} ${r.rowId ?? ''}`}
        loading={list.isPending || list.isPlaceholderData}
        dataSource={list.data?.rows ?? []}
        scroll={{ x: 'max-content' }}
        pagination={{
          current: page,
          pageSize: PAGE,
          total: list.data?.total ?? 0,
          showSizeChanger: false,
          onChange: (p) => put({ page: String(p) }),
        }}
        columns={[
          { title: t('what'), key: 'what', render: (_, r) => say(r) },
          { title: t('note'), dataIndex: 'note' },
          { title: t('when'), dataIndex: 'at', render: (x: string | null) => minute(x) },
          {
            title: t('value'),
            key: 'value',
            render: (_, r) =>
              r.unit === 'share' || r.leadId !== null ? percent(r.value) : `${figure(r.value)} ${r.unit ?? ''}`,
          },
          {
            title: t('state'),
            dataIndex: 'tone',
            render: (tone: TileRow['tone']) =>
              tone === null ? '—' : <Tag color={TONES[tone][1]}>{t(TONES[tone][0])}</Tag>,
          },
          { title: '', key: 'to', render: (_, r) => <Ways row={r} /> },
        ]}
      />
    </div>
  );
}

function Ways({ row }: { readonly row: TileRow }) {
  const { t } = useTranslation('cockpit');
  return (
    <span className="row-wrap">
      {row.leadId === null ? null : <Link to={`/leads/${row.leadId}`}>{t('toLead')}</Link>}
      {row.entityId === null ? null : (
        <Link to={`/explore?entities=${encodeURIComponent(row.entityId)}`}>{t('toCanvas')}</Link>
      )}
      {row.rowId === null ? null : <RowLinks rowIds={[row.rowId]} />}
    </span>
  );
}
