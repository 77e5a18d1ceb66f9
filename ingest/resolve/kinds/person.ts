import { type Comparison, MISSING, coded, level } from '../core/index.ts';
import { plainName } from '../names/index.ts';
import { type Tuples, fieldOf } from '../tuples.ts';
import { identifierComparison, onlyValue } from './levels.ts';
import type { KindPlan, Prepared } from './plan.ts';

/** Persons: the hash of an identity document, or the same name behind the same phone. Never a name alone. */
export const PERSON_PLAN: KindPlan = {
  kind: 'person',
  fields: ['person_hash', 'name', 'phone_hash'],
  prepare: _prepare,
};

function _prepare(tuples: Tuples): Prepared {
  const hash = coded(fieldOf(tuples, 'person_hash'));
  const phone = coded(fieldOf(tuples, 'phone_hash'));
  const plain = fieldOf(tuples, 'name').map((n) => (n === null ? null : plainName(n)));
  const names = coded(plain);
  const crowd = _namesPerPhone(phone.codes, names.codes);
  return {
    rules: [
      {
        id: 'document',
        fields: ['person_hash'],
        maxBlock: 60,
        keysOf: (i) => (hash.codes[i]! < 0 ? [] : [String(hash.codes[i]!)]),
      },
      {
        id: 'name and phone',
        fields: ['name', 'phone_hash'],
        maxBlock: 20,
        keysOf: (i) => (names.codes[i]! < 0 || phone.codes[i]! < 0 ? [] : [`${phone.codes[i]!}|${names.codes[i]!}`]),
      },
    ],
    comparisons: [identifierComparison('document', hash), _namePhone(names.codes, phone.codes, crowd)],
    exclusive: [{ id: 'document', codes: hash.codes }],
    together: [hash.codes],
    anonymous: (i) => hash.codes[i]! < 0 && (phone.codes[i]! < 0 || names.codes[i]! < 0),
    expectedMatches: Math.max(1, tuples.size / 10),
    nameOf: (members) => ({
      id: onlyValue(fieldOf(tuples, 'person_hash'), members),
      label: null,
      town: null,
      lon: null,
      lat: null,
    }),
  };
}

function _namesPerPhone(phone: Int32Array, names: Int32Array): Map<number, Set<number>> {
  const out = new Map<number, Set<number>>();
  for (let i = 0; i < phone.length; i++) {
    if (phone[i]! < 0 || names[i]! < 0) continue;
    const set = out.get(phone[i]!) ?? new Set<number>();
    set.add(names[i]!);
    out.set(phone[i]!, set);
  }
  return out;
}

/** Name and phone as one comparison: neither alone is any evidence for a merge. */
function _namePhone(names: Int32Array, phone: Int32Array, crowd: ReadonlyMap<number, ReadonlySet<number>>): Comparison {
  const levels = [
    MISSING,
    level('same name, same phone of few', 0.6, 0.0001),
    level('same name, phone of many', 0.1, 0.0005),
    level('same name only', 0.1, 0.002, 'different'),
    level('other name', 0.2, 0.997, 'different'),
  ];
  const levelOf = (i: number, j: number): number => {
    if (names[i]! < 0 || names[j]! < 0) return 0;
    if (names[i] !== names[j]) return 4;
    if (phone[i]! < 0 || phone[j]! < 0 || phone[i] !== phone[j]) return 3;
    return crowd.get(phone[i]!)!.size > 3 ? 2 : 1;
  };
  return { id: 'name and phone', fields: ['name', 'phone_hash'], levels, levelOf };
}
