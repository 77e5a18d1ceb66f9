import { ArrowLeftOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions, Skeleton, Tag, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { type CaseDetail, caseDetail } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Comments } from '../../controls/Comments.tsx';
import { KindIcon } from '../../controls/KindIcon.tsx';
import { Problem } from '../../controls/Problem.tsx';
import { day, figure, minute } from '../../controls/numbers.ts';
import { EvidenceCard } from './EvidenceCard.tsx';
import { StateTag } from './StateTag.tsx';
import { StepForm } from './StepForm.tsx';
import { TaskCard } from './TaskCard.tsx';

/** One case: where it stands, what may come next, tasks, evidence with its custody, what it is about. */
export default function CasePage() {
  const { t } = useTranslation('cases');
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => ask(`/api/cases/${encodeURIComponent(id)}`, caseDetail, { signal }),
  });
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active className="page" />;
  const of = found.data;
  return (
    <div className="page">
      <header>
        <Link to="/cases">
          <ArrowLeftOutlined /> {t('back')}
        </Link>
        <div className="page-head">
          <h1>{of.title}</h1>
          <StateTag state={of.state} />
          {of.isOverdue ? <Tag color="error">{t('overdue')}</Tag> : null}
          <Typography.Text type="secondary">
            {of.number} · {t('level')} {of.level} · {t('assignee')} {of.assigneeName ?? '—'} · {t('due')}{' '}
            {day(of.dueAt)}
          </Typography.Text>
        </div>
      </header>
      <div className="two-sides">
        <div className="plain" style={{ alignContent: 'start' }}>
          <StepForm of={of} />
          <TaskCard of={of} />
          <EvidenceCard of={of} />
        </div>
        <div className="plain" style={{ alignContent: 'start' }}>
          {of.outcome === null ? null : <Outcome outcome={of.outcome} />}
          <Concerned of={of} />
          <Steps of={of} />
          <Comments on="case" objectId={of.caseId} />
        </div>
      </div>
    </div>
  );
}

function Outcome({ outcome }: { readonly outcome: NonNullable<CaseDetail['outcome']> }) {
  const { t } = useTranslation('cases');
  return (
    <Card size="small" title={t('outcome')}>
      <Descriptions
        size="small"
        column={2}
        items={[
          { key: 'result', label: t('result'), children: t(`results.${outcome.result}`) },
          { key: 'fine', label: t('fine'), children: figure(outcome.fineYuan) },
          { key: 'waste', label: t('waste'), children: figure(outcome.wasteTonnes) },
          { key: 'restoration', label: t('restoration'), children: figure(outcome.restorationYuan) },
          { key: 'area', label: t('area'), children: figure(outcome.restoredAreaM2) },
          { key: 'no', label: t('penaltyNo'), children: outcome.penaltyNo ?? '—' },
        ]}
      />
      {outcome.note}
    </Card>
  );
}

function Concerned({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <Card size="small" title={t('entities')}>
      <div className="row-wrap">
        {of.entities.map((e) => (
          <Link key={e.entityId} to={`/explore?entities=${encodeURIComponent(e.entityId)}`}>
            <KindIcon kind={e.kind} /> {e.label}
          </Link>
        ))}
      </div>
      {of.leadIds.length === 0 ? null : (
        <p>
          {t('leads')}：
          {of.leadIds.map((l) => (
            <Link key={l} to={`/leads/${l}`} style={{ marginInlineEnd: 8 }}>
              {l}
            </Link>
          ))}
        </p>
      )}
      {of.linked.length === 0 ? null : (
        <>
          <Typography.Text strong>{t('linked')}</Typography.Text>
          <ul className="plain">
            {of.linked.map((c) => (
              <li key={c.caseId}>
                <Link to={`/cases/${encodeURIComponent(c.caseId)}`}>
                  {c.number} {c.title}
                </Link>{' '}
                <StateTag state={c.state} /> {c.shared.map((s) => s.label).join('、')}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

function Steps({ of }: { readonly of: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <Card size="small" title={t('steps')}>
      <ul className="plain">
        {of.steps.map((s) => (
          <li key={`${s.at} ${s.to}`}>
            <StateTag state={s.to} /> {s.reason ?? ''} {s.note}
            <div>
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {s.byName} · {minute(s.at)}
              </Typography.Text>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
