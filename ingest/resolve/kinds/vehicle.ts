import { type Comparison, MISSING, coded, level } from '../core/index.ts';
import { WHOLE_PLATE, foldedPlate, plainPlate, plateKeys, plateSlip } from '../names/index.ts';
import { type Tuples, fieldOf } from '../tuples.ts';
import { identifierComparison, mostHeld } from './levels.ts';
import type { KindPlan, Prepared } from './plan.ts';

/** Vehicles: plate with its class. A plate without class goes to the only class known of it; a misread plate goes to a known plate only if
 *  exactly one known plate is that near and the sighting is rare beside it. */
export const VEHICLE_PLAN: KindPlan = { kind: 'vehicle', fields: ['plate', 'plate_class'], prepare: _prepare };

/** Sources that list vehicles rather than sight them. */
const REGISTERS = new Set(['trn_licence']);

function _prepare(tuples: Tuples): Prepared {
  const plates = fieldOf(tuples, 'plate').map((p) => (p === null ? null : plainPlate(p)));
  const given = fieldOf(tuples, 'plate_class').map((c, i) => c ?? (plates[i]?.endsWith('挂') === true ? '15' : null));
  const only = _onlyClasses(plates, given);
  const classes = given.map((c, i) => c ?? (plates[i] === null ? null : (only.get(plates[i]!) ?? null)));
  const plate = coded(plates);
  const known = _knownPlates(tuples, plates);
  const whole = plates.map((p, i) => (p !== null && known.has(p) ? `${p}|${classes[i] ?? '?'}` : null));
  const full = coded(whole);
  const listed = plates.map((p) => (p !== null && known.has(p) ? p : null));
  return {
    rules: [
      { id: 'plate', fields: ['plate'], keysOf: (i) => (plate.codes[i]! < 0 ? [] : [plates[i]!]) },
      {
        id: 'plate with look-alikes folded',
        fields: ['plate'],
        maxBlock: 40,
        keysOf: (i) => (plates[i] === null ? [] : plateKeys(plates[i]!)),
      },
    ],
    comparisons: [
      _plateComparison(plates, known),
      _classComparison(classes),
      _supportComparison(tuples, plates, known),
      identifierComparison('known plate and class', full),
    ],
    exclusive: [{ id: 'known plate and class', codes: full.codes }],
    together: [full.codes, _unknownPlates(plates, classes, known)],
    anonymous: (i) => plates[i] === null,
    linkage: -Infinity,
    expectedMatches: tuples.size,
    nameOf: (members) => {
      const p = mostHeld(listed, members, tuples.rows) ?? mostHeld(plates, members, tuples.rows);
      const bearers = members.filter((i) => plates[i] === p);
      const c = mostHeld(classes, bearers, tuples.rows);
      return { id: p === null ? null : c === null ? p : `${p}/${c}`, label: p, town: null, lon: null, lat: null };
    },
  };
}

/** Sightings from which on a well-formed plate is taken as a real one, unless it stands in the shadow of a near one. */
const WELL_SEEN = 20;
/** A plate that a register does not list is in the shadow of a near one seen this many times as often. */
const SHADOW = 10;

/** Well-formed plates that a register lists, and those seen often enough to be no misreading of a near one. */
function _knownPlates(tuples: Tuples, plates: readonly (string | null)[]): Set<string> {
  const seen = new Map<string, number>();
  const known = new Set<string>();
  plates.forEach((p, i) => {
    if (p === null || !WHOLE_PLATE.test(p)) return;
    seen.set(p, (seen.get(p) ?? 0) + tuples.rows[i]!);
    if (tuples.sources[i]!.split(',').some((s) => REGISTERS.has(s))) known.add(p);
  });
  const byFold = new Map<string, string[]>();
  for (const p of seen.keys()) {
    const list = byFold.get(foldedPlate(p));
    if (list === undefined) byFold.set(foldedPlate(p), [p]);
    else list.push(p);
  }
  for (const [p, rows] of seen) {
    const shadowed = byFold
      .get(foldedPlate(p))!
      .some((q) => q !== p && (known.has(q) || seen.get(q)! >= SHADOW * rows));
    if (rows >= WELL_SEEN && !shadowed) known.add(p);
  }
  return known;
}

/** The only class that any tuple gives a plate; null when several do. */
function _onlyClasses(
  plates: readonly (string | null)[],
  classes: readonly (string | null)[],
): ReadonlyMap<string, string | null> {
  const only = new Map<string, string | null>();
  plates.forEach((p, i) => {
    const c = classes[i];
    if (p === null || c === null || c === undefined) return;
    only.set(p, only.has(p) && only.get(p) !== c ? null : c);
  });
  return only;
}

/** Unknown plates are each their own entity by plate and class, so that repeats of one unknown plate stay together. */
function _unknownPlates(
  plates: readonly (string | null)[],
  classes: readonly (string | null)[],
  known: ReadonlySet<string>,
): Int32Array {
  return coded(plates.map((p, i) => (p === null || known.has(p) ? null : `${p}|${classes[i] ?? '?'}`))).codes;
}

const PLATE_LEVELS = Object.freeze([
  MISSING,
  level('same plate', 0.58, 0.0001),
  level('one look-alike character, one side known', 0.3, 0.000001),
  level('province missing', 0.04, 0.0000003),
  level('挂 missing', 0.03, 0.0000003),
  level('one character missing', 0.02, 0.000001),
  level('different', 0.03, 0.9998),
]);

/** Two unknown plates that differ say nothing: both may be misreadings of a third. */
function _plateComparison(plates: readonly (string | null)[], known: ReadonlySet<string>): Comparison {
  const slip = (i: number, j: number): number => {
    const right = plates[i]!;
    const sent = plates[j]!;
    if (!known.has(right) || known.has(sent)) return 6;
    const kind = plateSlip(right, sent);
    return { confused: 2, province: 3, suffix: 4, dropped: 5, other: 6 }[kind];
  };
  const levelOf = (i: number, j: number): number => {
    if (plates[i] === null || plates[j] === null) return 0;
    if (plates[i] === plates[j]) return 1;
    if (!known.has(plates[i]!) && !known.has(plates[j]!)) return 0;
    return Math.min(slip(i, j), slip(j, i));
  };
  return { id: 'plate', fields: ['plate'], levels: PLATE_LEVELS, given: true, levelOf };
}

function _classComparison(classes: readonly (string | null)[]): Comparison {
  const levels = [MISSING, level('same class', 0.98, 0.6), level('other class', 0.02, 0.4, 'different')];
  const levelOf = (i: number, j: number): number =>
    classes[i] === null || classes[j] === null ? 0 : classes[i] === classes[j] ? 1 : 2;
  return { id: 'plate class', fields: ['plate_class'], levels, levelOf };
}

/** How rarely the less known spelling was met beside the better known one: a misreading is rare. */
function _supportComparison(
  tuples: Tuples,
  plates: readonly (string | null)[],
  known: ReadonlySet<string>,
): Comparison {
  const sums = new Map<string, number>();
  plates.forEach((p, i) => {
    if (p !== null) sums.set(p, (sums.get(p) ?? 0) + tuples.rows[i]!);
  });
  const levels = [
    MISSING,
    level('rare beside the known plate', 0.97, 0.6),
    level('as frequent as the known plate', 0.03, 0.4),
  ];
  const levelOf = (i: number, j: number): number => {
    const a = plates[i];
    const b = plates[j];
    if (a === null || b === null || a === undefined || b === undefined || a === b || known.has(a) === known.has(b))
      return 0;
    const [right, sent] = known.has(a) ? [a, b] : [b, a];
    return sums.get(sent)! <= Math.max(3, 0.1 * sums.get(right)!) ? 1 : 2;
  };
  return { id: 'support', fields: ['rows_count'], levels, levelOf };
}
