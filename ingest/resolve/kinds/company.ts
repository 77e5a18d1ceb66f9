import { type BlockingRule, coded } from '../core/index.ts';
import { plainName } from '../names/index.ts';
import { type Tuples, fieldOf } from '../tuples.ts';
import { addressComparison, cutAddresses, doorKey } from './address-levels.ts';
import { identifierComparison, mostHeld, onlyValue, sharedComparison } from './levels.ts';
import { type CutNames, cutNames, nameComparison } from './name-levels.ts';
import type { KindPlan, Prepared } from './plan.ts';

/** Companies: credit code first, then the name as a whole (full, old, short, misheard, misread), seat, phone and legal representative.
 *  Two valid credit codes are two firms, so a successor under the same boss stays apart. */
export const COMPANY_PLAN: KindPlan = {
  kind: 'company',
  fields: ['uscc', 'name', 'old_names', 'address', 'phone_hash', 'person_hash'],
  prepare: _prepare,
};

function _prepare(tuples: Tuples): Prepared {
  const uscc = coded(fieldOf(tuples, 'uscc'));
  const names = cutNames(fieldOf(tuples, 'name'));
  const old = fieldOf(tuples, 'old_names').map((v) => (v === null ? [] : v.split('\u001f').map(plainName)));
  const addresses = cutAddresses(fieldOf(tuples, 'address'));
  const phone = coded(fieldOf(tuples, 'phone_hash'));
  const person = coded(fieldOf(tuples, 'person_hash'));
  const registered = _registered(tuples);
  return {
    rules: [
      { id: 'credit code', fields: ['uscc'], maxBlock: 120, keysOf: (i) => _code(uscc.codes[i]!) },
      ..._nameRules(names, old),
      _withReading('phone and first syllable', 'phone_hash', phone.codes, names),
      _withReading('representative and first syllable', 'person_hash', person.codes, names),
      {
        id: 'door and first syllable',
        fields: ['address', 'name'],
        keysOf: (i) => {
          const door = addresses.codes[i]! < 0 ? null : doorKey(addresses.parts[addresses.codes[i]!]!);
          return door === null || names.codes[i]! < 0 ? [] : [`${door}|${_syllable(names, i)}`];
        },
      },
    ],
    comparisons: [
      identifierComparison('uscc', uscc),
      nameComparison('name', names, old),
      addressComparison(addresses),
      sharedComparison('phone', phone, 3),
      sharedComparison('representative', person, 3),
    ],
    exclusive: [{ id: 'uscc', codes: uscc.codes }],
    together: [uscc.codes, _sameLegalName(names, uscc.codes)],
    anonymous: (i) => uscc.codes[i]! < 0 && names.codes[i]! < 0,
    expectedMatches: tuples.size,
    nameOf: (members) => ({
      id: onlyValue(fieldOf(tuples, 'uscc'), members),
      label: mostHeld(registered, members, tuples.rows) ?? mostHeld(fieldOf(tuples, 'name'), members, tuples.rows),
      town: members.map((i) => _town(addresses, i)).find((t) => t !== null) ?? null,
      lon: null,
      lat: null,
    }),
  };
}

/** Names of tuples that hold a credit code and a seat, the ones a register would send. */
function _registered(tuples: Tuples): (string | null)[] {
  const uscc = fieldOf(tuples, 'uscc');
  const address = fieldOf(tuples, 'address');
  const name = fieldOf(tuples, 'name');
  return name.map((n, i) => (uscc[i] !== null && address[i] !== null ? n : null));
}

function _town(addresses: ReturnType<typeof cutAddresses>, i: number): string | null {
  const code = addresses.codes[i]!;
  const town = code < 0 ? '' : addresses.parts[code]!.town;
  return town === '' ? null : town;
}

const _code = (c: number): string[] => (c < 0 ? [] : [String(c)]);

/** Full registered names are unique in one register: tuples without a credit code that spell one are together, and with the only credit code
 *  that bears it. A name that two credit codes bear joins nobody here. */
function _sameLegalName(names: CutNames, uscc: Int32Array): Int32Array {
  const bearer = new Map<number, number>();
  for (let i = 0; i < uscc.length; i++) {
    const n = names.codes[i]!;
    if (n < 0 || uscc[i]! < 0) continue;
    const known = bearer.get(n);
    bearer.set(n, known === undefined || known === uscc[i] ? uscc[i]! : -2);
  }
  return Int32Array.from(names.codes, (n) => {
    if (n < 0 || bearer.get(n) === -2) return -1;
    const cut = names.names[n]!;
    return cut.form !== '' && cut.place !== '' && cut.body.length >= 3 ? n : -1;
  });
}

function _nameRules(names: CutNames, old: readonly (readonly string[])[]): BlockingRule[] {
  const cut = (i: number) => (names.codes[i]! < 0 ? null : names.names[names.codes[i]!]!);
  const rule = (
    id: string,
    keysOf: (n: NonNullable<ReturnType<typeof cut>>, i: number) => string[],
    maxBlock = 200,
  ): BlockingRule => ({
    id,
    fields: ['name'],
    maxBlock,
    keysOf: (i) => {
      const n = cut(i);
      return n === null ? [] : keysOf(n, i);
    },
  });
  return [
    rule('full or old name', (n, i) => [n.full, ...old[i]!]),
    rule('core and trade', (n) => [`${n.core}|${n.trade}`]),
    rule('core', (n) => (n.core.length >= 2 ? [n.core] : []), 60),
    rule('reading of core and trade', (_n, i) => [names.readings[names.codes[i]!]!]),
    rule('reading of core', (n, i) => (n.core.length >= 2 ? [names.coreReadings[names.codes[i]!]!] : []), 60),
    rule('core and trade less one character', (n) => _less(n.body)),
    rule(
      'first two of core, last of form',
      (n) => (n.core.length >= 3 ? [`${n.core.slice(0, 2)}|${n.trade.slice(0, 2)}`] : []),
      60,
    ),
  ];
}

/** A body of three to twelve characters without each of its characters in turn. */
function _less(body: string): string[] {
  if (body.length < 3 || body.length > 12) return [];
  const out = new Set<string>([body]);
  for (let k = 0; k < body.length; k++) out.add(body.slice(0, k) + body.slice(k + 1));
  return [...out];
}

function _syllable(names: CutNames, i: number): string {
  return names.coreReadings[names.codes[i]!]!.split(' ')[0]!;
}

function _withReading(id: string, field: string, codes: Int32Array, names: CutNames): BlockingRule {
  return {
    id,
    fields: [field, 'name'],
    maxBlock: 40,
    keysOf: (i) => (codes[i]! < 0 || names.codes[i]! < 0 ? [] : [`${codes[i]!}|${_syllable(names, i)}`]),
  };
}
