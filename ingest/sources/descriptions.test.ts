import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { InputError } from '../base/index.ts';
import type { SourceDescription } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { checkDescriptions } from './binding.ts';
import { districtSources } from './district.ts';
import { faultsOf } from './faults.ts';
import { descriptionsFromYaml, descriptionsJsonSchema } from './yaml.ts';

let db: Database;
beforeAll(async () => {
  db = await Database.open(':memory:');
});
afterAll(() => db.close());

/** Headers and cleaned names that docs/sources.md promises for one table. */
function promised(table: string): { names: string[]; headers: string[] } {
  const text = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');
  const section = text.split(/^### /m).find((s) => s.startsWith(`\`${table}\``)) ?? '';
  const pairs = [...section.matchAll(/(?:^|· )(`?)([^·`→\n]+?)\1→`([a-z0-9_]+)`/gm)];
  return { names: pairs.map((m) => m[3]!), headers: pairs.map((m) => m[2]!.trim()) };
}

describe('the district', () => {
  const all = districtSources({ precursor: true });

  test('every table of docs/sources.md is described, the precursor register only when asked for', () => {
    const text = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');
    const tables = [...text.matchAll(/^### `(\w+)`/gm)].map((m) => m[1]!);
    expect(tables).toHaveLength(24);
    expect(all.map((d) => d.id).toSorted()).toEqual(tables.toSorted());
    const without = districtSources().map((d) => d.id);
    expect(tables.filter((t) => !without.includes(t))).toEqual(['pol_precursor']);
  });

  test.each(all.map((d) => [d.id, d] as const))('%s has the headers and names of docs/sources.md', (id, d) => {
    const { names, headers } = promised(id);
    const described = new Set(d.columns.map((c) => c.name));
    expect(names.filter((n) => !described.has(n))).toEqual([]);
    const sent = new Set(d.columns.flatMap((c) => c.header ?? c.name));
    expect(headers.filter((h) => !sent.has(h) && !sent.has(`properties.${h}`) && !/[,/ ]/.test(h))).toEqual([]);
  });

  test('every expression binds', async () => {
    await expect(checkDescriptions(db, all)).resolves.toBeUndefined();
  });

  test('reporters are dropped at the door, persons are nobody’s outcome', () => {
    const hotline = all.find((d) => d.id === 'hot_ticket')!;
    expect(hotline.columns.find((c) => c.name === 'caller_hash')?.kind).toBe('drop');
    expect(JSON.stringify(hotline.mentions)).not.toContain('caller');
    for (const d of all)
      for (const o of d.outcomes) expect(d.mentions.find((m) => m.role === o.subject)?.kind).not.toBe('person');
  });

  test('as YAML they are the same', () => {
    expect(descriptionsFromYaml(stringify({ sources: all }), 'round trip')).toEqual(
      JSON.parse(JSON.stringify(all)) as SourceDescription[],
    );
  });
});

const GOOD = `
sources:
  - id: shop
    title: { zh: 店, en: Shop }
    department: x
    share: unconditional
    level: 0
    files: ['shop*.csv']
    format: { kind: csv }
    columns:
      - { name: id, kind: text, required: true }
      - { name: opened, kind: date }
      - { name: plates, kind: list, separator: ';' }
    key: [id]
    eventAt: opened::timestamp
    knownAt: opened::timestamp
    mentions:
      - { role: shop, kind: site, fields: { key: id } }
      - { role: van, kind: vehicle, each: plates, fields: { plate: '=upper(item)' } }
    links:
      - { kind: owns, from: shop, to: van, when: "item <> ''" }
`;

function faultsIn(text: string): string {
  try {
    descriptionsFromYaml(text, 'shop.yaml');
  } catch (fault) {
    expect(fault).toBeInstanceOf(InputError);
    return (fault as InputError).message;
  }
  return '';
}

describe('YAML', () => {
  test('a small description is read, and its parts that may be left out are empty', async () => {
    const [shop] = descriptionsFromYaml(GOOD, 'shop.yaml');
    expect(shop?.outcomes).toEqual([]);
    expect(shop?.mentions[1]?.each).toBe('plates');
    await expect(checkDescriptions(db, [shop!])).resolves.toBeUndefined();
  });

  test('every fault of shape is listed at once, with its path', () => {
    const said = faultsIn(
      GOOD.replace('level: 0', 'level: 7').replace('kind: date', 'kind: day').replace('key: [id]', 'keys: [id]'),
    );
    expect(said).toContain('sources[0].level');
    expect(said).toContain('sources[0].columns[1].kind');
    expect(said).toContain('sources[0].key:');
    expect(said).toContain('keys');
    expect(said).toMatch(/shop\.yaml: 4 faults/);
  });

  test('names that point nowhere are listed at once', () => {
    const said = faultsIn(
      GOOD.replace('key: [id]', 'key: [no]').replace('to: van', 'to: bus').replace('key: id', 'key: x'),
    );
    expect(said).toContain('sources[0].key[0]: "no" is not a cleaned column');
    expect(said).toContain('sources[0].links[0].to: "bus" is not a role');
    expect(said).toContain('sources[0].mentions[0].fields.key: "x"');
  });

  test('broken YAML and a doubled key name their line', () => {
    expect(faultsIn('sources:\n  - id: [')).toMatch(/line \d+, column \d+/);
    expect(faultsIn('sources: []\nsources: []')).toMatch(/line 2/);
    expect(faultsIn('')).toContain('(whole file)');
  });

  test.each([
    [
      'a person as the subject of an outcome',
      'never scored',
      (d: SourceDescription) => ({
        ...d,
        mentions: [{ role: 'shop', kind: 'person' as const, fields: { key: 'id' } }],
        links: [],
        outcomes: [{ subject: 'shop', verdict: "'clean'", foundAt: 'event_at', knownAt: 'event_at' }],
      }),
    ],
    [
      'two statements in an expression',
      'no ";"',
      (d: SourceDescription) => ({ ...d, where: "id = 'a'; drop table x" }),
    ],
    ['a sub-select', 'sub-select', (d: SourceDescription) => ({ ...d, where: 'id in (SELECT 1)' })],
    [
      'a personal property',
      'is personal',
      (d: SourceDescription) => ({
        ...d,
        columns: [...d.columns, { name: 'who', kind: 'name' as const, personal: true }],
        mentions: [{ ...d.mentions[0]!, properties: ['who'] }, d.mentions[1]!],
      }),
    ],
    [
      'a list without separator',
      'needs its separator',
      (d: SourceDescription) => ({
        ...d,
        columns: [...d.columns, { name: 'more', kind: 'list' as const }],
      }),
    ],
    [
      'a role used twice',
      'used twice',
      (d: SourceDescription) => ({ ...d, mentions: [...d.mentions, d.mentions[0]!] }),
    ],
    [
      'a reserved column',
      'name of our own',
      (d: SourceDescription) => ({
        ...d,
        columns: [...d.columns, { name: 'row_id', kind: 'text' as const }],
      }),
    ],
  ])('%s is refused', (_what, said, change) => {
    const [shop] = descriptionsFromYaml(GOOD, 'shop.yaml');
    expect(
      faultsOf(change(shop!))
        .map((f) => f.message)
        .join(),
    ).toContain(said);
  });

  test('a semicolon inside a text is no second statement', () => {
    const [shop] = descriptionsFromYaml(GOOD, 'shop.yaml');
    expect(faultsOf({ ...shop!, where: "id <> 'a;select'" })).toEqual([]);
  });

  test('expressions that do not bind are all named', async () => {
    const [shop] = descriptionsFromYaml(
      GOOD.replace('eventAt: opened::timestamp', 'eventAt: closed').replace("item <> ''", 'item.x.y > 3'),
      'shop.yaml',
    );
    const fault = await checkDescriptions(db, [shop!]).catch((e: unknown) => e as InputError);
    expect(fault).toBeInstanceOf(InputError);
    expect((fault as InputError).message).toContain('shop.eventAt: "closed" does not bind');
    expect((fault as InputError).message).toContain('shop.links[0].when');
  });

  test('two descriptions with one id are refused', async () => {
    const [shop] = descriptionsFromYaml(GOOD, 'shop.yaml');
    await expect(checkDescriptions(db, [shop!, shop!])).rejects.toThrow('used by two descriptions');
  });

  test('a row known with another source’s row must name one that is described', async () => {
    const [shop] = descriptionsFromYaml(GOOD, 'shop.yaml');
    const lost = { ...shop!, knownWith: [{ column: 'id', source: 'mall', references: 'id' }] };
    await expect(checkDescriptions(db, [lost])).rejects.toThrow('shop.knownWith[0]: "mall.id"');
    await expect(checkDescriptions(db, [lost, { ...shop!, id: 'mall' }])).resolves.toBeUndefined();
  });

  test.each([
    ['chicago', 11],
    ['pole', 12],
  ])('fixtures/%s/sources.yaml is valid and binds', async (name, count) => {
    const text = readFileSync(new URL(`../../fixtures/${name}/sources.yaml`, import.meta.url), 'utf8');
    const described = descriptionsFromYaml(text, name);
    expect(described).toHaveLength(count);
    await expect(checkDescriptions(db, described)).resolves.toBeUndefined();
  });

  test('the JSON schema names the required parts', () => {
    const schema = descriptionsJsonSchema() as {
      required: string[];
      properties: { sources: { items: { required: string[] } } };
    };
    expect(schema.required).toEqual(['sources']);
    expect(schema.properties.sources.items.required).toContain('knownAt');
    expect(schema.properties.sources.items.required).not.toContain('links');
  });
});
