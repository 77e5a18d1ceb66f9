import { useQuery } from '@tanstack/react-query';
import { Button, Card, Skeleton, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Lead, type LeadWork, STATE_TEXTS, VERDICT_REASONS, leadWork } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { useMay } from '../../client/session.ts';
import { AssignDialog } from '../../controls/AssignDialog.tsx';
import { Problem } from '../../controls/Problem.tsx';
import { day, minute } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import type { Ticks } from './Counter.tsx';
import { NewCase } from './NewCase.tsx';
import { VerdictForm } from './VerdictForm.tsx';

export interface WorkCardProps {
  readonly lead: Lead;
  readonly ticks: Ticks;
}

/** Who has the lead, what was decided, and the form to decide; its cases. */
export function WorkCard({ lead, ticks }: WorkCardProps) {
  const { t } = useTranslation('verdict');
  const may = useMay();
  const [isAssigning, setAssigning] = useState(false);
  const work = useQuery({
    queryKey: ['lead', lead.leadId, 'work'],
    queryFn: ({ signal }) => ask(`/api/leads/${encodeURIComponent(lead.leadId)}/work`, leadWork, { signal }),
  });
  if (work.error !== null) return <Problem error={work.error} retry={() => void work.refetch()} />;
  if (work.data === undefined) return <Skeleton active />;
  const { assignment, verdict } = work.data;
  const dueAt = assignment?.dueAt ?? null;
  return (
    <Card size="small" title={t('title')}>
      <div className="row-wrap">
        <Typography.Text>
          {assignment === null || assignment.assignee === null
            ? t('notAssigned')
            : t('assignedTo', { name: assignment.assigneeName ?? assignment.assignee })}
        </Typography.Text>
        {dueAt === null ? null : <Typography.Text type="secondary">{t('due', { date: day(dueAt) })}</Typography.Text>}
        {may('leads.assign') ? (
          <Button size="small" onClick={() => setAssigning(true)}>
            {t('assign')}
          </Button>
        ) : null}
      </div>
      <Verdicts work={work.data} />
      {may('leads.decide') ? (
        <VerdictForm lead={lead} ticks={ticks} isDecided={verdict !== null} />
      ) : (
        <Typography.Text type="secondary">{t('mayNot')}</Typography.Text>
      )}
      <Cases work={work.data} lead={lead} />
      {isAssigning ? <AssignDialog leadIds={[lead.leadId]} close={() => setAssigning(false)} /> : null}
    </Card>
  );
}

const LABELS = { 1: 'label1', 0: 'label0', none: 'labelNone' } as const;

function Verdicts({ work }: { readonly work: LeadWork }) {
  const { t } = useTranslation(['verdict', 'kinds']);
  const { say } = useWords();
  if (work.history.length === 0) return null;
  return (
    <ul className="plain" aria-label={t('verdict:history')}>
      {work.history.map((v) => {
        const reason = VERDICT_REASONS.find((r) => r.id === v.reason);
        return (
          <li key={v.verdictId}>
            <Tag color={v.decision === 'confirmed' || v.decision === 'partly' ? 'error' : 'default'}>
              {t(`kinds:${v.decision}`)}
            </Tag>
            {reason === undefined ? v.reason : say(reason)}
            {v.note === '' ? '' : `：${v.note}`}
            <div>
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {v.byName} · {minute(v.at)} ·{' '}
                {t('verdict:learns', { label: t(`verdict:${LABELS[reason?.label ?? 'none']}`) })}
              </Typography.Text>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Cases({ work, lead }: { readonly work: LeadWork; readonly lead: Lead }) {
  const { t } = useTranslation('verdict');
  const { say } = useWords();
  const may = useMay();
  const [isOpening, setOpening] = useState(false);
  return (
    <section style={{ marginTop: 12 }} aria-label={t('cases')}>
      <Typography.Text strong>{t('cases')}</Typography.Text>
      {work.cases.length === 0 ? (
        <div>
          <Typography.Text type="secondary">{t('noCases')}</Typography.Text>
        </div>
      ) : (
        <ul className="plain">
          {work.cases.map((c) => (
            <li key={c.caseId}>
              <Link to={`/cases/${encodeURIComponent(c.caseId)}`}>
                {c.number} {c.title}
              </Link>{' '}
              <Tag>{say(STATE_TEXTS.find((s) => s.id === c.state)!)}</Tag>
            </li>
          ))}
        </ul>
      )}
      {may('cases.write') ? (
        <Button size="small" style={{ marginTop: 6 }} onClick={() => setOpening(true)}>
          {t('openCase')}
        </Button>
      ) : null}
      {isOpening ? <NewCase lead={lead} close={() => setOpening(false)} /> : null}
    </section>
  );
}
