import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { day } from '../../../controls/numbers.ts';
import { useKindNames } from '../kind-names.ts';
import type { Bin } from './bins.ts';
import { linkHue } from './link-hue.ts';

export interface Window_ {
  readonly from: string;
  readonly to: string;
}

export interface HistogramProps {
  readonly bins: readonly Bin[];
  readonly window: Window_ | null;
  readonly brush: (window: Window_ | null) => void;
}

const HEIGHT = 96;

/** Bars in time, stacked by kind. Drag to brush whole bars; by keyboard the arrows move the brush, with Shift they widen it, Escape takes it off. */
export function Histogram({ bins, window, brush }: HistogramProps) {
  const { t } = useTranslation('explore');
  const { linkName } = useKindNames();
  const svg = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<readonly [number, number] | null>(null);
  const most = bins.reduce((m, b) => Math.max(m, b.total), 1);
  const chosen = drag ?? _chosen(bins, window);
  const kinds = [...new Set(bins.flatMap((b) => Object.keys(b.counts)))].sort();
  const at = (event: PointerEvent): number => {
    const { left, width } = svg.current!.getBoundingClientRect();
    return Math.min(bins.length - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * bins.length)));
  };
  const set = (a: number, b: number): void => {
    const [low, high] = [Math.max(0, Math.min(a, b)), Math.min(bins.length - 1, Math.max(a, b))];
    brush({
      from: new Date(bins[low]!.fromMs).toISOString(),
      to: new Date(bins[high]!.toMs - 1).toISOString(),
    });
  };
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (event.key === 'Escape') brush(null);
    if (by === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const [a, b] = chosen ?? [0, 0];
    if (event.shiftKey) set(a, Math.max(a, b + by));
    else if (a + by >= 0 && b + by < bins.length) set(a + by, b + by);
  };
  return (
    <>
      <svg
        ref={svg}
        className="histogram"
        viewBox={`0 0 ${bins.length} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([at(event), at(event)]);
        }}
        onPointerMove={(event) => setDrag((now) => (now === null ? null : [now[0], at(event)]))}
        onPointerUp={() => {
          if (drag !== null) set(...drag);
          setDrag(null);
        }}
        onPointerCancel={() => setDrag(null)}
      >
        {chosen === null ? null : (
          <rect
            className="histogram-brush"
            x={Math.min(...chosen)}
            y={0}
            width={Math.abs(chosen[1] - chosen[0]) + 1}
            height={HEIGHT}
          />
        )}
        {bins.map((bin, i) => (
          <Bar key={bin.fromMs} bin={bin} x={i} most={most} kinds={kinds} />
        ))}
      </svg>
      <input
        type="range"
        className="sr-only"
        aria-label={t('brush')}
        aria-valuetext={window === null ? t('allTime') : `${day(window.from)} – ${day(window.to)}`}
        min={0}
        max={bins.length - 1}
        value={chosen?.[0] ?? 0}
        onChange={(event) => set(event.target.valueAsNumber, event.target.valueAsNumber)}
        onKeyDown={onKey}
      />
      <div className="histogram-axis">
        <span>{day(new Date(bins[0]!.fromMs).toISOString())}</span>
        <span className="row-wrap">
          {kinds.slice(0, 8).map((k) => (
            <span key={k}>
              <span className="kind-dot" style={{ background: linkHue(k) }} aria-hidden /> {linkName(k)}
            </span>
          ))}
        </span>
        <span>{day(new Date(bins.at(-1)!.toMs - 1).toISOString())}</span>
      </div>
    </>
  );
}

interface BarProps {
  readonly bin: Bin;
  readonly x: number;
  readonly most: number;
  readonly kinds: readonly string[];
}

function Bar({ bin, x, most, kinds }: BarProps) {
  const heights = kinds.map((kind) => ((bin.counts[kind] ?? 0) / most) * (HEIGHT - 4));
  const below = (i: number): number => heights.slice(0, i + 1).reduce((a, b) => a + b, 0);
  return (
    <g>
      <title>{`${day(new Date(bin.fromMs).toISOString())}: ${bin.total}`}</title>
      <rect x={x} y={0} width={1} height={HEIGHT} fill="transparent" />
      {kinds.map((kind, i) =>
        heights[i] === 0 ? null : (
          <rect key={kind} x={x + 0.08} y={HEIGHT - below(i)} width={0.84} height={heights[i]} fill={linkHue(kind)} />
        ),
      )}
    </g>
  );
}

function _chosen(bins: readonly Bin[], window: Window_ | null): readonly [number, number] | null {
  if (window === null) return null;
  const [from, to] = [Date.parse(window.from), Date.parse(window.to)];
  const inside = bins.flatMap((b, i) => (b.toMs > from && b.fromMs <= to ? [i] : []));
  return inside.length === 0 ? null : [inside[0]!, inside.at(-1)!];
}
