import { join } from 'node:path';
import { type Random, type TextColumn, InputError, integerIn, pick, seeded } from '../ingest/base/index.ts';
import type { RawRows } from '../ingest/resolve/index.ts';
import { Database, quoteText } from '../ingest/tables/index.ts';

/** Records made to scale, with who is who. */
export interface MadeRecords {
  readonly rows: RawRows;
  /** Person of each record. */
  readonly who: Int32Array;
}

/** Values to draw from: those of the historical set, as often as they are there, so that common names stay common. */
interface Pools {
  readonly first: readonly string[];
  readonly last: readonly string[];
  readonly year: readonly string[];
  readonly place: readonly (readonly [string, string])[];
  readonly occupation: readonly string[];
}

/** As many person records as asked for, scaled from the historical set: names, years, places and trades are drawn one by one from its columns, a person
 *  has 1 to 21 records (mean about ten, as there), and each record but the first is corrupted at stated rates.
 *  Nothing of the set is kept in the project: the folder is read when the bench runs.  @throws InputError `no-set` */
export async function madePersons(folder: string, count: number, seed: string): Promise<MadeRecords> {
  const pools = await _pools(folder);
  const random = seeded(seed);
  const columns = {
    full_name: [] as (string | null)[],
    first_name: [] as (string | null)[],
    surname: [] as (string | null)[],
    dob: [] as (string | null)[],
    birth_place: [] as (string | null)[],
    postcode: [] as (string | null)[],
    occupation: [] as (string | null)[],
  };
  const ids: string[] = [];
  const who: number[] = [];
  for (let person = 0; ids.length < count; person++) {
    const own = _person(pools, random);
    const records = Math.min(count - ids.length, _clusterSize(random));
    for (let k = 0; k < records; k++) {
      const r = k === 0 ? own : _corrupted(own, pools, random);
      ids.push(`p${String(ids.length).padStart(8, '0')}`);
      who.push(person);
      columns.full_name.push(_joined(r.first, r.middle, r.last));
      columns.first_name.push(r.first);
      columns.surname.push(r.last);
      columns.dob.push(r.dob);
      columns.birth_place.push(r.place);
      columns.postcode.push(r.postcode);
      columns.occupation.push(r.occupation);
    }
  }
  return { rows: { ids, columns }, who: Int32Array.from(who) };
}

interface Person {
  readonly first: string | null;
  readonly middle: string | null;
  readonly last: string | null;
  readonly dob: string | null;
  readonly place: string | null;
  readonly postcode: string | null;
  readonly occupation: string | null;
}

function _person(pools: Pools, random: Random): Person {
  const [place, area] = pick(random, pools.place);
  const two = (n: number): string => String(n).padStart(2, '0');
  return {
    first: pick(random, pools.first),
    middle: random() < 0.2 ? pick(random, pools.first) : null,
    last: pick(random, pools.last),
    dob: `${pick(random, pools.year)}-${two(integerIn(random, 1, 12))}-${two(integerIn(random, 1, 28))}`,
    place,
    postcode: `${area} ${integerIn(random, 1, 9)}${_letter(random)}${_letter(random)}`,
    occupation: random() < 0.6 ? pick(random, pools.occupation) : null,
  };
}

/** One record of a person: each field slips, goes missing or changes at the rate that is written here. */
function _corrupted(p: Person, pools: Pools, random: Random): Person {
  const [place, area] = random() < 0.06 ? pick(random, pools.place) : [p.place!, p.postcode!.split(' ')[0]!];
  return {
    first: random() < 0.06 ? p.first!.slice(0, 1) : _slipped(p.first!, 0.12, random),
    middle: random() < 0.5 ? p.middle : null,
    last: random() < 0.08 ? null : _slipped(p.last!, 0.12, random),
    dob: random() < 0.2 ? null : random() < 0.15 ? `${p.dob!.slice(0, 4)}-01-01` : _digitSlip(p.dob!, 0.08, random),
    place: random() < 0.14 ? null : _slipped(place, 0.05, random),
    postcode:
      random() < 0.2
        ? null
        : random() < 0.3
          ? `${area} ${integerIn(random, 1, 9)}${_letter(random)}${_letter(random)}`
          : p.postcode,
    occupation: random() < 0.3 ? null : p.occupation,
  };
}

function _slipped(text: string, rate: number, random: Random): string {
  if (random() >= rate || text.length < 3) return text;
  const at = integerIn(random, 0, text.length - 2);
  const kind = integerIn(random, 0, 2);
  if (kind === 0) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 1) return text.slice(0, at) + text[at + 1]! + text[at]! + text.slice(at + 2);
  return text.slice(0, at) + _letter(random) + text.slice(at + 1);
}

function _digitSlip(date: string, rate: number, random: Random): string {
  if (random() >= rate) return date;
  const at = pick(random, [2, 3, 6, 8, 9]);
  return `${date.slice(0, at)}${integerIn(random, 0, 9)}${date.slice(at + 1)}`;
}

const _letter = (random: Random): string => String.fromCharCode(97 + integerIn(random, 0, 25));
const _joined = (...parts: (string | null)[]): string => parts.filter((p) => p !== null).join(' ');

/** 1 to 21 records, about ten on average. */
function _clusterSize(random: Random): number {
  return Math.min(integerIn(random, 1, 21), integerIn(random, 1, 21) + 4);
}

async function _pools(folder: string): Promise<Pools> {
  const db = await Database.open(':memory:');
  try {
    const file = quoteText(join(folder, 'records.csv.gz'));
    const column = async (sql: string): Promise<string[]> =>
      (
        (await db.columns(sql.replace('$file', `read_csv(${file}, all_varchar = true, header = true)`))).data[
          'v'
        ] as TextColumn
      ).values.map((v) => v!);
    const places = await column(
      `select birth_place || chr(9) || split_part(postcode_fake, ' ', 1) as v from $file where birth_place is not null and postcode_fake is not null order by id`,
    );
    return {
      first: await column(
        `select first_name as v from $file where length(first_name) > 1 and not contains(first_name, ' ') order by id`,
      ),
      last: await column(`select surname as v from $file where length(surname) > 1 order by id`),
      year: await column(`select dob[1:4] as v from $file where regexp_matches(dob, '^1[5-9]\\d\\d-') order by id`),
      place: places.map((p) => p.split('\t') as unknown as [string, string]),
      occupation: await column('select occupation as v from $file where occupation is not null order by id'),
    };
  } catch (cause) {
    throw new InputError(
      'no-set',
      `bench resolve-million: ${folder} holds no records.csv.gz of the historical set: ${String(cause)}`,
      { folder },
    );
  } finally {
    db.close();
  }
}
