import { type Datum, type LonLat, toWgs84 } from '../clean/index.ts';

/** Datums that a Chinese source may hold without saying so; CGCS2000 counts as WGS-84. */
export const CANDIDATES = ['wgs84', 'gcj02', 'bd09'] as const satisfies readonly Datum[];

/** One sent point. Points of one source share how common each datum is in it. */
export interface DatumUnit {
  readonly source: string;
  readonly at: LonLat;
  /** WGS-84 for certain: it only bears witness for others. */
  readonly isKnown: boolean;
}

/** Points that are truly within `sigmaMetres` of one spot, which nobody knows: outlets of a permit, rows of one address, of one village. */
export interface DatumGroup {
  readonly members: readonly number[];
  readonly sigmaMetres: number;
}

export interface DatumChoice {
  readonly datum: (typeof CANDIDATES)[number];
  /** Probability of that datum, 0–1. */
  readonly confidence: number;
}

const ROUNDS = 6;
/** Members of a group that are looked at, the first ones: cost grows with the square. */
const MOST_MEMBERS = 40;
/** Chance that a member does not belong to its group's spot at all (a wrong address). */
const STRAY = 0.05;
const STRAY_METRES = 8_000;
/** Imagined points that a source starts with: sharing spots alone cannot tell which of two datums is the commoner, and most sources mean WGS-84. */
const PRIOR_POINTS = [0.5, 0.25, 0.25] as const;
const METRES_PER_DEGREE = 111_195;
const K = CANDIDATES.length;

/** The datum of every point, from points that should coincide: a mixture whose shares per source are estimated with it (EM), and messages between
 *  points through the spots they share (belief propagation, each spot being one of its members' candidate places). A point that shares no
 *  spot gets its source's commonest datum, with the share as confidence.
 *  Cost: rounds × Σ (3 × members)² · @source domain.md §1.5, a source's datum by its offset to known sites, here point by point */
export function datumsOf(units: readonly DatumUnit[], groups: readonly DatumGroup[]): DatumChoice[] {
  const places = units.map((u) => (u.isKnown ? [_plane(u.at)] : CANDIDATES.map((c) => _plane(toWgs84(u.at, c)))));
  const bounded = groups.map((g) => ({ ...g, members: g.members.slice(0, MOST_MEMBERS) }));
  const messages: Float64Array[][] = bounded.map((g) => g.members.map(() => new Float64Array(K).fill(1 / K)));
  const shares = new Map<string, Float64Array>();
  for (const u of units) shares.set(u.source, Float64Array.from(PRIOR_POINTS));
  const beliefs = units.map((u) => Float64Array.from(u.isKnown ? [1, 0, 0] : shares.get(u.source)!));
  for (let round = 0; round < ROUNDS; round++) {
    bounded.forEach((g, i) => {
      const cavity = g.members.map((u, j) => _without(beliefs[u]!, messages[i]![j]!));
      messages[i] = _messages(
        g.members.map((u) => places[u]!),
        cavity,
        g.sigmaMetres,
      );
    });
    _believe(units, bounded, messages, shares, beliefs);
    _share(units, beliefs, shares);
  }
  return beliefs.map((b) => {
    const best = b.indexOf(Math.max(...b));
    return { datum: CANDIDATES[best]!, confidence: Math.round(b[best]! * 1e4) / 1e4 };
  });
}

type Point = readonly [east: number, north: number];

/** Metres on a plane; fine for the few kilometres that are compared. */
function _plane([lon, lat]: LonLat): Point {
  return [lon * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180), lat * METRES_PER_DEGREE];
}

/** What the other members of a spot say about each member's datum. */
function _messages(places: readonly Point[][], cavity: readonly Float64Array[], sigma: number): Float64Array[] {
  const centres = places.flat();
  const fit = places.map((own, u) =>
    centres.map((c) => own.reduce((sum, p, k) => sum + cavity[u]![k]! * _density(p, c, sigma), 0)),
  );
  const total = centres.map((_c, i) => fit.reduce((sum, f) => sum + Math.log(f[i]! + Number.MIN_VALUE), 0));
  return places.map((own, u) => {
    const others = total.map((t, i) => t - Math.log(fit[u]![i]! + Number.MIN_VALUE));
    const most = Math.max(...others);
    const weight = others.map((o) => Math.exp(o - most));
    const message = new Float64Array(K);
    own.forEach((p, k) => {
      message[k] = centres.reduce((sum, c, i) => sum + weight[i]! * _density(p, c, sigma), 0);
    });
    return _normal(message);
  });
}

/** Density (per m²) of a place around a spot: a plane normal, mixed with a wide one for members that do not belong. */
function _density(p: Point, c: Point, sigma: number): number {
  const d2 = (p[0] - c[0]) ** 2 + (p[1] - c[1]) ** 2;
  const normal = (s: number): number => Math.exp(-d2 / (2 * s * s)) / (2 * Math.PI * s * s);
  return (1 - STRAY) * normal(sigma) + STRAY * normal(STRAY_METRES);
}

function _without(belief: Float64Array, message: Float64Array): Float64Array {
  return _normal(belief.map((b, k) => (message[k]! > 0 ? b / message[k]! : 0)));
}

function _believe(
  units: readonly DatumUnit[],
  groups: readonly DatumGroup[],
  messages: readonly Float64Array[][],
  shares: ReadonlyMap<string, Float64Array>,
  beliefs: Float64Array[],
): void {
  units.forEach((u, i) => {
    if (!u.isKnown) beliefs[i] = Float64Array.from(shares.get(u.source)!);
  });
  groups.forEach((g, i) =>
    g.members.forEach((u, j) => {
      if (!units[u]!.isKnown) beliefs[u] = _normal(beliefs[u]!.map((b, k) => b * messages[i]![j]![k]!));
    }),
  );
}

function _share(
  units: readonly DatumUnit[],
  beliefs: readonly Float64Array[],
  shares: Map<string, Float64Array>,
): void {
  for (const source of shares.keys()) shares.set(source, Float64Array.from(PRIOR_POINTS));
  units.forEach((u, i) => {
    if (!u.isKnown) shares.get(u.source)!.forEach((_s, k, all) => (all[k] = all[k]! + beliefs[i]![k]!));
  });
  for (const [source, sums] of shares) shares.set(source, _normal(sums));
}

function _normal(values: Float64Array): Float64Array {
  const total = values.reduce((a, b) => a + b, 0);
  return total > 0 ? values.map((v) => v / total) : new Float64Array(K).fill(1 / K);
}
