import { describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { graphFromDatabase } from '../build/from-database.ts';
import { writeWorld } from '../stores/contract-world.ts';
import { matchPattern } from './match.ts';
import { checkPattern } from './pattern.ts';
import { type GraphSchema, graphSchema, suggestPatterns } from './suggest.ts';

const WORLD = {
  entities: [
    ['c1', 'company', '甲'],
    ['c2', 'company', '乙'],
    ['m1', 'manifest', '联单1'],
    ['m2', 'manifest', '联单2'],
    ['s1', 'site', '有证场'],
    ['s2', 'site', '无证场'],
    ['pm', 'permit', 'P'],
    ['v1', 'vehicle', '苏B1'],
  ],
  links: [
    ['a', 'origin_of', 'c1', 'm1'],
    ['b', 'origin_of', 'c2', 'm2'],
    ['c', 'receiver_of', 's1', 'm1'],
    ['d', 'receiver_of', 's2', 'm2'],
    ['e', 'holds', 's1', 'pm'],
    ['f', 'stopped_at', 'v1', 's2'],
    ['g', 'seen_at', 'v1', 's2'],
    ['h', 'seen_at', 'v1', 's1'],
  ],
} as const;

async function run<T>(work: (db: Database, schema: GraphSchema) => Promise<T>): Promise<T> {
  const db = await Database.open(':memory:');
  try {
    await writeWorld(db, WORLD);
    return await work(db, graphSchema((await graphFromDatabase(db)).graph));
  } finally {
    db.close();
  }
}

describe('search in words of the schema (d3)', () => {
  it('counts what is joined to what', () =>
    run(async (_db, schema) => {
      expect(schema.triples[0]).toEqual({ from: 'company', link: 'origin_of', to: 'manifest', count: 2 });
      expect(schema.triples.reduce((n, t) => n + t.count, 0)).toBe(WORLD.links.length);
    }));

  it.each([
    ['companies with manifest to site without permit', [['c2', 'm2', 's2']]],
    ['企业有联单到场所但没有许可证', [['c2', 'm2', 's2']]],
    [
      'firms with a Waste Manifest',
      [
        ['c1', 'm1'],
        ['c2', 'm2'],
      ],
    ],
    ['trucks that stopped at plants', [['v1', 's2']]],
    ['vehicle seen at site without permit', [['v1', 's2']]],
    ['site without permit', [['s2']]],
    ['manifests', [['m1'], ['m2']]],
  ])('%s is offered and runs', (words, rows) =>
    run(async (db, schema) => {
      const [best] = suggestPatterns(words, schema);
      const found = await matchPattern(db, checkPattern(best!.pattern));
      expect(found.rows.map((row) => best!.pattern.nodes.map((n) => row[n.name]))).toEqual(rows);
    }),
  );

  it('says its suggestions back in both languages, the frequent link first', () =>
    run(async (_db, schema) => {
      expect(suggestPatterns('vehicle at site', schema).map((s) => s.text)).toEqual([
        { en: 'vehicle —seen at→ site', zh: '车辆 —出现于→ 场所' },
        { en: 'vehicle —stopped at→ site', zh: '车辆 —停留于→ 场所' },
      ]);
      expect(suggestPatterns('permit of site', schema)[0]!.text.en).toBe('permit ←holds— site');
    }));

  it('says so when words name nothing, or what is not joined', () =>
    run(async (_db, schema) => {
      expect(() => suggestPatterns('the weather', schema)).toThrow('this graph has company 企业');
      expect(() => suggestPatterns('company with ship', schema)).not.toThrow();
      expect(() => suggestPatterns('company and vehicle', schema)).toThrow('no link between the kinds named');
    }));
});
