import { Card, Skeleton, Typography, theme } from 'antd';
import { Suspense, lazy, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../contract/index.ts';

const Chart = lazy(() => import('../../controls/chart/Chart.tsx'));

/** Reliability, finds at capacity and weekly lists. */
export function ModelCharts({ model }: { readonly model: ModelDetail }) {
  const { t } = useTranslation('models');
  const reliability = useReliability(model);
  const capacity = useCapacity(model);
  const weeks = useWeeks(model);
  return (
    <div className="charts">
      {(
        [
          ['reliability', reliability],
          ['lift', capacity],
          ['weeks', weeks],
        ] as const
      ).map(([name, option]) => (
        <Card key={name} size="small" title={t(name)}>
          <Suspense fallback={<Skeleton active />}>
            <Chart option={option} height={260} label={t(name)} />
          </Suspense>
          <Typography.Text type="secondary" style={{ fontSize: 12 }}>
            {t(`${name}Note`)}
          </Typography.Text>
        </Card>
      ))}
    </div>
  );
}

const GRID = { left: 48, right: 16, top: 20, bottom: 40 };

function useAxis(): (name: string, more?: Record<string, unknown>) => Record<string, unknown> {
  const { token } = theme.useToken();
  return (name, more = {}) => ({
    type: 'value',
    name,
    nameLocation: 'middle',
    nameGap: 26,
    nameTextStyle: { color: token.colorTextSecondary },
    axisLabel: { color: token.colorTextSecondary },
    splitLine: { lineStyle: { color: token.colorSplit } },
    ...more,
  });
}

function useReliability({ card }: ModelDetail): Record<string, unknown> {
  const { t } = useTranslation('models');
  const { token } = theme.useToken();
  const axis = useAxis();
  const bins = card.reliability.filter((b) => b.meanProbability !== null && b.shareFound !== null);
  const top = Math.min(
    1,
    Math.ceil(Math.max(0.1, ...bins.map((b) => Math.max(b.meanProbability!, b.shareFound!))) * 10) / 10,
  );
  const most = Math.max(1, ...bins.map((b) => b.rows));
  return {
    grid: GRID,
    xAxis: axis(t('predicted'), { min: 0, max: top }),
    yAxis: axis(t('found'), { min: 0, max: top, nameGap: 34 }),
    tooltip: {
      renderMode: 'richText',
      confine: true,
      formatter: ({ data }: { data: number[] }) =>
        `${t('predicted')} ${(data[0]! * 100).toFixed(1)}%\n${t('found')} ${(data[1]! * 100).toFixed(1)}%\n${t('rows')} ${data[2]}`,
    },
    series: [
      {
        type: 'line',
        data: [
          [0, 0],
          [top, top],
        ],
        symbol: 'none',
        silent: true,
        lineStyle: { type: 'dashed', color: token.colorTextTertiary },
        tooltip: { show: false },
      },
      {
        type: 'line',
        data: bins.map((b) => [b.meanProbability!, b.shareFound!, b.rows]),
        symbol: 'circle',
        symbolSize: (d: number[]) => 6 + 14 * Math.sqrt(d[2]! / most),
      },
    ],
  };
}

function useCapacity({ curve, baseRate }: ModelDetail): Record<string, unknown> {
  const { t } = useTranslation('models');
  const { token } = theme.useToken();
  const axis = useAxis();
  const points = [{ capacity: 0, expected: 0, low: 0, high: 0 }, ...curve];
  const right = points.at(-1)!.capacity;
  return {
    grid: GRID,
    tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
    xAxis: axis(t('capacity'), { max: right }),
    yAxis: axis(t('expected'), { nameGap: 30 }),
    series: [
      {
        type: 'line',
        name: 'low',
        stack: 'band',
        data: points.map((p) => [p.capacity, p.low]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        silent: true,
        tooltip: { show: false },
      },
      {
        type: 'line',
        name: 'band',
        stack: 'band',
        data: points.map((p) => [p.capacity, p.high - p.low]),
        symbol: 'none',
        lineStyle: { opacity: 0 },
        areaStyle: { color: token.colorPrimary, opacity: 0.15 },
        silent: true,
        tooltip: { show: false },
      },
      {
        type: 'line',
        name: t('expected'),
        data: points.map((p) => [p.capacity, p.expected]),
        symbolSize: 5,
        color: token.colorPrimary,
      },
      ...(baseRate === null
        ? []
        : [
            {
              type: 'line',
              name: t('random'),
              data: [
                [0, 0],
                [right, right * baseRate],
              ],
              symbol: 'none',
              lineStyle: { type: 'dashed', color: token.colorTextTertiary },
            },
          ]),
    ],
  };
}

function useWeeks({ card }: ModelDetail): Record<string, unknown> {
  const { token } = theme.useToken();
  const axis = useAxis();
  return useMemo(
    () => ({
      grid: { ...GRID, bottom: 28 },
      tooltip: { trigger: 'axis', renderMode: 'richText', confine: true },
      xAxis: { type: 'category', data: card.weeks.map((w) => w.asOf), axisLabel: { color: token.colorTextSecondary } },
      yAxis: axis('', { minInterval: 1 }),
      series: [{ type: 'bar', data: card.weeks.map((w) => w.found), barCategoryGap: '15%' }],
    }),
    [card.weeks, token, axis],
  );
}
