import { InputError } from '../../ingest/base/index.ts';
import { fitIsotonic, isotonicAt, type IsotonicMap } from './isotonic.ts';
import { fitBeta, fitPlatt, sigmoidMapAt, type BetaMap, type PlattMap } from './sigmoid-maps.ts';

/** From raw log-odds to probabilities, as plain data; never falls as the log-odds rise. */
export interface Calibration {
  readonly map: IsotonicMap | BetaMap | PlattMap;
  /** Rows and positives it was fitted on. */
  readonly rows: number;
  readonly positives: number;
}

/** Least number of the rarer class for each kind of map: the more shape a map has, the more it needs. */
export const CALIBRATION_NEEDS = Object.freeze({ isotonic: 500, beta: 100, platt: 0 });

/** Fits a map on rows that training never saw (a later slice).
 *  By count of the rarer class: isotonic from 500, beta from 100, else Platt; `method` overrides.
 *  @param logits  raw log-odds; turn probabilities into these by {@link logit}
 *  @throws InputError `label-length`, `one-class` */
export function calibrate(
  labels: ArrayLike<number>,
  logits: ArrayLike<number>,
  options: { readonly method?: 'isotonic' | 'beta' | 'platt'; readonly weights?: ArrayLike<number> | null } = {},
): Calibration {
  if (labels.length !== logits.length) {
    throw new InputError('label-length', `calibrate: ${labels.length} labels for ${logits.length} scores`);
  }
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i]!;
  const rarer = Math.min(positives, labels.length - positives);
  if (rarer === 0) {
    throw new InputError(
      'one-class',
      `calibrate: all ${labels.length} labels are alike; calibration needs rows of both kinds`,
    );
  }
  const method =
    options.method ??
    (rarer >= CALIBRATION_NEEDS.isotonic ? 'isotonic' : rarer >= CALIBRATION_NEEDS.beta ? 'beta' : 'platt');
  const fit = { isotonic: fitIsotonic, beta: fitBeta, platt: fitPlatt }[method];
  return { map: fit(labels, logits, options.weights ?? null), rows: labels.length, positives };
}

/** Calibrated probability of each raw log-odds. */
export function calibrated(calibration: Calibration, logits: ArrayLike<number>): Float64Array {
  const { map } = calibration;
  return Float64Array.from(logits, (z) => (map.kind === 'isotonic' ? isotonicAt(map, z) : sigmoidMapAt(map, z)));
}

/** Log-odds of a probability, held within ±30. */
export function logit(probability: number): number {
  return Math.max(-30, Math.min(30, Math.log(probability / (1 - probability))));
}
