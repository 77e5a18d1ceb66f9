import { type Datum, type LonLat, offsetMetres, toWgs84 } from './datum.ts';

/** A sent point and where its thing is known to be, WGS-84. */
export interface SitedPoint {
  readonly sent: LonLat;
  readonly known: LonLat;
}

/** What a set of sited points says about its source's datum. */
export interface InferredDatum {
  /** null when there are too few points, or none of the datums fits. */
  readonly datum: 'wgs84' | 'gcj02' | 'bd09' | null;
  /** 0–1: share of points that the chosen datum fits better than any other, less what a small set leaves open. */
  readonly confidence: number;
  /** Median of sent − known, metres: about +470, −225 is raw GCJ-02 here. */
  readonly medianEast: number;
  readonly medianNorth: number;
  /** Median distance left after conversion, metres. */
  readonly residual: number;
  readonly points: number;
}

export interface DatumInferenceOptions {
  /** Points below which nothing is inferred. */
  readonly leastPoints: number;
  /** Median distance after conversion that still counts as a fit, metres. */
  readonly mostResidualMetres: number;
}

export const DATUM_INFERENCE_DEFAULTS: DatumInferenceOptions = Object.freeze({
  leastPoints: 5,
  mostResidualMetres: 200,
});

const CANDIDATES = ['wgs84', 'gcj02', 'bd09'] as const;

/** The datum of a source (or of a batch of it) from points whose true place is known: the candidate whose conversion leaves the smallest median distance. O(n log n). */
export function inferDatum(
  points: readonly SitedPoint[],
  options: DatumInferenceOptions = DATUM_INFERENCE_DEFAULTS,
): InferredDatum {
  const offsets = points.map((p) => offsetMetres(p.known, p.sent));
  const distances = CANDIDATES.map((datum) => points.map((p) => _distance(p, datum)));
  const medians = distances.map(median);
  const best = medians.indexOf(Math.min(...medians));
  const wins = points.filter((_p, i) => distances.every((d, j) => j === best || distances[best]![i]! <= d[i]!)).length;
  const fits = points.length >= options.leastPoints && medians[best]! <= options.mostResidualMetres;
  return {
    datum: fits ? CANDIDATES[best]! : null,
    confidence: fits ? (wins / points.length) * (points.length / (points.length + 2)) : 0,
    medianEast: median(offsets.map((o) => o[0])),
    medianNorth: median(offsets.map((o) => o[1])),
    residual: points.length === 0 ? NaN : medians[best]!,
    points: points.length,
  };
}

/** The datum of one point of a source that mixes them: the candidate nearest to the known place, if it lies within 150 m and every other is at least twice as far. */
export function inferPointDatum(point: SitedPoint): Datum | null {
  const distances = CANDIDATES.map((datum) => _distance(point, datum));
  const best = distances.indexOf(Math.min(...distances));
  const others = distances.filter((_d, i) => i !== best);
  return distances[best]! <= 150 && others.every((d) => d >= 2 * distances[best]!) ? CANDIDATES[best]! : null;
}

function _distance(point: SitedPoint, datum: Datum): number {
  const [east, north] = offsetMetres(point.known, toWgs84(point.sent, datum));
  return Math.hypot(east, north);
}

/** Middle value; the mean of the two middle ones of an even count; NaN of none. */
function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
