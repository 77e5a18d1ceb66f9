import { theme } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LeadCapacity } from '../../../contract/index.ts';

export interface CapacityCurveProps {
  readonly points: LeadCapacity['curve'];
  readonly at: { readonly capacity: number; readonly expected: number };
}

const WIDTH = 240;
const HEIGHT = 96;
const PAD = 20;

/** Expected confirmations over capacity with their band, and where we are on it. Small enough to need no chart library. */
export function CapacityCurve({ points, at }: CapacityCurveProps) {
  const { t } = useTranslation('leads');
  const { token } = theme.useToken();
  const all = [{ capacity: 0, expected: 0, low: 0, high: 0 }, ...points];
  const right = Math.max(at.capacity, ...all.map((p) => p.capacity));
  const top = Math.max(at.expected, ...all.map((p) => p.high), 1);
  const x = (capacity: number): number => PAD + (capacity / right) * (WIDTH - PAD - 4);
  const y = (finds: number): number => HEIGHT - 16 - (finds / top) * (HEIGHT - 22);
  const line = all.map((p) => `${x(p.capacity)},${y(p.expected)}`).join(' ');
  const band = [
    ...all.map((p) => `${x(p.capacity)},${y(p.high)}`),
    ...all.toReversed().map((p) => `${x(p.capacity)},${y(p.low)}`),
  ];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('curve')} className="capacity-curve">
      <polygon points={band.join(' ')} fill={token.colorPrimaryBg} />
      <polyline points={line} fill="none" stroke={token.colorPrimary} strokeWidth={1.5} />
      <line x1={PAD} y1={y(0)} x2={WIDTH - 4} y2={y(0)} stroke={token.colorBorder} />
      <line
        x1={x(at.capacity)}
        y1={y(0)}
        x2={x(at.capacity)}
        y2={y(at.expected)}
        stroke={token.colorTextSecondary}
        strokeDasharray="2 2"
      />
      <circle cx={x(at.capacity)} cy={y(at.expected)} r={3.5} fill={token.colorPrimary} />
      <text x={PAD - 4} y={y(top) + 8} textAnchor="end" fontSize={10} fill={token.colorTextSecondary}>
        {Math.round(top)}
      </text>
      <text x={PAD - 4} y={y(0)} textAnchor="end" fontSize={10} fill={token.colorTextSecondary}>
        0
      </text>
      <text x={WIDTH - 4} y={HEIGHT - 3} textAnchor="end" fontSize={10} fill={token.colorTextSecondary}>
        {right}
      </text>
    </svg>
  );
}
