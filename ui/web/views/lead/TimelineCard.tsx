import { useQuery } from '@tanstack/react-query';
import { Card, Empty, Skeleton, Typography, theme } from 'antd';
import { Suspense, lazy, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Timeline, timeline } from '../../../contract/index.ts';
import { ask } from '../../client/api.ts';
import { Problem } from '../../controls/Problem.tsx';
import { rowsAt } from '../../controls/RowDrawer.tsx';
import { useAddress } from '../../controls/address.ts';
import { figure, minute } from '../../controls/numbers.ts';
import { useWords } from '../../controls/words.ts';

const Chart = lazy(() => import('../../controls/chart/Chart.tsx'));

/** Everything dated about the lead's subject, one lane a kind; a click opens the row. */
export function TimelineCard({ leadId }: { readonly leadId: string }) {
  const { t } = useTranslation('lead');
  const found = useQuery({
    queryKey: ['lead', leadId, 'timeline'],
    queryFn: ({ signal }) => ask(`/api/leads/${encodeURIComponent(leadId)}/timeline`, timeline, { signal }),
  });
  return (
    <Card
      size="small"
      title={t('timeline')}
      extra={<Typography.Text type="secondary">{t('timelineNote')}</Typography.Text>}
    >
      {found.error === null ? null : <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.data === undefined ? (
        found.error === null ? (
          <Skeleton active />
        ) : null
      ) : found.data.items.length === 0 ? (
        <Empty description={t('noEvents')} />
      ) : (
        <Lanes timeline={found.data} />
      )}
    </Card>
  );
}

/** The lanes as a drawing. */
export function Lanes({ timeline: of }: { readonly timeline: Timeline }) {
  const { t } = useTranslation(['lead', 'kinds']);
  const { put } = useAddress();
  const option = useLanes(of);
  const open = useCallback(
    (data: unknown) => {
      const rowId = (data as { rowId?: string } | null)?.rowId;
      if (rowId !== undefined && rowId !== '') put(rowsAt([rowId]));
    },
    [put],
  );
  const hidden = of.lanes.filter((l) => l.notShown > 0);
  return (
    <>
      <Suspense fallback={<Skeleton active />}>
        <Chart option={option} height={of.lanes.length * 30 + 84} label={t('lead:timeline')} onClick={open} />
      </Suspense>
      {hidden.map((l) => (
        <Typography.Paragraph key={l.lane} type="secondary">
          {t('lead:notShown', {
            lane: t(`kinds:${l.lane}` as 'kinds:signal', { defaultValue: l.lane }),
            n: l.notShown,
          })}
        </Typography.Paragraph>
      ))}
    </>
  );
}

function useLanes({ lanes, items }: Timeline): Record<string, unknown> {
  const { t, i18n } = useTranslation('kinds');
  const { say } = useWords();
  const { token } = theme.useToken();
  return useMemo(() => {
    const order = lanes
      .map((l) => l.lane)
      .toSorted((a, b) => Number(a === 'signal') - Number(b === 'signal') || (a < b ? -1 : 1));
    const name = (lane: string): string => t(lane as 'signal', { defaultValue: lane });
    return {
      grid: { left: 92, right: 16, top: 8, bottom: 62 },
      xAxis: {
        type: 'time',
        axisLabel: { color: token.colorTextSecondary },
        splitLine: { show: true, lineStyle: { color: token.colorSplit } },
      },
      yAxis: {
        type: 'category',
        data: order.map(name),
        axisLabel: { color: token.colorText },
        axisTick: { show: false },
        splitLine: { show: true, lineStyle: { color: token.colorSplit } },
      },
      dataZoom: [{ type: 'slider', height: 18, bottom: 8, textStyle: { color: token.colorTextSecondary } }],
      tooltip: {
        confine: true,
        renderMode: 'richText',
        formatter: ({ data }: { data: { tip: string } }) => data.tip,
      },
      series: [
        {
          type: 'scatter',
          symbolSize: 9,
          data: items.map((i) => ({
            value: [Date.parse(i.at), name(i.lane)],
            rowId: i.rowId,
            tip: `${minute(i.at)}\n${name(i.lane)}  ${title(i.lane, say(i.title), t)}${i.value === null ? '' : `\n${figure(i.value)} ${i.unit ?? ''}`}`,
            itemStyle: {
              color:
                i.lane === 'signal'
                  ? token.colorWarning
                  : i.lane === 'penalty' || i.lane === 'case'
                    ? token.colorError
                    : token.colorPrimary,
              opacity: 0.75,
            },
          })),
        },
      ],
    };
    // i18n.language: the names follow it
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lanes, items, t, token, i18n.language]);
}

function title(lane: string, text: string, t: (key: 'clean', o: { defaultValue: string }) => string): string {
  if (lane !== 'outcome') return text;
  const [verdict = '', ...act] = text.split('/');
  return [t(verdict as 'clean', { defaultValue: verdict }), ...act].join(' · ');
}
