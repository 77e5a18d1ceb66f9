import { type Comparison, MISSING, coded, editDistance, level } from '../core/index.ts';
import { plainName } from '../names/index.ts';
import { type Tuples, fieldOf } from '../tuples.ts';
import { identifierComparison, mostHeld, onlyValue } from './levels.ts';
import type { KindPlan, Prepared } from './plan.ts';

/** Ships: MMSI first; a register number goes with its own; a name joins only where one ship alone bears it. */
export const SHIP_PLAN: KindPlan = { kind: 'ship', fields: ['mmsi', 'key', 'name'], prepare: _prepare };

function _prepare(tuples: Tuples): Prepared {
  const mmsi = coded(fieldOf(tuples, 'mmsi'));
  const key = coded(fieldOf(tuples, 'key'));
  const plain = fieldOf(tuples, 'name').map((n) => (n === null ? null : plainName(n)));
  const names = coded(plain);
  return {
    rules: [
      {
        id: 'mmsi',
        fields: ['mmsi'],
        maxBlock: 120,
        keysOf: (i) => (mmsi.codes[i]! < 0 ? [] : [String(mmsi.codes[i]!)]),
      },
      { id: 'name', fields: ['name'], keysOf: (i) => (names.codes[i]! < 0 ? [] : [plain[i]!]) },
      {
        id: 'letters and number apart',
        fields: ['name'],
        maxBlock: 60,
        keysOf: (i) => (names.codes[i]! < 0 ? [] : _parts(plain[i]!)),
      },
    ],
    comparisons: [identifierComparison('mmsi', mmsi), identifierComparison('boat number', key), _nameComparison(plain)],
    exclusive: [
      { id: 'mmsi', codes: mmsi.codes },
      { id: 'boat number', codes: key.codes },
    ],
    together: [mmsi.codes, key.codes, _sameName(names.codes, mmsi.codes, key.codes)],
    anonymous: (i) => mmsi.codes[i]! < 0 && key.codes[i]! < 0 && names.codes[i]! < 0,
    expectedMatches: tuples.size / 2,
    nameOf: (members) => ({
      id: onlyValue(fieldOf(tuples, 'mmsi'), members) ?? onlyValue(fieldOf(tuples, 'key'), members),
      label: mostHeld(fieldOf(tuples, 'name'), members, tuples.rows),
      town: null,
      lon: null,
      lat: null,
    }),
  };
}

/** Tuples with a name and nothing else go together by name, unless two numbered ships bear it. */
function _sameName(names: Int32Array, mmsi: Int32Array, key: Int32Array): Int32Array {
  const bearers = new Map<number, Set<string>>();
  for (let i = 0; i < names.length; i++) {
    if (names[i]! < 0 || (mmsi[i]! < 0 && key[i]! < 0)) continue;
    const set = bearers.get(names[i]!) ?? new Set<string>();
    set.add(mmsi[i]! >= 0 ? `m${mmsi[i]!}` : `k${key[i]!}`);
    bearers.set(names[i]!, set);
  }
  return Int32Array.from(names, (n) => (n >= 0 && (bearers.get(n)?.size ?? 0) <= 1 ? n : -1));
}

const NAME_LEVELS = Object.freeze([
  MISSING,
  level('same name', 0.85, 0.0005),
  level('same number, one letter off', 0.06, 0.0005),
  level('same letters, digits swapped or one off', 0.02, 0.01),
  level('different', 0.07, 0.989),
]);

function _nameComparison(plain: readonly (string | null)[]): Comparison {
  const levelOf = (i: number, j: number): number => {
    const a = plain[i];
    const b = plain[j];
    if (a === null || b === null || a === undefined || b === undefined) return 0;
    if (a === b) return 1;
    const [wordA, digitsA] = _cut(a);
    const [wordB, digitsB] = _cut(b);
    if (digitsA === digitsB && digitsA !== '' && editDistance(wordA, wordB, 1) <= 1) return 2;
    if (wordA === wordB && wordA !== '' && editDistance(digitsA, digitsB, 1) <= 1) return 3;
    return 4;
  };
  return { id: 'name', fields: ['name'], levels: NAME_LEVELS, levelOf };
}

/** Letters and the trailing number of a ship's name; leading zeros do not count. */
function _cut(name: string): [string, string] {
  const m = /^(.*?)0*(\d*)$/u.exec(name)!;
  return [m[1]!, m[2]!];
}

function _parts(name: string): string[] {
  const [word, digits] = _cut(name);
  return digits === '' ? [] : [`d${digits}|${word.slice(0, 1)}`, `d${digits}|${word.slice(-1)}`];
}
