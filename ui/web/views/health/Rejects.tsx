import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Empty, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SourceDetail, rejectList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { RowLinks } from '../../controls/RowLinks.tsx';
import { useAddress } from '../../controls/address.ts';
import { figure } from '../../controls/numbers.ts';

const PAGE = 50;

/** What was refused and why, a page at a time. A refused value's row can be opened; a refused row is not in the warehouse. */
export function Rejects({ source, rules }: { readonly source: string; readonly rules: SourceDetail['rules'] }) {
  const { t } = useTranslation('health');
  const { at, put } = useAddress();
  const rule = at('rule');
  const [page, setPage] = useState(1);
  const query = { rule, limit: PAGE, offset: (page - 1) * PAGE };
  const found = useQuery({
    queryKey: ['sources', source, 'rejects', query],
    queryFn: ({ signal }) => ask(`/api/sources/${encodeURIComponent(source)}/rejects`, rejectList, { query, signal }),
    placeholderData: keepPreviousData,
  });
  const names = [...new Set(rules.map((r) => r.rule))];
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <Select
        aria-label={t('rule')}
        allowClear
        placeholder={t('allRules')}
        style={{ minWidth: 220, marginBottom: 8 }}
        value={rule}
        onChange={(value: string | null | undefined) => {
          setPage(1);
          put({ rule: value ?? null });
        }}
        options={names.map((name) => ({
          value: name,
          label: `${name}（${figure(rules.filter((r) => r.rule === name).reduce((n, r) => n + r.count, 0))}）`,
        }))}
      />
      <Table
        size="small"
        rowKey={(r) => `${r.rowId} ${r.column ?? ''} ${r.rule}`}
        loading={found.isPending}
        dataSource={found.data?.rejects ?? []}
        style={{ overflowWrap: 'anywhere' }}
        locale={{ emptyText: <Empty description={t('noRejects')} /> }}
        pagination={{
          current: page,
          pageSize: PAGE,
          total: found.data?.total ?? 0,
          showSizeChanger: false,
          onChange: setPage,
        }}
        columns={[
          { title: t('rule'), dataIndex: 'rule' },
          { title: t('column'), dataIndex: 'column', render: (c: string | null) => c ?? '—' },
          { title: t('value'), dataIndex: 'value', render: (v: string | null) => v ?? '—' },
          { title: t('message'), dataIndex: 'message' },
          {
            title: '',
            key: 'row',
            render: (_, r) =>
              r.refusedRow ? (
                <span title={r.rowId}>
                  <Tag>{t('wholeRow')}</Tag> {r.rowId}
                </span>
              ) : (
                <>
                  <Tag>{t('onlyValue')}</Tag> <RowLinks rowIds={[r.rowId]} />
                </>
              ),
          },
        ]}
      />
    </>
  );
}
