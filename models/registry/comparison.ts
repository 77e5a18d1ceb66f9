import type { CardFigure, CardSlice } from './card-shape.ts';

/** Two models on the same rows: those whose results became known after the champion was trained, so that neither had learned from them. */
export interface ModelComparison {
  readonly challenger: string;
  readonly champion: string;
  /** China dates of the first and last weekly list judged; null = none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly weeks: number;
  readonly rows: number;
  readonly findings: number;
  readonly precision: { readonly challenger: CardFigure; readonly champion: CardFigure };
  /** Challenger minus champion, paired by resampled components. */
  readonly difference: CardFigure;
  readonly ece: { readonly challenger: number | null; readonly champion: number | null };
  /** Slices in which the challenger's probabilities are off by more than 0.05 and the champion's are not. */
  readonly worseSlices: readonly Pick<CardSlice, 'by' | 'slice' | 'rows' | 'meanProbability' | 'shareFound'>[];
  readonly verdict: ComparisonVerdict;
}

/** `may-promote`: the interval excludes a loss, and neither calibration nor a slice is worse. */
export type ComparisonVerdict = 'may-promote' | 'too-early' | 'loss-not-excluded' | 'calibration-worse' | 'slice-worse';

/** How much worse the expected calibration error may be and still count as the same. */
export const ECE_SLACK = 0.01;

/** The rule of promotion, in one place. */
export function verdictOf(of: Omit<ModelComparison, 'verdict'>): ComparisonVerdict {
  if (of.weeks === 0 || of.difference.low === null) return 'too-early';
  if (of.difference.low < 0) return 'loss-not-excluded';
  if ((of.ece.challenger ?? 1) > (of.ece.champion ?? 0) + ECE_SLACK) return 'calibration-worse';
  return of.worseSlices.length > 0 ? 'slice-worse' : 'may-promote';
}
