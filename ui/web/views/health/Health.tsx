import { useQuery } from '@tanstack/react-query';
import { Empty, Table, Tag, Tooltip, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { type SourceReport, sourceReportList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useAddress } from '../../controls/address.ts';
import { figure, minute, percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import { Reasons, STATE_COLORS } from './Reasons.tsx';
import { SourceDrawer } from './SourceDrawer.tsx';

/** Every source with its colour and the reasons for it, worst first; one opens to its files, columns and rejects. */
export default function Health() {
  const { t } = useTranslation('health');
  const { at, put } = useAddress();
  const found = useQuery({
    queryKey: ['sources', 'health'],
    queryFn: ({ signal }) => ask('/api/sources/health', sourceReportList, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const sources = found.data?.sources ?? [];
  const open = sources.find((s) => s.source === at('source'));
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Typography.Text type="secondary">
          {found.data === undefined
            ? ''
            : `${t('sources', { n: sources.length })} · ${t('asOf', { date: minute(found.data.asOf) })}`}
        </Typography.Text>
        <span className="row-wrap">
          {(['red', 'yellow', 'green', 'absent'] as const).map((s) => (
            <Tag key={s} color={STATE_COLORS[s]}>
              {t(s)} {sources.filter((x) => x.state === s).length}
            </Tag>
          ))}
        </span>
      </header>
      <SourceTable sources={sources} loading={found.isPending} open={(source) => put({ source })} />
      {open === undefined ? null : <SourceDrawer source={open} close={() => put({ source: null, rule: null })} />}
    </div>
  );
}

interface SourceTableProps {
  readonly sources: readonly SourceReport[];
  readonly loading: boolean;
  readonly open: (source: string) => void;
}

function SourceTable({ sources, loading, open }: SourceTableProps) {
  const { t } = useTranslation('health');
  const { say } = useWords();
  return (
    <Table<SourceReport>
      size="small"
      rowKey="source"
      loading={loading}
      dataSource={[...sources]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: loading ? ' ' : <Empty description={t('none')} /> }}
      columns={[
        {
          title: t('state'),
          dataIndex: 'state',
          render: (state: SourceReport['state'], s) => (
            <Tooltip title={<Reasons reasons={s.reasons} />}>
              <Tag color={STATE_COLORS[state]}>{t(state)}</Tag>
            </Tooltip>
          ),
        },
        {
          title: t('source'),
          key: 'source',
          render: (_, s) => (
            <div>
              <Typography.Link
                onClick={() => open(s.source)}
                onKeyDown={(e) => e.key === 'Enter' && open(s.source)}
                tabIndex={0}
              >
                {say(s.title)}
              </Typography.Link>
              <div>
                <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                  {s.source} · {s.department} · {t('level', { n: s.level })}
                </Typography.Text>
              </div>
            </div>
          ),
        },
        {
          title: t('rows'),
          key: 'rows',
          align: 'right',
          render: (_, s) => (
            <div>
              {figure(s.read)} / {figure(s.accepted)} / {figure(s.refused)}
              {s.duplicates === 0 ? null : (
                <div>
                  <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                    {t('duplicates')} {figure(s.duplicates)}
                  </Typography.Text>
                </div>
              )}
            </div>
          ),
        },
        { title: t('files'), dataIndex: 'files', align: 'right' },
        {
          title: t('lag'),
          dataIndex: 'lagDays',
          align: 'right',
          sorter: (a, b) => (a.lagDays ?? -1) - (b.lagDays ?? -1),
          render: (n: number | null, s) => (
            <span title={minute(s.latestEventAt)}>{n === null ? '—' : t('lagDays', { n: figure(n, 1) })}</span>
          ),
        },
        {
          title: t('completeness'),
          dataIndex: 'completeness',
          align: 'right',
          render: (x: number | null) => percent(x),
        },
        { title: t('outOfRange'), dataIndex: 'outOfRange', align: 'right', render: (x: number | null) => percent(x) },
        {
          title: <Tooltip title={t('staleHint')}>{t('stale')}</Tooltip>,
          dataIndex: 'stale',
          align: 'right',
          render: (x: number | null) => percent(x),
        },
        {
          title: t('datum'),
          key: 'datum',
          render: (_, s) =>
            s.datums.length === 0
              ? '—'
              : s.datums.map((d) => (
                  <div key={d.datum} style={{ whiteSpace: 'nowrap', fontSize: 12 }}>
                    {t('datumOf', { datum: d.datum.toUpperCase(), rows: figure(d.rows), p: percent(d.confidence) })}
                  </div>
                )),
        },
      ]}
    />
  );
}
