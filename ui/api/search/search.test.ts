import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Database } from '../../../ingest/tables/index.ts';
import { createTableSql } from '../../../ingest/schema/index.ts';
import { NameIndexBuilder, fieldsSql, findNames, normal, openKinds, parseQuery, readNames } from './index.ts';
import { errorsIn, codesOf, wantedOf } from './near-text.ts';

const NAMES: readonly (readonly [string, string, string, ...string[]])[] = [
  ['company:1', 'company', '湖州恒丰电镀有限公司', '91330599FAK04MYN9K'],
  ['company:2', 'company', '湖州恒丰化工有限公司'],
  ['company:3', 'company', '长兴顺达运输有限公司', '顺达车队'],
  ['vehicle:1', 'vehicle', '浙E·6F318'],
  ['vehicle:2', 'vehicle', '浙E6F381'],
  ['site:1', 'site', '织里镇恒丰电镀车间'],
  ['manifest:1', 'manifest', '20233305000001'],
];

function index() {
  const builder = new NameIndexBuilder();
  for (const [id, kind, ...texts] of NAMES)
    builder.add({ id, kind, town: id === 'site:1' ? '织里镇' : null, mentions: 1, texts });
  return builder.done();
}

const ask = (query: string, kinds: string[] | null = null): string[] =>
  findNames(index(), query, { limit: 5, kinds, mask: null }).hits.map((h) => `${h.id} ${h.how}`);

describe('search (d1)', () => {
  it('a name, its beginning, a part of it', () => {
    expect(ask('湖州恒丰电镀有限公司')[0]).toBe('company:1 exact');
    expect(ask('湖州恒丰')).toEqual(['company:1 start', 'company:2 start']);
    expect(ask('电镀')).toEqual(['company:1 inside', 'site:1 inside']);
  });
  it('one wrong, one missing, one surplus character', () => {
    expect(ask('恒峰电镀')[0]).toBe('company:1 near');
    expect(ask('恒电镀有限')[0]).toBe('company:1 near');
    expect(ask('恒丰的电镀')[0]).toBe('company:1 near');
  });
  it('pinyin, its beginning, its first letters, both mixed', () => {
    expect(ask('hengfengdiandu')[0]).toBe('company:1 pinyin');
    expect(ask('changxingshun')).toEqual(['company:3 pinyin']);
    expect(ask('hzhfdd')).toEqual(['company:1 initials']);
    expect(ask('hengfengdd')).toEqual(['company:1 initials', 'site:1 initials']);
  });
  it('a part of a plate, with width and points as they come', () => {
    expect(ask('6F318')[0]).toBe('vehicle:1 inside');
    expect(ask('浙Ｅ6f31')[0]).toBe('vehicle:1 start');
  });
  it('another name and a number lead to the entity', () => {
    expect(ask('顺达车队')[0]).toBe('company:3 exact');
    expect(ask('fak04myn9k')).toEqual(['company:1 inside']);
  });
  it('every word counts, a town as well', () => {
    expect(ask('恒丰 织里')).toEqual(['site:1 inside']);
    expect(ask('恒丰 化工')).toEqual(['company:2 inside']);
  });
  it('counts no kind that was not asked for (d8)', () => {
    const { byKind, total } = findNames(index(), '恒丰', { limit: 1, kinds: ['site'], mask: null });
    expect([byKind, total]).toEqual([{ site: 1 }, 1]);
  });
  it('the best few of many are those of the whole order', () => {
    const builder = new NameIndexBuilder();
    for (let i = 0; i < 3000; i++)
      builder.add({ id: `c${i}`, kind: 'company', town: null, mentions: i % 7, texts: [`恒丰${'工'.repeat(i % 13)}`] });
    const all = findNames(builder.done(), '恒丰', { limit: 3000, kinds: null, mask: null });
    const few = findNames(builder.done(), '恒丰', { limit: 9, kinds: null, mask: null });
    expect(few.hits).toEqual(all.hits.slice(0, 9));
    expect(few.total).toBe(3000);
  });
});

it('errors agree with the edit distance to the nearest part, counted naively', () => {
  const letters = fc.string({ unit: fc.constantFrom('恒', '丰', '电', 'a'), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(letters, letters, (wanted, text) => {
      const codes = codesOf(text);
      const found = errorsIn(wantedOf(wanted, 1), codes, 0, codes.length);
      const least = nearestPart(wanted, text);
      expect(found).toBe(least <= 1 && !(found === -1 && least === wanted.length) ? least : -1);
    }),
    { numRuns: 500 },
  );
});

it('signatures rule out nothing that is there: the index finds what reading every name finds', () => {
  const word = fc.string({ unit: fc.constantFrom('恒', '丰', '电', '1', 'a'), minLength: 3, maxLength: 7 });
  fc.assert(
    fc.property(word, fc.array(word, { minLength: 1, maxLength: 20 }), (wanted, names) => {
      const builder = new NameIndexBuilder();
      names.forEach((name, i) => builder.add({ id: `c:${i}`, kind: 'c', town: null, mentions: 0, texts: [name] }));
      const found = findNames(builder.done(), wanted, { limit: 99, kinds: null, mask: null }).hits;
      const errors = /^[a-z0-9]+$/.test(wanted) && wanted.length < 5 ? 0 : 1;
      const near = names.flatMap((name, i) => (nearestPart(wanted, name) <= errors ? [`c:${i}`] : []));
      const spelled = found.filter((h) => h.how !== 'pinyin' && h.how !== 'initials').map((h) => h.id);
      const all = new Set(found.map((h) => h.id));
      expect(spelled.every((id) => near.includes(id))).toBe(true);
      expect(near.every((id) => all.has(id))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

/** Edit distance of `wanted` to the part of `text` that is nearest, a part ending after at least one character. */
function nearestPart(wanted: string, text: string): number {
  let row = Array.from({ length: wanted.length + 1 }, (_x, i) => i);
  let least = Infinity;
  for (const char of text) {
    const next = [0];
    for (let i = 1; i <= wanted.length; i++)
      next[i] = Math.min(row[i - 1]! + (wanted[i - 1] === char ? 0 : 1), row[i]! + 1, next[i - 1]! + 1);
    row = next;
    least = Math.min(least, row[wanted.length]!);
  }
  return least;
}

describe('field conditions (d2)', () => {
  it('are told from words', () => {
    expect(parseQuery('恒丰 kind:company -town:"织里 镇" 电镀')).toEqual({
      words: '恒丰 电镀',
      tests: [
        { field: 'kind', value: 'company', not: false },
        { field: 'town', value: '织里 镇', not: true },
      ],
    });
  });

  it('parsing never fails and loses no word', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { words, tests } = parseQuery(text);
        expect(words.length + tests.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });

  it('select exactly who meets them; a person only by what is open', async () => {
    const db = await Database.open(':memory:');
    try {
      for (const table of ['entity', 'entity_key', 'statement']) await db.run(createTableSql(table));
      await db.run(`insert into entity values
        ('company:1', 'company', '湖州恒丰电镀有限公司', null, 9, '2024-03-05', 120.1, 30.8, '织里镇'),
        ('company:2', 'company', '100%_公司', null, 2, '2025-03-05', 120.5, 30.8, '埭溪镇'),
        ('person:1', 'person', '张三', '人员-1', 5, '2024-01-01', 120.1, 30.8, '织里镇')`);
      await db.run(
        `insert into entity_key values ('company', 'uscc', '9133X', 'company:1'), ('person', 'person_hash', '77PPQQ', 'person:1')`,
      );
      await db.run(
        `insert into statement values ('company:1', 'industry', '电镀', 'r:1', null), ('company:1', 'power_kw', '120', 'r:1', null), ('person:1', 'industry', '电镀', 'r:1', null)`,
      );
      const ids = async (text: string, kinds: string[] | null = null): Promise<string[]> => {
        const { sql, params } = fieldsSql(parseQuery(text).tests, kinds, 10);
        return (await db.rows<{ id: string }>(sql, params)).map((r) => r.id);
      };
      expect(await ids('kind:company')).toEqual(['company:1', 'company:2']);
      expect(await ids('town:织里')).toEqual(['company:1', 'person:1']);
      expect(await ids('-town:织里')).toEqual(['company:2']);
      expect(await ids('town:织里', ['company'])).toEqual(['company:1']);
      expect(await ids('name:湖州*公司')).toEqual(['company:1']);
      expect(await ids('name:0%_')).toEqual(['company:2']);
      expect(await ids('name:张三')).toEqual([]);
      expect(await ids('mentions:>2')).toEqual(['company:1', 'person:1']);
      expect(await ids('mentions:3..8')).toEqual(['person:1']);
      expect(await ids('known:2025..2026')).toEqual(['company:2']);
      expect(await ids('key:9133*')).toEqual(['company:1']);
      expect(await ids('industry:电?')).toEqual(['company:1']);
      expect(await ids('power_kw:>=100')).toEqual(['company:1']);
      expect(await ids('near:120.1,30.8,500m')).toEqual(['company:1']);
      expect(await ids('near:120.1,30.8,50km')).toEqual(['company:1', 'company:2']);
      await expect(ids('mentions:many')).rejects.toThrow('is not a range');
      await expect(ids('known:soon..later')).rejects.toThrow('is not a day');
      await expect(ids('near:here')).rejects.toThrow('is not a circle');
      const names = await readNames(db);
      const find = (q: string) => findNames(names, q, { limit: 5, kinds: null, mask: null }).hits.map((h) => h.id);
      expect([find('张三'), find('人员1'), find('77PPQQ'), find('9133X')]).toEqual([
        [],
        ['person:1'],
        [],
        ['company:1'],
      ]);
    } finally {
      db.close();
    }
  });
});

it('without the right, personal kinds are neither found nor counted (d8)', () => {
  const all = ['company', 'person', 'phone'];
  expect(openKinds(all, null, true)).toBeNull();
  expect(openKinds(all, null, false)).toEqual(['company']);
  expect(openKinds(all, ['person'], false)).toEqual([]);
  const builder = new NameIndexBuilder();
  builder.add({ id: 'person:1', kind: 'person', town: null, mentions: 1, texts: ['人员-1'] });
  const closed = findNames(builder.done(), '人员', { limit: 5, kinds: openKinds(['person'], null, false), mask: null });
  expect(closed).toEqual({ hits: [], total: 0, byKind: {} });
});

it('what is compared has no width, case, space or point', () => {
  expect(normal(' 浙Ｅ·6F-318（挂）')).toBe('浙e6f318挂');
});
