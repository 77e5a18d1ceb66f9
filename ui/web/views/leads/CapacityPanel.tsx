import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, InputNumber, Skeleton, Slider, Statistic, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { leadCapacity } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { figure, percent } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';
import { CapacityCurve } from './CapacityCurve.tsx';

export interface CapacityPanelProps {
  readonly teamDays: number;
  readonly perTeamDay: number;
  readonly change: (changes: { readonly teamDays?: number; readonly perTeamDay?: number }) => void;
}

/** Team-days to what they are worth: expected confirmations with their interval, and the lead at the margin (N7). */
export function CapacityPanel({ teamDays, perTeamDay, change }: CapacityPanelProps) {
  const { t } = useTranslation('leads');
  const { say } = useWords();
  const capacity = Math.max(1, Math.round(teamDays * perTeamDay));
  const view = useQuery({
    queryKey: ['leads', 'capacity', capacity],
    queryFn: ({ signal }) => ask('/api/leads/capacity', leadCapacity, { query: { capacity }, signal }),
    placeholderData: keepPreviousData,
  });
  if (view.error !== null) return <Problem error={view.error} retry={() => void view.refetch()} />;
  return (
    <Card size="small" title={t('capacity')} extra={t('leadsCount', { n: capacity })}>
      <div className="capacity">
        <div className="capacity-sliders">
          <span id="team-days">{t('teamDays')}</span>
          <div className="row-wrap" style={{ flexWrap: 'nowrap' }}>
            <Slider
              style={{ flex: 1, minWidth: 0, marginInlineEnd: 18 }}
              min={1}
              max={100}
              value={teamDays}
              onChange={(value: number) => change({ teamDays: value })}
              ariaLabelledByForHandle="team-days"
              marks={{ 1: '1', 20: '20', 40: '40', 60: '60', 80: '80', 100: '100' }}
            />
            <InputNumber
              aria-label={t('teamDays')}
              min={1}
              max={500}
              value={teamDays}
              onChange={(value) => change({ teamDays: value ?? 1 })}
              style={{ width: 72 }}
            />
          </div>
          <label className="row-wrap">
            {t('perTeamDay')}
            <InputNumber
              min={0.25}
              max={4}
              step={0.25}
              value={perTeamDay}
              onChange={(value) => change({ perTeamDay: value ?? 1 })}
              style={{ width: 80 }}
            />
          </label>
        </div>
        {view.data === undefined ? (
          <Skeleton active paragraph={{ rows: 2 }} />
        ) : (
          <>
            <div aria-live="polite" className="capacity-figures">
              <Figure
                title={t('expected', { meaning: say(view.data.meaning) })}
                value={t('expectedValue', { value: figure(view.data.expected, 1) })}
                note={`${t('interval', { low: figure(view.data.low, 1), high: figure(view.data.high, 1) })} · ${t('byHoldout')}`}
              />
              <Figure
                title={t('ofList')}
                value={figure(view.data.ofList.expected, 1)}
                note={
                  view.data.ofList.listed < capacity
                    ? t('short', { listed: view.data.ofList.listed, capacity })
                    : t('ofListValue', {
                        value: figure(view.data.ofList.expected, 1),
                        low: view.data.ofList.low,
                        high: view.data.ofList.high,
                      })
                }
              />
              <Figure
                title={t('marginal')}
                value={percent(view.data.marginal)}
                note={
                  view.data.last === null ? (
                    t('none')
                  ) : (
                    <>
                      {t('last')} <Link to={`/leads/${view.data.last.leadId}`}>{view.data.last.label}</Link>{' '}
                      {percent(view.data.last.probability)}
                    </>
                  )
                }
              />
            </div>
            <CapacityCurve points={view.data.curve} at={view.data} />
          </>
        )}
      </div>
    </Card>
  );
}

function Figure({ title, value, note }: { readonly title: string; readonly value: string; readonly note: ReactNode }) {
  return (
    <div>
      <Statistic title={title} value={value} />
      <Typography.Text type="secondary" style={{ fontSize: 12 }}>
        {note}
      </Typography.Text>
    </div>
  );
}
