import type { Bilingual } from '../../ingest/schema/index.ts';

/** A figure with the interval that holds it; null where it cannot be told. */
export interface CardFigure {
  readonly id: string;
  readonly label: Bilingual;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** `share` prints as a percentage; `count`, `days` and `score` as they are. */
  readonly unit: 'share' | 'count' | 'days' | 'score';
}

/** A rival and how far the champion is above it on the same hold-out rows. */
export interface CardRival {
  readonly id: string;
  readonly label: Bilingual;
  readonly figure: CardFigure;
  /** Champion minus rival, paired; "beats" may be said when `low` > 0. */
  readonly difference: CardFigure;
  readonly beaten: boolean;
}

/** One line of a table that cuts the hold-out by something. */
export interface CardSlice {
  readonly by: string;
  readonly slice: string;
  readonly rows: number;
  readonly findings: number;
  readonly meanProbability: number;
  readonly shareFound: number;
  readonly selectedShare: number;
  readonly recall: number | null;
  readonly auroc: number | null;
  /** Mean probability and share found differ by more than 0.05 on at least 200 rows. */
  readonly flagged: boolean;
}

export interface CardBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly meanProbability: number | null;
  readonly shareFound: number | null;
}

/** A model in one page, as data (j6). */
export interface ModelCard {
  readonly title: Bilingual;
  readonly form: 'district' | 'table';
  readonly protocol: Bilingual;
  readonly champion: string;
  /** Settings tried, with their average precision on validation rows; null = could not be fitted. */
  readonly search: readonly { readonly id: string; readonly validation: number | null }[];
  readonly counts: Readonly<Record<string, number>>;
  readonly families: readonly {
    readonly id: string;
    readonly features: number;
    readonly latestKnownAt: string | null;
  }[];
  readonly skipped: readonly { readonly family: string; readonly reason: string }[];
  /** The figures that decide, first the one the task is judged by. */
  readonly headline: readonly CardFigure[];
  readonly rivals: readonly CardRival[];
  /** What each family of features brings, and whether that can be told from nothing. */
  readonly ablation: readonly (CardFigure & { readonly verdict: Bilingual })[];
  readonly weeks: readonly {
    readonly asOf: string;
    readonly listed: number;
    readonly found: number;
    readonly base: number;
  }[];
  readonly reliability: readonly CardBin[];
  readonly slices: readonly CardSlice[];
  /** Other views of the hold-out: random checks, subjects nobody knew, distinct subjects, days gained, the random split. */
  readonly beside: readonly CardFigure[];
  readonly notes: readonly string[];
  readonly limits: readonly Bilingual[];
}
