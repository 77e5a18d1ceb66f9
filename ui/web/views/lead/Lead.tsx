import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tabs, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { lead, leadSignals } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { useAddress } from '../../controls/address.ts';
import { Confidence } from './Confidence.tsx';
import { Counter, type Ticks } from './Counter.tsx';
import { EvidenceChain } from './EvidenceChain.tsx';
import { Law } from './Law.tsx';
import { LeadHead } from './LeadHead.tsx';
import { Reasons } from './Reasons.tsx';
import { Report } from './Report.tsx';
import { Signals } from './Signals.tsx';
import { Comments } from '../../controls/Comments.tsx';
import { TimelineCard } from './TimelineCard.tsx';
import { WorkCard } from './WorkCard.tsx';
import './lead.css';

/** One lead: why, why not, what it rests on, and what was decided. */
export default function LeadPage() {
  const { t } = useTranslation('lead');
  const { id = '' } = useParams();
  const { at, put } = useAddress();
  const [ticks, setTicks] = useState<Ticks>({});
  const address = `/api/leads/${encodeURIComponent(id)}`;
  const found = useQuery({ queryKey: ['lead', id], queryFn: ({ signal }) => ask(address, lead, { signal }) });
  const signals = useQuery({
    queryKey: ['lead', id, 'signals'],
    queryFn: ({ signal }) => ask(`${address}/signals`, leadSignals, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active className="page" />;
  const tab = at('tab') === 'report' ? 'report' : 'overview';
  return (
    <div className="page">
      <LeadHead lead={found.data} matters={signals.data?.matters ?? []} />
      <Tabs
        activeKey={tab}
        onChange={(key) => put({ tab: key === 'overview' ? null : key })}
        items={[
          { key: 'overview', label: t('tabOverview') },
          { key: 'report', label: t('tabReport') },
        ]}
        tabBarStyle={{ marginBottom: 0 }}
      />
      {tab === 'report' ? (
        <Report leadId={id} />
      ) : (
        <div className="lead">
          <div className="lead-main">
            <Confidence lead={found.data} />
            <Reasons reasons={found.data.reasons} />
            {signals.error === null ? null : <Problem error={signals.error} retry={() => void signals.refetch()} />}
            <Signals found={signals.data} />
            <TimelineCard leadId={id} />
            <Law matters={signals.data?.matters ?? []} />
          </div>
          <aside className="lead-side">
            <Counter
              against={found.data.against}
              ticks={ticks}
              tick={(t) => setTicks((before) => ({ ...before, ...t }))}
            />
            <WorkCard lead={found.data} ticks={ticks} />
            <Comments on="lead" objectId={id} />
            <EvidenceChain leadId={id} rowIds={found.data.rowIds} />
            <Typography.Text type="secondary">{t('caution')}</Typography.Text>
          </aside>
        </div>
      )}
    </div>
  );
}
