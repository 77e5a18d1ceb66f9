import { seeded } from '../../base/index.ts';
import type { RawRows } from './train-model.ts';

const SYLLABLES = 'ka lo mi ter ban dor sel vin ro ga pe tu shan wel bri cor'.split(' ');

/** Made-up people for tests: every third with one clean record, the others with one or two more that slipped; some records come as exact copies.
 *  Rows in order of person; ids do not tell who is who. */
export function madePeople(count: number, seed: string): { rows: RawRows; who: string[] } {
  const random = seeded(seed);
  const word = (n: number): string =>
    Array.from({ length: n }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!).join('');
  const slip = (w: string): string => {
    const at = Math.floor(random() * (w.length - 1));
    return random() < 0.5 ? w.slice(0, at) + w.slice(at + 1) : w.slice(0, at) + w[at + 1]! + w[at]! + w.slice(at + 2);
  };
  const two = (n: number): string => String(n).padStart(2, '0');
  const ids: string[] = [];
  const who: string[] = [];
  const columns = {
    first_name: [] as string[],
    surname: [] as string[],
    born: [] as string[],
    town: [] as (string | null)[],
  };
  for (let p = 0; p < count; p++) {
    const own = {
      first: word(2),
      last: word(3),
      born: `19${10 + Math.floor(random() * 90)}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`,
      town: `${SYLLABLES[Math.floor(random() * 12)]!}ford`,
    };
    for (let copy = 0; copy <= p % 3; copy++) {
      const exact = copy === 0 || random() < 0.15;
      ids.push(`r${String(Math.floor(random() * 1e9))}-${ids.length}`);
      who.push(String(p));
      columns.first_name.push(exact || random() < 0.5 ? own.first : slip(own.first));
      columns.surname.push(exact || random() < 0.8 ? own.last : slip(own.last));
      columns.born.push(own.born);
      columns.town.push(!exact && random() < 0.2 ? null : own.town);
    }
  }
  return { rows: { ids, columns }, who };
}

/** The rows at these places. */
export function rowsAt(rows: RawRows, at: readonly number[]): RawRows {
  return {
    ids: at.map((i) => rows.ids[i]!),
    columns: Object.fromEntries(Object.entries(rows.columns).map(([name, v]) => [name, at.map((i) => v[i]!)])),
  };
}
