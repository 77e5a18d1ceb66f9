import { describe, expect, it } from 'vitest';
import { type Random, normal, seeded } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { matrixFromColumns, type Matrix } from '../boost/index.ts';
import { suspectFeatures, suspectInWords } from './leaks.ts';
import { taskFrom } from './task.ts';
import { trainLeadModel } from './train.ts';

const TASK = {
  form: 'table',
  id: 'visits',
  title: { zh: '检查', en: 'visits' },
  table: 'src_visit',
  row: 'no',
  date: 'day',
  label: 'found',
  capacity: 5,
  draws: 100,
  folds: 2,
  numeric: ['risk', 'fine'],
};

const ROWS = 1000;

/** Five honest columns that tell something, and the label they tell of. */
function honest(random: Random, base = 0.2): { labels: Float64Array; columns: Record<string, (number | null)[]> } {
  const labels = Float64Array.from({ length: ROWS }, () => (random() < base ? 1 : 0));
  const of = (pull: number) => Array.from(labels, (y) => normal(random) + pull * y);
  const columns = {
    a: of(1.5),
    b: of(1),
    c: of(0.5),
    gaps: of(1).map((v) => (random() < 0.4 ? null : v)),
    noise: of(0),
  };
  return { labels, columns };
}

function matrix(columns: Record<string, (number | null)[]>, categories: readonly string[] = []): Matrix {
  return matrixFromColumns(
    Object.keys(columns).map((name) => ({ name, kind: categories.includes(name) ? 'category' : 'number' })),
    Object.values(columns),
  );
}

type Plant = (labels: Float64Array, random: Random) => (number | null)[];

describe('suspectFeatures', () => {
  it('lets honest columns be, strong ones too, at rare and common labels', () => {
    for (const base of [0.02, 0.2, 0.6]) {
      const { labels, columns } = honest(seeded(`honest:${base}`), base);
      expect(suspectFeatures(matrix(columns), labels)).toEqual([]);
    }
  });

  const plants: Record<string, readonly [Plant, by: string]> = {
    'a copy': [(y) => [...y], 'value'],
    'the opposite': [(y) => Array.from(y, (v) => 1 - v), 'value'],
    'a monotone copy': [(y, r) => Array.from(y, (v) => Math.exp(3 * v + 0.2 * normal(r))), 'value'],
    'a folded copy': [(y, r) => Array.from(y, (v) => (v === 1 ? r() : r() < 0.5 ? r() - 2 : r() + 2)), 'value'],
    'a copy with one in twenty wrong': [(y, r) => Array.from(y, (v) => (r() < 0.05 ? 1 - v : v)), 'value'],
    'a field filled in after a finding': [(y, r) => Array.from(y, (v) => (v === 1 ? r() : null)), 'missing'],
    'a field emptied by a finding': [(y, r) => Array.from(y, (v) => (v === 1 ? null : r())), 'missing'],
    'a copy known of half of the rows': [(y, r) => Array.from(y, (v) => (r() < 0.5 ? v : null)), 'known-value'],
  };
  for (const [what, [plant, by]] of Object.entries(plants))
    it(`names ${what}, and only it`, () => {
      for (const base of [0.05, 0.2, 0.5]) {
        const random = seeded(`plant:${what}:${base}`);
        const { labels, columns } = honest(random, base);
        const found = suspectFeatures(matrix({ ...columns, planted: plant(labels, random) }), labels);
        expect(found.map((s) => [s.feature, s.by])).toEqual([['planted', by]]);
      }
    });

  it('names a category whose levels are the results', () => {
    const random = seeded('levels');
    const { labels, columns } = honest(random);
    const closed = Array.from(labels, (y) => (y === 1 ? 3 + Math.floor(2 * random()) : Math.floor(3 * random())));
    expect(suspectFeatures(matrix({ ...columns, closed }, ['closed']), labels).map((s) => s.feature)).toEqual([
      'closed',
    ]);
  });

  it('does not take a name tag for a leak: subjects met again fall into one fold', () => {
    const random = seeded('tags');
    const tag = Array.from({ length: ROWS }, (_, i) => i % 100);
    const bad = Array.from({ length: 100 }, () => (random() < 0.3 ? 1 : 0));
    const labels = Float64Array.from(tag, (t) => bad[t]!);
    const data = matrix({ tag }, ['tag']);
    expect(suspectFeatures(data, labels, { groups: tag })).toEqual([]);
    expect(suspectFeatures(data, labels)).toHaveLength(1);
  });

  it('says nothing on a handful of findings, and the same whatever the order of columns', () => {
    const few = Float64Array.from({ length: 60 }, (_, i) => (i < 5 ? 1 : 0));
    expect(suspectFeatures(matrix({ x: [...few] }), few)).toEqual([]);
    const random = seeded('order');
    const { labels, columns } = honest(random);
    const planted = { ...columns, leak: [...labels] };
    const turned = Object.fromEntries(Object.entries(planted).reverse());
    expect(suspectFeatures(matrix(turned), labels)).toEqual(suspectFeatures(matrix(planted), labels));
  });

  it('puts a suspect into words', () => {
    expect(suspectInWords({ feature: 'fine', by: 'missing', explained: 0.989 })).toBe(
      '"fine" alone explains 98 % of the label (by being missing)',
    );
  });
});

describe('trainLeadModel', () => {
  it('stops at a planted copy of the label, names it, and lets it in once a person allowed it', async () => {
    const db = await Database.open(':memory:', { threads: 1 });
    try {
      for (const t of ['entity', 'link', 'entity_key']) await db.run(createTableSql(t));
      const random = seeded('fines');
      const rows = Array.from({ length: 400 }, (_, i) => {
        const found = random() < 0.3 ? 1 : 0;
        const day = new Date(Date.UTC(2024, 0, 1 + Math.floor(i / 2))).toISOString().slice(0, 10);
        return `('${i}', date '${day}', ${found}, ${found + normal(random)}, ${found === 1 ? 100 * random() : null})`;
      });
      await db.run('create table src_visit (no varchar, day date, found integer, risk double, fine double)');
      await db.run(`insert into src_visit values ${rows.join(', ')}`);
      const on = (allowed: readonly string[]) =>
        trainLeadModel(db, taskFrom({ ...TASK, allowed }), { asOf: Date.parse('2025-01-01Z'), ablate: [] });
      await expect(on([])).rejects.toMatchObject({
        code: 'leaked-feature',
        message: expect.stringContaining('"fine" alone explains'),
        detail: { suspects: [{ feature: 'fine', by: 'missing' }] },
      });
      expect((await on(['fine'])).features.map((f) => f.id)).toContain('fine');
    } finally {
      db.close();
    }
  }, 120_000);
});
