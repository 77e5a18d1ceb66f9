import type { Comparison } from '../core/index.ts';
import { latinWords } from './party-name.ts';
import { birthEvidence, birthReadings } from './birth.ts';
import {
  addressBag,
  addressBits,
  contactBits,
  type Holders,
  holdersOf,
  mailBits,
  mailOf,
  phoneBits,
  phoneDigits,
} from './contacts.ts';
import { documentEvidence, documentOf } from './documents.ts';
import { type Evidence, evidenceComparison } from './evidence.ts';
import { type PartyColumns, firstOf, isPartyTable, joinedOf, partyColumns } from './party-columns.ts';
import { type PartyName, bodyBits, bodyName, personBits, personName } from './party-name.ts';

type Data = Readonly<Record<string, readonly (string | null)[]>>;

/** Comparisons of a table of persons and firms by what its headers say, with weights known beforehand: for tables too small to train on. A name alone
 *  never carries a merge, whatever its rarity. Null when the headers do not tell of parties. */
export function partyComparisons(data: Data, size: number): Comparison[] | null {
  const columns = partyColumns(Object.keys(data));
  if (!isPartyTable(columns)) return null;
  const names = _names(data, columns, size);
  const birth = _birth(data, columns, size);
  const documents = columns.documents.map((d) => {
    const list = Array.from({ length: size }, (_x, i) =>
      documentOf(data[d.column]![i] ?? null, d.issuer === null ? null : (data[d.issuer]![i] ?? null)),
    );
    return {
      id: d.column,
      fields: d.issuer === null ? [d.column] : [d.column, d.issuer],
      of: (i: number, j: number) => documentEvidence(list[i]!, list[j]!),
    };
  });
  const contacts = _contacts(data, columns, size, names.keys);
  const employer = _employer(data, columns, size);
  const others = [birth, ...documents.map((d) => d.of), contacts, employer];
  const supported = (i: number, j: number): boolean => others.some((e) => _speaksFor(e(i, j)));
  const nameOf = (i: number, j: number): Evidence => {
    const bits = names.of(i, j);
    return typeof bits === 'number' && bits > NAME_ALONE && !supported(i, j) ? NAME_ALONE : bits;
  };
  const nameFields = [...columns.full, ...columns.given, ...columns.middle, ...columns.family, ...columns.body];
  return [
    evidenceComparison('name', nameFields, nameOf),
    evidenceComparison('birth', columns.birth, birth),
    ...documents.map((d) => evidenceComparison(d.id, d.fields, d.of)),
    evidenceComparison('contact', [...columns.phones, ...columns.mails, ...columns.address], contacts),
    evidenceComparison('employer', columns.employer, employer),
  ].filter((c) => c.fields.length > 0);
}

/** Most bits of a name that nothing else supports: below the prior of any table. */
const NAME_ALONE = 5;

const _speaksFor = (e: Evidence): boolean => typeof e === 'number' && e >= 2;

type Ask = (i: number, j: number) => Evidence;

function _birth(data: Data, c: PartyColumns, size: number): Ask {
  const list = Array.from({ length: size }, (_x, i) => {
    const text = firstOf(data, c.birth, i);
    return text === null ? null : birthReadings(text);
  });
  return (i, j) => birthEvidence(list[i]!, list[j]!);
}

/** Names of each record, the evidence of two records' best pair of names, and a short key that tells differently named parties apart. */
function _names(data: Data, c: PartyColumns, size: number): { of: Ask; keys: (string | null)[] } {
  const people = c.given.length + c.family.length + c.birth.length > 0;
  const lists = Array.from({ length: size }, (_x, i) => _namesOf(data, c, i, people));
  const rarity = _rarity(lists.map((l) => l.flatMap((n) => [...n.given, ...n.family])));
  const of: Ask = (i, j) => {
    let best: Evidence = null;
    for (const [x, a] of lists[i]!.entries()) {
      for (const [y, b] of lists[j]!.entries()) {
        const e = _twoNames(a, b, rarity);
        if (e === 'conflict') return e;
        const bits = x > 0 || y > 0 ? Math.min(4, e) : e;
        if (best === null || bits > best) best = bits;
      }
    }
    return best;
  };
  const keys = lists.map((l) => (l.length === 0 ? null : `${l[0]!.given[0]?.[0] ?? ''} ${l[0]!.family[0] ?? ''}`));
  return { of, keys };
}

function _twoNames(a: PartyName, b: PartyName, rarity: (w: string) => number): number | 'conflict' {
  if (a.kind !== b.kind) return -12;
  return a.kind === 'person' ? _atMost(12, personBits(a, b, rarity)) : bodyBits(a, b, rarity);
}

function _namesOf(data: Data, c: PartyColumns, i: number, people: boolean): PartyName[] {
  const out: (PartyName | null)[] = [];
  const given = joinedOf(data, [...c.given, ...c.middle], i)?.replaceAll(',', ' ') ?? null;
  const family = firstOf(data, c.family, i);
  const suffix = firstOf(data, c.suffix, i);
  if (given !== null || family !== null) out.push(personName({ full: null, given, family, suffix }));
  for (const column of c.full) {
    const full = data[column]![i] ?? null;
    if (full !== null) out.push(people ? personName({ full, given: null, family: null, suffix }) : bodyName(full));
  }
  for (const column of c.body) out.push(bodyName(data[column]![i] ?? null));
  return out.filter((n) => n !== null);
}

/** Bits that a word tells: how rare it is among the records, two to eight. */
function _rarity(words: readonly (readonly string[])[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const list of words) for (const w of new Set(list)) counts.set(w, (counts.get(w) ?? 0) + 1);
  const n = Math.max(2, words.length);
  return (w) => Math.max(2, Math.min(8, Math.log2(n / (counts.get(w) ?? 1))));
}

function _contacts(data: Data, c: PartyColumns, size: number, names: readonly (string | null)[]): Ask {
  const asks: ((i: number, j: number) => number | null)[] = [];
  for (const [columns, read, bits] of [
    [c.phones, phoneDigits, phoneBits],
    [c.mails, mailOf, mailBits],
  ] as const) {
    const values = Array.from({ length: size }, (_x, i) => read(firstOf(data, columns, i)));
    const holders = holdersOf(values, names);
    asks.push((i, j) => {
      const [a, b] = [values[i]!, values[j]!];
      return a === null || b === null ? null : bits(a, b, holders);
    });
  }
  asks.push(_addresses(data, c.address, size, names));
  return (i, j) => contactBits(asks.map((a) => a(i, j)).filter((b) => b !== null));
}

function _addresses(
  data: Data,
  columns: readonly string[],
  size: number,
  names: readonly (string | null)[],
): (i: number, j: number) => number | null {
  const bags = Array.from({ length: size }, (_x, i) => addressBag(joinedOf(data, columns, i)));
  const holders: Holders = holdersOf(
    bags.map((b) => b?.key ?? null),
    names,
  );
  const rarity = _rarity(bags.map((b) => b?.words ?? []));
  return (i, j) => {
    const [a, b] = [bags[i]!, bags[j]!];
    return a === null || b === null ? null : addressBits(a, b, rarity, holders);
  };
}

/** The same employer, wholly or in two words of its name, is weak evidence; another says nothing. */
function _employer(data: Data, c: PartyColumns, size: number): Ask {
  const words = Array.from({ length: size }, (_x, i) => new Set(latinWords(firstOf(data, c.employer, i) ?? '')));
  return (i, j) => {
    const [a, b] = [words[i]!, words[j]!];
    if (a.size === 0 || b.size === 0) return null;
    const both = [...a].filter((w) => b.has(w)).length;
    return both === Math.min(a.size, b.size) || both >= 2 ? 3 : 0;
  };
}

const _atMost = (most: number, e: number | 'conflict'): number | 'conflict' =>
  e === 'conflict' ? e : Math.min(most, e);
