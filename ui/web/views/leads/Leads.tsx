import { DownloadOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Pagination, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { leadList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useAddress } from '../../controls/address.ts';
import { useListKeys } from '../../controls/list-keys.ts';
import { minute } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import { CapacityPanel } from './CapacityPanel.tsx';
import { LeadFilters } from './LeadFilters.tsx';
import { LeadTable } from './LeadTable.tsx';
import { filtersOf, queryOf } from './filters.ts';

const PAGE = 50;

/** The ranked leads: how many a week can take, which of them, and what each is about. */
export default function Leads() {
  const { t } = useTranslation('leads');
  const { language } = useWords();
  const { at, put } = useAddress();
  const navigate = useNavigate();
  const filters = filtersOf(at);
  const page = Math.max(1, Number(at('page') ?? 1) || 1);
  const teamDays = Math.max(1, Number(at('teamDays') ?? 20) || 20);
  const perTeamDay = Math.max(0.25, Number(at('perTeamDay') ?? 1) || 1);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const query = { ...queryOf(filters), top: PAGE, offset: (page - 1) * PAGE };
  const leads = useQuery({
    queryKey: ['leads', 'list', query],
    queryFn: ({ signal }) => ask('/api/leads', leadList, { query, signal }),
    placeholderData: keepPreviousData,
  });
  const shown = leads.data?.leads;
  const keys = useListKeys(
    shown?.length ?? 0,
    useMemo(
      () => ({
        open: (place: number) => void navigate(`/leads/${shown![place]!.leadId}`),
        toggle: (place: number) => {
          const id = shown![place]!.leadId;
          setSelected((s) => (s.includes(id) ? s.filter((x) => x !== id) : [...s, id]));
        },
      }),
      [shown, navigate],
    ),
  );
  if (leads.error !== null) return <Problem error={leads.error} retry={() => void leads.refetch()} />;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{t('title')}</h1>
        <Typography.Text type="secondary">
          {leads.data === undefined
            ? ''
            : `${t('asOf', { date: minute(leads.data.asOf) })} · ${t('run', { run: leads.data.runId })}`}
        </Typography.Text>
        <span style={{ flex: 1 }} />
        <Button
          icon={<DownloadOutlined />}
          href={`/api/leads.csv?${new URLSearchParams({ ...queryOf(filters), lang: language }).toString()}`}
        >
          {t('export')}
        </Button>
      </header>
      <CapacityPanel
        teamDays={teamDays}
        perTeamDay={perTeamDay}
        change={(c) =>
          put({
            ...(c.teamDays === undefined ? {} : { teamDays: String(c.teamDays) }),
            ...(c.perTeamDay === undefined ? {} : { perTeamDay: String(c.perTeamDay) }),
          })
        }
      />
      <LeadFilters filters={filters} list={leads.data} change={(c) => put({ ...c, page: null })} />
      <div className="row-wrap">
        <Typography.Text>
          {leads.data === undefined ? '…' : t('matching', { n: leads.data.matching, total: leads.data.total })}
        </Typography.Text>
        <Typography.Text type="secondary">{t('keys')}</Typography.Text>
      </div>
      <LeadTable
        list={leads.data}
        loading={leads.isPending || leads.isPlaceholderData}
        capacity={Math.round(teamDays * perTeamDay)}
        current={keys.current}
        setCurrent={keys.setCurrent}
        selected={selected}
        select={null}
        work={null}
      />
      {leads.data !== undefined && leads.data.matching > PAGE ? (
        <Pagination
          current={page}
          pageSize={PAGE}
          total={leads.data.matching}
          showSizeChanger={false}
          onChange={(p) => put({ page: p === 1 ? null : String(p) })}
        />
      ) : null}
    </div>
  );
}
