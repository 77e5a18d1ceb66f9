import type { BoostModel } from '../boost/index.ts';
import type { Calibration } from '../calibrate/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import type { LogisticModel } from '../linear/index.ts';
import type { ModelCard } from './card-shape.ts';

/** How sure a probability is: for log-odds on a grid, the middle 90 % of calibrations refitted on resampled components. */
export interface ProbabilityBand {
  readonly margins: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** What became of hold-out leads that were given about this probability. */
export interface TrackBin {
  /** The bin is [low, high), the last one closed. */
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly found: number;
  /** Rows that somebody looked at within the window, and findings among them. */
  readonly checked: number;
}

/** Finds a week at one capacity, on the hold-out. */
export interface CapacityPoint {
  readonly capacity: number;
  readonly expected: number;
  /** Middle 95 % over resampled components. */
  readonly low: number;
  readonly high: number;
}

/** Middle 80 % of a feature among all subjects of its latest training date; null where nobody has it. */
export interface PeerRange {
  readonly low: number | null;
  readonly high: number | null;
}

/** A trained ranking model: data only. Its id is the hash of everything else in it. */
export interface LeadModel {
  readonly model_id: string;
  readonly format: 'tributary-lead-model-1';
  readonly task: unknown;
  /** Variant of the task; null = the one that is served. */
  readonly variant: string | null;
  /** False: made for comparison only (it uses a banned column); ranking by it is refused. */
  readonly servable: boolean;
  readonly setting: string;
  readonly learner:
    | { readonly kind: 'trees'; readonly trees: BoostModel }
    | { readonly kind: 'logistic'; readonly logistic: LogisticModel };
  /** In the order of the learner's columns. */
  readonly features: readonly FeatureDefinition[];
  readonly peers: readonly PeerRange[];
  readonly calibration: Calibration;
  readonly band: ProbabilityBand;
  readonly track: readonly TrackBin[];
  readonly capacityCurve: readonly CapacityPoint[];
  /** First day of the hold-out, the day the data ended, ISO 8601 UTC. */
  readonly origin: string;
  readonly asOf: string;
  readonly seed: number;
  /** Hashes of what it was made from. */
  readonly data: Readonly<Record<string, string>>;
  readonly card: ModelCard;
}
