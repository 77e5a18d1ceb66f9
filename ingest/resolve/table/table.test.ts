import { expect, test } from 'vitest';
import { InputError, seeded } from '../../base/index.ts';
import { Database } from '../../tables/index.ts';
import { evaluateClusters } from '../core/index.ts';
import { dateAgreement, parseDate } from './dates.ts';
import { compareNames } from './name-pair.ts';
import { nearestPairs } from './nearest.ts';
import { folded, gramsOf, tokensOf } from '../names/index.ts';
import { profileColumn } from './profile.ts';
import { reclustered, resolveTable } from './resolve-table.ts';
import { cosine, tfidf } from './tfidf.ts';

const SYLLABLES = 'ka lo mi ter ban dor sel vin ro ga pe tu shan wel bri cor'.split(' ');

/** People with one clean and one or two slipped copies, and who is who. */
function people(count: number, seed: string): { rows: Record<string, string | null>[]; who: Map<string, string> } {
  const random = seeded(seed);
  const word = (n: number): string =>
    Array.from({ length: n }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!).join('');
  const slip = (w: string): string => {
    const at = Math.floor(random() * (w.length - 1));
    return random() < 0.5 ? w.slice(0, at) + w.slice(at + 1) : w.slice(0, at) + w[at + 1]! + w[at]! + w.slice(at + 2);
  };
  const rows: Record<string, string | null>[] = [];
  const who = new Map<string, string>();
  for (let p = 0; p < count; p++) {
    const own = {
      first_name: word(2),
      surname: word(3),
      born: `19${String(Math.floor(random() * 90) + 10)}-${String(Math.floor(random() * 12) + 1).padStart(2, '0')}-${String(Math.floor(random() * 28) + 1).padStart(2, '0')}`,
      town: `${SYLLABLES[Math.floor(random() * 12)]!}ford`,
    };
    for (let copy = 0; copy <= p % 3; copy++) {
      const id = `r${String(rows.length).padStart(4, '0')}`;
      const spoiled =
        copy === 0
          ? own
          : {
              ...own,
              first_name: random() < 0.5 ? slip(own.first_name) : own.first_name,
              town: random() < 0.2 ? null : own.town,
            };
      rows.push({ id, ...spoiled });
      who.set(id, String(p));
    }
  }
  return { rows, who };
}

async function tableOf(rows: readonly Record<string, string | null>[], threads = 0): Promise<Database> {
  const db = await Database.open(':memory:', { threads });
  const names = Object.keys(rows[0] ?? { id: '' });
  await db.tableFrom('t', {
    rows: rows.length,
    data: Object.fromEntries(names.map((n) => [n, { kind: 'text' as const, values: rows.map((r) => r[n] ?? null) }])),
  });
  return db;
}

test('planted people come together without a setting; the prior is near the truth', async () => {
  const { rows, who } = people(400, 'people');
  const db = await tableOf(rows);
  const r = await resolveTable(db, 't', { id: 'id' });
  const s = evaluateClusters(new Map(r.ids.map((id, i) => [id, String(r.cluster[i]!)])), who);
  expect(s.precision).toBeGreaterThan(0.99);
  expect(s.recall).toBeGreaterThan(0.97);
  const prior = s.truePairs / ((rows.length * (rows.length - 1)) / 2);
  expect(r.report.priorEstimated / prior).toBeGreaterThan(0.8);
  expect(r.report.priorEstimated / prior).toBeLessThan(1.25);
  expect(r.report.columns.map((c) => [c.column, c.type])).toContainEqual(['born', 'date']);
  expect(r.report.estimatedBlockingRecall).toBeGreaterThan(0.9);
  const strict = evaluateClusters(new Map(r.ids.map((id, i) => [id, String(reclustered(r, 60)[i]!)])), who);
  expect(strict.predictedPairs).toBeLessThan(s.predictedPairs);
  db.close();
});

test('the same clusters in any row order and with one thread or two', async () => {
  const { rows } = people(120, 'order');
  const key = async (list: typeof rows, threads: number): Promise<string> => {
    const db = await tableOf(list, threads);
    const r = await resolveTable(db, 't', { id: 'id' });
    db.close();
    return JSON.stringify([r.ids, Array.from(r.cluster), Array.from(r.weight), r.report]);
  };
  const first = await key(rows, 1);
  expect(await key([...rows].reverse(), 2)).toBe(first);
});

test('two tables are linked one to one', async () => {
  const { rows, who } = people(200, 'link');
  const left = rows.filter((r, i) => i === 0 || who.get(r['id']!) !== who.get(rows[i - 1]!['id']!));
  const right = rows.filter((r, i) => i > 0 && who.get(r['id']!) === who.get(rows[i - 1]!['id']!) && !left.includes(r));
  const once = right.filter((r, i) => i === 0 || who.get(r['id']!) !== who.get(right[i - 1]!['id']!));
  const db = await tableOf(left);
  await db.run('create table a as select * from t');
  const other = await tableOf(once);
  const c = await other.columns('select * from t');
  await db.tableFrom('b', c);
  other.close();
  const r = await resolveTable(db, ['a', 'b'], { id: 'id' });
  const s = evaluateClusters(new Map(r.ids.map((id, i) => [id, String(r.cluster[i]!)])), who);
  expect(s.precision).toBeGreaterThan(0.98);
  expect(s.recall).toBeGreaterThan(0.95);
  expect(r.report.oneToOne).toBe(true);
  db.close();
});

test('bad input: nothing to compare, one value everywhere, copies, no rows, no table, unknown names', async () => {
  const same = await tableOf(Array.from({ length: 500 }, (_x, i) => ({ id: `r${i}`, name: 'John', city: null })));
  const r = await resolveTable(same, 't', { id: 'id' });
  expect(r.report.refused).toContain('no column');
  expect(new Set(r.cluster).size).toBe(500);
  expect(r.report.dropped.map((d) => d.because)).toEqual(['one value everywhere', 'no value']);
  await expect(resolveTable(same, 'nowhere')).rejects.toThrow(/no table or view "nowhere"/);
  await expect(resolveTable(same, 't', { id: 'nr' })).rejects.toThrow(InputError);
  await expect(resolveTable(same, ['t', 't', 't'])).rejects.toThrow(/3 tables/);
  await same.run('create table none (a varchar)');
  await expect(resolveTable(same, 'none')).rejects.toThrow(/no rows/);
  same.close();
  const odd = await tableOf([
    { id: '1', name: 'a\u0000b' + 'x'.repeat(3_000_000), mixed: '1' },
    { id: '2', name: '…', mixed: 'zwei' },
    { id: '3', name: 'c', mixed: '2020-01-01' },
    { id: '4', name: 'd', mixed: null },
  ]);
  const o = await resolveTable(odd, 't', { id: 'id' });
  expect(new Set(o.cluster).size).toBe(4);
  odd.close();
});

test('two hundred columns stay within the bounds of rules and comparisons', async () => {
  const random = seeded('wide');
  const rows = Array.from({ length: 60 }, (_x, i) => ({
    id: String(i),
    ...Object.fromEntries(Array.from({ length: 200 }, (_y, c) => [`c${c}`, `w${Math.floor(random() * 40)}`])),
  }));
  const db = await tableOf(rows);
  const r = await resolveTable(db, 't', { id: 'id' });
  expect(r.report.rules.length).toBeLessThan(32);
  expect(new Set(r.report.levels.map((l) => l.comparison)).size).toBeLessThanOrEqual(16);
  expect(r.report.merges).toBe(0);
  db.close();
});

test('columns are told apart', () => {
  const type = (name: string, values: (string | null)[]): string => profileColumn(name, values).type;
  const many = (of: (i: number) => string): string[] => Array.from({ length: 40 }, (_x, i) => of(i));
  expect(
    type(
      'd',
      many((i) => `19${50 + i}-03-${String((i % 28) + 1).padStart(2, '0')}`),
    ),
  ).toBe('date');
  expect(
    type(
      'y',
      many((i) => String(1960 + i)),
    ),
  ).toBe('year');
  expect(
    type(
      'm',
      many((i) => `u${i}@x.org`),
    ),
  ).toBe('email');
  expect(
    type(
      'phone',
      many((i) => `212-555-01${String(i).padStart(2, '0')}`),
    ),
  ).toBe('phone');
  expect(
    type(
      'p',
      many((i) => `${i}.95`),
    ),
  ).toBe('number');
  expect(
    type(
      'zip',
      many((i) => String(10000 + i)),
    ),
  ).toBe('code');
  expect(
    type(
      'n',
      many((i) => `湖州${'甲乙丙丁'[i % 4]}${i}纺织有限公司`),
    ),
  ).toBe('han-name');
  expect(
    type(
      't',
      many((i) => `a long text of more than nine words about thing number ${i} here`),
    ),
  ).toBe('text');
  expect(type('e', [null, 'N/A', '-'])).toBe('empty');
});

test('folding, tokens, grams, dates', () => {
  expect(folded('  Ｃafé\u0000  “X” ')).toBe('cafe “x”');
  expect(folded('N/A')).toBeNull();
  expect(tokensOf("o'brien 12th 宏鑫纺")).toEqual(['obrien', '12', 'th', '宏鑫', '鑫纺']);
  expect(gramsOf('ab')).toEqual([' ab', 'ab ']);
  expect(parseDate('3/25/89')?.digits).toBe('19890325');
  expect(parseDate('25/3/1989')?.digits).toBe('19890325');
  const agree = (a: string, b: string): number => dateAgreement(parseDate(a), parseDate(b));
  expect(agree('1980-03-05', '1980-05-03')).toBe(0);
  expect(agree('1980-03-05', '1980-03-06')).toBe(1);
  expect(agree('1980', '1980-03-05')).toBe(2);
  expect(agree('1980-03-05', '1975-11-28')).toBe(5);
});

test('nearest partners equal a naive search when every term is looked up', () => {
  const random = seeded('near');
  const texts = Array.from({ length: 50 }, () =>
    Array.from({ length: 4 }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]!).join(' '),
  );
  const v = tfidf(texts, tokensOf);
  const found = nearestPairs(v, { k: 3, least: 0.01, maxRows: 1000, probes: 99, budget: 1e9, side: null });
  const naive = new Set<string>();
  for (let i = 0; i < 50; i++) {
    const others = Array.from({ length: 50 }, (_x, j) => j).filter((j) => j !== i && cosine(v, i, j) >= 0.01);
    others.sort((a, b) => Math.fround(cosine(v, i, b)) - Math.fround(cosine(v, i, a)) || a - b);
    for (const j of others.slice(0, 3)) naive.add(`${Math.min(i, j)},${Math.max(i, j)}`);
  }
  const got = new Set(Array.from(found.left, (l, p) => `${l},${found.right[p]}`));
  const missed = [...naive].filter((x) => !got.has(x)).length;
  expect(missed).toBeLessThanOrEqual(naive.size * 0.02);
  expect(Array.from(found.left).every((l, p) => l < found.right[p]!)).toBe(true);
});

test('names without a table: slips, order, scripts, forms; other persons and other firms stay apart', () => {
  const same = (a: string, b: string, type: string): boolean => compareNames(a, b, type).same;
  expect(same('Zhang Weimin', 'Weimin ZHANG', 'Person')).toBe(true);
  expect(same('Ivan Petrov', 'Иван Петров', 'Person')).toBe(true);
  expect(same('Johan Andersson', 'Johan Anderson', 'Person')).toBe(true);
  expect(same('Maria Lopez Garcia', 'Maria Lopez', 'Person')).toBe(true);
  expect(same('Maria Lopez', 'Maria Perez', 'Person')).toBe(false);
  expect(same('Omar bin Hasan', 'Hasan bin Omar', 'Person')).toBe(false);
  expect(same('Nordwind Logistik GmbH', 'Nordwind Logistik Gesellschaft mit beschränkter Haftung', 'Company')).toBe(
    true,
  );
  expect(same('Nordwind Logistik GmbH', 'Nordwind Logistik AG', 'Company')).toBe(false);
  expect(same('Fund II', 'Fund III', 'Company')).toBe(false);
  expect(same('', 'x', 'Company')).toBe(false);
});
