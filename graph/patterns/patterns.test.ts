import { lintCypherQuery } from '@neo4j-cypher/language-support';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { writeWorld } from '../stores/contract-world.ts';
import { matchPattern } from './match.ts';
import { PATTERN_CASES, PATTERN_WORLD, TWO_UNLICENSED_SITES, caseRow } from './pattern.contract.ts';
import { type Pattern, checkPattern } from './pattern.ts';
import { patternCypher } from './to-cypher.ts';
import { patternSql } from './to-sql.ts';

let db: Database;
beforeAll(async () => {
  db = await Database.open(':memory:');
  await writeWorld(db, PATTERN_WORLD);
});
afterAll(() => db.close());

describe('patterns in DuckDB', () => {
  it.each(PATTERN_CASES.map((c, i) => [i, c] as const))('case %i', async (_i, { pattern, asOf = null, rows }) => {
    const found = await matchPattern(db, JSON.parse(JSON.stringify(pattern)) as Pattern, { asOf });
    expect(found.rows.map((row) => caseRow(pattern, row))).toEqual(rows);
    expect(found.cut).toBe(false);
  });

  it('says when it was cut, binds every value, and stops in time', async () => {
    const all: Pattern = { version: 1, nodes: [{ name: 'x' }], links: [] };
    expect(await matchPattern(db, all, { limit: 2 })).toEqual({ rows: [{ x: 'p1' }, { x: 'pm' }], cut: true });
    const evil = "'; drop table entity; --";
    const pattern: Pattern = {
      version: 1,
      nodes: [{ name: 'x', kinds: [evil], tests: [{ property: 'label', operator: '=', value: evil }] }],
      links: [],
    };
    expect(patternSql(pattern, { asOf: null, limit: 1 }).sql).not.toContain('drop');
    expect(patternCypher(pattern, { asOf: null, limit: 1 }).text).not.toContain('drop');
    expect((await matchPattern(db, pattern)).rows).toEqual([]);
    await expect(matchPattern(db, all, { limit: 0 })).rejects.toMatchObject({ code: 'bad-limit' });
    const big = await Database.open(':memory:');
    try {
      const nodes = Array.from({ length: 400 }, (_x, i) => [`n${i}`, 'site', 'x'] as const);
      const links = Array.from(
        { length: 20_000 },
        (_x, i) => [`l${i}`, 'met', `n${i % 400}`, `n${(i * 7) % 400}`] as const,
      );
      await writeWorld(big, { entities: nodes, links });
      const names = ['a', 'b', 'c', 'd', 'e'];
      const chain: Pattern = {
        version: 1,
        nodes: names.map((name) => ({ name })),
        links: names.slice(1).map((to, i) => ({ name: `l${i}`, from: names[i]!, to, direction: 'both' })),
      };
      await expect(matchPattern(big, chain, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'out-of-time' });
      expect((await matchPattern(big, all, { limit: 1 })).cut).toBe(true);
    } finally {
      big.close();
    }
  });

  it("compiles to Cypher that the server's own grammar accepts", () => {
    for (const { pattern, asOf = null } of PATTERN_CASES) {
      const { text, params } = patternCypher(pattern, { asOf, limit: 10 });
      const faults = lintCypherQuery(text, { parameters: params }).diagnostics.filter((d) => d.severity === 1);
      expect(faults.map((d) => d.message)).toEqual([]);
    }
    const broken = lintCypherQuery('MATCH (n RETURN m', {}).diagnostics;
    expect(broken.length).toBeGreaterThan(0);
  });
});

describe('checkPattern', () => {
  it('names every fault at once', () => {
    const bad = {
      version: 2,
      nodes: [
        { name: 'a b' },
        { name: 'x', tests: [{ property: 'colour', operator: '=', value: 'red' }] },
        { name: 'X' },
      ],
      links: [
        {
          name: 'l',
          from: 'x',
          to: 'nobody',
          direction: 'up',
          tests: [{ property: 'weight', operator: '=', value: 'much' }],
        },
      ],
      absences: [{ node: 'who', direction: 'out' }],
      times: [{ first: 'l', second: 'm', withinHours: -1 }],
    } as unknown as Pattern;
    try {
      checkPattern(bad);
      expect.unreachable();
    } catch (error) {
      expect((error as { code: string }).code).toBe('bad-pattern');
      const { faults } = (error as { detail: { faults: string[] } }).detail;
      for (const part of [
        'version is 2',
        '"a b" is not a name',
        'no property "colour"',
        '"X" stands twice',
        'node "nobody"',
        'direction is "up"',
        'weight = does not take "much"',
        'node "who"',
        'link "m"',
        'withinHours is -1',
        'is not joined',
      ])
        expect(faults.join('\n')).toContain(part);
    }
    const many = Array.from({ length: 13 }, (_x, i) => ({ name: `n${i}` }));
    expect(() => checkPattern({ version: 1, nodes: many, links: [] })).toThrow('at most 12');
    expect(() => checkPattern({ version: 1, nodes: [], links: [] })).toThrow('there is no node');
    expect(checkPattern(TWO_UNLICENSED_SITES)).toBe(TWO_UNLICENSED_SITES);
  });
});
