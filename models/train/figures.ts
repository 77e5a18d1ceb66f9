import type { Interval } from '../evaluate/index.ts';
import type { Bilingual } from '../../ingest/schema/index.ts';
import type { CardFigure } from '../registry/index.ts';

/** NaN and infinity have no JSON: they are null on a card. */
export function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A card's figure from a value, or a value with its interval. */
export function figure(
  id: string,
  label: Bilingual,
  of: { readonly value: number | Interval; readonly unit: CardFigure['unit'] },
): CardFigure {
  const interval = typeof of.value === 'number' ? { value: of.value, low: Number.NaN, high: Number.NaN } : of.value;
  return {
    id,
    label,
    value: orNull(interval.value),
    low: orNull(interval.low),
    high: orNull(interval.high),
    unit: of.unit,
  };
}
