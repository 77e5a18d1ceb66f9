import { theme } from 'antd';
import { percent } from './numbers.ts';

export interface ProbabilityBarProps {
  readonly probability: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Right end of the scale, 0–1. */
  readonly top?: number;
  readonly label: string;
}

/** A probability on a line, with its interval as a band: the eye sees at once how sure it is. */
export function ProbabilityBar({ probability, low, high, top = 1, label }: ProbabilityBarProps) {
  const { token } = theme.useToken();
  const x = (share: number): string => `${Math.min(100, (share / top) * 100)}%`;
  const from = low ?? probability;
  const to = high ?? probability;
  return (
    <figure
      aria-label={label}
      title={label}
      className="probability-bar"
      style={{ background: token.colorFillSecondary }}
    >
      <span
        style={{ left: x(from), width: `calc(${x(to)} - ${x(from)})`, background: token.colorPrimary, opacity: 0.4 }}
        className="probability-band"
      />
      <span style={{ left: x(probability), background: token.colorPrimary }} className="probability-mark" />
      <span className="sr-only">{percent(probability)}</span>
    </figure>
  );
}
