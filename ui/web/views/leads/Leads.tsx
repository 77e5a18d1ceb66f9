import { DownloadOutlined, UserSwitchOutlined } from '@ant-design/icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Pagination, Segmented, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { leadList } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { useMay } from '../../client/session.ts';
import { useQueue } from '../../client/work.ts';
import { AssignDialog } from '../../controls/AssignDialog.tsx';
import { Problem } from '../../controls/Problem.tsx';
import { useAddress } from '../../controls/address.ts';
import { useListKeys } from '../../controls/list-keys.ts';
import { minute } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import { CapacityPanel } from './CapacityPanel.tsx';
import { LeadFilters } from './LeadFilters.tsx';
import { LeadTable } from './LeadTable.tsx';
import { WorkCell } from './WorkCell.tsx';
import { filtersOf, queryOf } from './filters.ts';
import { SCOPES, inScope, scopeOf } from './scope.ts';

const PAGE = 50;

/** The ranked leads: how many a week can take, which of them, what each is about and who has it. */
export default function Leads() {
  const { t } = useTranslation('leads');
  const { at, put } = useAddress();
  const may = useMay();
  const navigate = useNavigate();
  const work = useQueue();
  const filters = filtersOf(at);
  const scope = scopeOf(at('scope'));
  const page = Math.max(1, Number(at('page') ?? 1) || 1);
  const teamDays = Math.max(1, Number(at('teamDays') ?? 20) || 20);
  const perTeamDay = Math.max(0.25, Number(at('perTeamDay') ?? 1) || 1);
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [isAssigning, setAssigning] = useState(false);
  const query = { ...queryOf(filters), top: 1000 };
  const leads = useQuery({
    queryKey: ['leads', 'list', query],
    queryFn: ({ signal }) => ask('/api/leads', leadList, { query, signal }),
    placeholderData: keepPreviousData,
  });
  const matching = (leads.data?.leads ?? []).filter((l) => inScope(scope, work.byLead.get(l.leadId), work.mine));
  const shown = matching.slice((page - 1) * PAGE, page * PAGE);
  const toggle = (id: string): void => setSelected((s) => (s.includes(id) ? s.filter((x) => x !== id) : [...s, id]));
  const keys = useListKeys(shown.length, {
    open: (place) => void navigate(`/leads/${shown[place]!.leadId}`),
    toggle: (place) => toggle(shown[place]!.leadId),
  });
  if (leads.error !== null) return <Problem error={leads.error} retry={() => void leads.refetch()} />;
  const beyond = (leads.data?.matching ?? 0) - (leads.data?.leads.length ?? 0);
  return (
    <div className="page">
      <LeadsHead asOf={leads.data?.asOf ?? null} runId={leads.data?.runId ?? ''} query={queryOf(filters)} />
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
      <div className="row-wrap">
        {work.counts === null ? null : (
          <Segmented
            aria-label={t('scope')}
            style={{ maxWidth: '100%', overflowX: 'auto' }}
            value={scope}
            onChange={(value) => put({ scope: value === 'all' ? null : value, page: null })}
            options={SCOPES.map((s) => ({ value: s.id, label: `${t(s.text)} ${work.counts![s.id]}` }))}
          />
        )}
        <LeadFilters filters={filters} list={leads.data} change={(c) => put({ ...c, page: null })} />
      </div>
      {work.error === null ? null : <Problem error={work.error} />}
      <div className="row-wrap" style={{ minHeight: 30 }}>
        <Typography.Text>
          {leads.data === undefined ? '…' : t('matching', { n: matching.length, total: leads.data.total })}
        </Typography.Text>
        {beyond > 0 ? <Typography.Text type="warning">{t('notShown', { n: beyond })}</Typography.Text> : null}
        {may('leads.assign') && shown.length > 0 ? (
          <Button size="small" onClick={() => setSelected(shown.map((l) => l.leadId))}>
            {t('selectPage')}
          </Button>
        ) : null}
        {selected.length === 0 ? (
          <Typography.Text type="secondary">{t('keys')}</Typography.Text>
        ) : (
          <>
            <Typography.Text strong>{t('selected', { n: selected.length })}</Typography.Text>
            <Button type="primary" icon={<UserSwitchOutlined />} onClick={() => setAssigning(true)}>
              {t('assign')}
            </Button>
            <Button type="link" onClick={() => setSelected([])}>
              {t('clearSelection')}
            </Button>
          </>
        )}
      </div>
      <LeadTable
        list={leads.data}
        leads={shown}
        loading={leads.isPending || leads.isPlaceholderData}
        capacity={Math.round(teamDays * perTeamDay)}
        current={keys.current}
        setCurrent={keys.setCurrent}
        selected={selected}
        select={may('leads.assign') ? setSelected : null}
        work={
          work.counts === null
            ? null
            : {
                title: t('work'),
                key: 'work',
                width: 130,
                render: (_, lead) => <WorkCell item={work.byLead.get(lead.leadId)} />,
              }
        }
      />
      {matching.length > PAGE ? (
        <Pagination
          current={page}
          pageSize={PAGE}
          total={matching.length}
          showSizeChanger={false}
          onChange={(p) => put({ page: p === 1 ? null : String(p) })}
        />
      ) : null}
      {isAssigning ? (
        <AssignDialog
          leadIds={selected}
          close={(isDone) => {
            setAssigning(false);
            if (isDone) setSelected([]);
          }}
        />
      ) : null}
    </div>
  );
}

interface LeadsHeadProps {
  readonly asOf: string | null;
  readonly runId: string;
  readonly query: Record<string, string>;
}

function LeadsHead({ asOf, runId, query }: LeadsHeadProps) {
  const { t } = useTranslation('leads');
  const { language } = useWords();
  return (
    <header className="page-head">
      <h1>{t('title')}</h1>
      <Typography.Text type="secondary">
        {asOf === null ? '' : `${t('asOf', { date: minute(asOf) })} · ${t('run', { run: runId })}`}
      </Typography.Text>
      <span style={{ flex: 1 }} />
      <Button
        icon={<DownloadOutlined />}
        href={`/api/leads.csv?${new URLSearchParams({ ...query, lang: language }).toString()}`}
      >
        {t('export')}
      </Button>
    </header>
  );
}
