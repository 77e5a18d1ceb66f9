import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button, Empty, Typography } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NO_FILTER, drawnOf, passing } from '../../../../state/index.ts';
import { day } from '../../../controls/numbers.ts';
import type { Workbench } from '../use-workbench.ts';
import { EventList } from './EventList.tsx';
import { Histogram } from './Histogram.tsx';
import { type Bin, binsOf, datedOf, unitFor } from './bins.ts';

/** Time between two steps of the playback, ms. */
const STEP_MS = 700;

/** When the links on the canvas hold: bars by hour, day, week or month; brushing a span filters canvas, map and table at once. */
export default function Timeline({ bench }: { readonly bench: Workbench }) {
  const { t } = useTranslation('explore');
  const { state, dispatch } = bench;
  const { window } = state.filter;
  const dated = useMemo(() => datedOf(passing({ ...state, filter: { ...state.filter, window: null } }).links), [state]);
  const bins = useMemo(() => _bins(dated), [dated]);
  const brush = (next: { readonly from: string; readonly to: string } | null): void =>
    dispatch({ do: 'filter', change: { window: next } });
  const [isPlaying, setPlaying] = useState(false);
  usePlayback(isPlaying, bins, window, brush, () => setPlaying(false));
  if (bins.length === 0)
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('noDates')} className="panel" />;
  const undated = Object.keys(state.links).length - datedOf(Object.values(state.links)).length;
  return (
    <div className="timeline">
      <div className="timeline-main">
        <div className="row-wrap">
          <Button
            size="small"
            icon={isPlaying ? <PauseOutlined /> : <PlayCircleOutlined />}
            onClick={() => setPlaying(!isPlaying)}
          >
            {isPlaying ? t('pause') : t('play')}
          </Button>
          <output>{window === null ? t('allTime') : `${day(window.from)} – ${day(window.to)}`}</output>
          <Button size="small" disabled={window === null} onClick={() => brush(null)}>
            {t('clearWindow')}
          </Button>
          <Typography.Text type="secondary">{t('datedN', { n: dated.length, undated })}</Typography.Text>
        </div>
        <Histogram bins={bins} window={window} brush={brush} />
      </div>
      <EventList bench={bench} ids={state.selected.length > 0 ? state.selected : _shownIds(bench)} />
    </div>
  );
}

function _shownIds({ state }: Workbench): string[] {
  return drawnOf({ ...state, fold: 0, groups: [], filter: { ...NO_FILTER, ...state.filter } }).nodes.map((n) => n.id);
}

function _bins(dated: readonly { readonly ms: number; readonly kind: string }[]): Bin[] {
  if (dated.length === 0) return [];
  const first = dated.reduce((least, d) => Math.min(least, d.ms), Infinity);
  const last = dated.reduce((most, d) => Math.max(most, d.ms), -Infinity);
  return binsOf(dated, unitFor(last - first));
}

/** Moves the window on by its own length, step by step, to the end; without one it begins with the first tenth. */
function usePlayback(
  isPlaying: boolean,
  bins: readonly Bin[],
  window: { readonly from: string; readonly to: string } | null,
  brush: (next: { readonly from: string; readonly to: string }) => void,
  stop: () => void,
): void {
  useEffect(() => {
    if (!isPlaying || bins.length === 0) return;
    const timer = setTimeout(() => {
      const [start, end] = [bins[0]!.fromMs, bins.at(-1)!.toMs];
      const length = window === null ? (end - start) / 10 : Date.parse(window.to) - Date.parse(window.from);
      const from = window === null ? start : Date.parse(window.to) + 1;
      if (from >= end) stop();
      else brush({ from: new Date(from).toISOString(), to: new Date(from + length).toISOString() });
    }, STEP_MS);
    return () => clearTimeout(timer);
  });
}
