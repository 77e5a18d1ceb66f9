import { useQuery } from '@tanstack/react-query';
import { Empty, Segmented, Table, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type CaseSummary, caseList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useAddress } from '../../controls/address.ts';
import { day } from '../../controls/numbers.ts';
import { StateTag } from './StateTag.tsx';

const SCOPES = ['mine', 'open', 'all'] as const;
const LIMIT = 200;

/** The cases: whose, in which state, how late. */
export default function Cases() {
  const { t } = useTranslation('cases');
  const { at, put } = useAddress();
  const scope = SCOPES.find((s) => s === at('scope')) ?? 'open';
  const found = useQuery({
    queryKey: ['cases', scope],
    queryFn: ({ signal }) => ask('/api/cases', caseList, { query: { scope, limit: LIMIT }, signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  const hidden = (found.data?.total ?? 0) - (found.data?.cases.length ?? 0);
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Segmented
          value={scope}
          onChange={(value) => put({ scope: value === 'open' ? null : value })}
          options={SCOPES.map((s) => ({ value: s, label: t(s) }))}
        />
      </header>
      <Table<CaseSummary>
        size="small"
        rowKey="caseId"
        loading={found.isPending}
        dataSource={found.data?.cases ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: found.isPending ? ' ' : <Empty description={t('none')}>{t('noneHint')}</Empty> }}
        columns={[
          {
            title: t('number'),
            key: 'number',
            render: (_, c) => <Link to={`/cases/${encodeURIComponent(c.caseId)}`}>{c.number}</Link>,
          },
          {
            title: t('name'),
            key: 'title',
            render: (_, c) => <Link to={`/cases/${encodeURIComponent(c.caseId)}`}>{c.title}</Link>,
          },
          { title: t('state'), key: 'state', render: (_, c) => <StateTag state={c.state} /> },
          {
            title: t('level'),
            dataIndex: 'level',
            render: (l: string) => <Tag color={l === 'I' ? 'error' : l === 'II' ? 'warning' : 'default'}>{l}</Tag>,
          },
          { title: t('assignee'), dataIndex: 'assigneeName', render: (n: string | null) => n ?? '—' },
          {
            title: t('due'),
            key: 'due',
            render: (_, c) => (
              <>
                {day(c.dueAt)} {c.isOverdue ? <Tag color="error">{t('overdue')}</Tag> : null}
              </>
            ),
          },
          { title: t('tasks'), key: 'tasks', align: 'right', render: (_, c) => `${c.tasks.done} / ${c.tasks.all}` },
          { title: t('opened'), dataIndex: 'openedAt', render: (x: string) => day(x) },
        ]}
      />
      {hidden > 0 ? <Typography.Text type="warning">{t('notShown', { n: hidden })}</Typography.Text> : null}
    </div>
  );
}
