import { type Datum, type LonLat, offsetMetres, toWgs84 } from '../clean/index.ts';

/** A place that a row should be at, with how far off it may honestly be. */
export interface Reference {
  readonly at: LonLat;
  readonly sigmaMetres: number;
}

/** Datums that a Chinese source may hold without saying so; CGCS2000 counts as WGS-84. */
export const CANDIDATES = ['wgs84', 'gcj02', 'bd09'] as const satisfies readonly Datum[];

export interface DatumChoice {
  readonly datum: (typeof CANDIDATES)[number];
  /** Probability of that datum, 0–1. */
  readonly confidence: number;
}

const ROUNDS = 60;
/** Chance that a reference is not the row's place at all; keeps one wrong match from deciding. */
const STRAY = 0.02;
const STRAY_METRES = 20_000;
/** A source starts as one third each, held by this many imagined rows, so that a few rows cannot make it certain. */
const PRIOR_ROWS = 1;

/** The datum of each row of one source: a mixture over the candidates whose shares the rows with a reference estimate (EM); a row without
 *  one gets the commonest datum, with its share as confidence.
 *  @source domain.md §1.5: a source's datum by its offset to known sites, here row by row */
export function datumsOf(points: readonly LonLat[], references: readonly (Reference | null)[]): DatumChoice[] {
  const likelihoods = points.map((p, i) => {
    const r = references[i]!;
    return r === null ? null : CANDIDATES.map((c) => _density(toWgs84(p, c), r));
  });
  let shares = CANDIDATES.map(() => 1 / CANDIDATES.length);
  for (let round = 0; round < ROUNDS; round++) {
    const sums = CANDIDATES.map(() => PRIOR_ROWS / CANDIDATES.length);
    for (const l of likelihoods) if (l !== null) _posterior(l, shares).forEach((p, k) => (sums[k] = sums[k]! + p));
    const total = sums.reduce((a, b) => a + b, 0);
    shares = sums.map((s) => s / total);
  }
  return likelihoods.map((l) => {
    const posterior = l === null ? shares : _posterior(l, shares);
    const best = posterior.indexOf(Math.max(...posterior));
    return { datum: CANDIDATES[best]!, confidence: Math.round(posterior[best]! * 1e4) / 1e4 };
  });
}

/** Density (per m²) of a point around its reference: a plane normal, mixed with a wide one for wrong matches. */
function _density(point: LonLat, r: Reference): number {
  const [east, north] = offsetMetres(r.at, point);
  const normal = (s: number): number => Math.exp(-(east * east + north * north) / (2 * s * s)) / (2 * Math.PI * s * s);
  return (1 - STRAY) * normal(r.sigmaMetres) + STRAY * normal(STRAY_METRES);
}

function _posterior(likelihood: readonly number[], shares: readonly number[]): number[] {
  const joint = likelihood.map((l, k) => l * shares[k]!);
  const total = joint.reduce((a, b) => a + b, 0);
  return total === 0 ? [...shares] : joint.map((j) => j / total);
}
