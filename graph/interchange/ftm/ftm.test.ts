import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ExchangeGraph } from '../exchange.ts';
import { checkFtm, fromFtm } from './from-ftm.ts';
import { EDGE_SCHEMATA, ftmId, schemaOfKind, schemaOfLink } from './model.ts';
import { type FtmEntity, toFtm } from './to-ftm.ts';

const SMALL: ExchangeGraph = {
  nodes: [
    { id: 'co:1', attributes: { kind: 'company', label: '百川化工', mentions: 3, lon: 120.5, town: null } },
    { id: 'p:1', attributes: { kind: 'person', label: '人员-7f3a' } },
    { id: 'v:苏B1', attributes: { kind: 'vehicle', label: '苏B1' } },
    { id: 'pm', attributes: { kind: 'permit', label: 'P-1' } },
    {
      id: 'r1',
      attributes: { kind: 'reading', label: 'COD', at: '2026-03-01T20:00:00.000Z', value: 31.5, unit: 'mg/L' },
    },
  ],
  edges: [
    {
      id: 'l1',
      from: 'p:1',
      to: 'co:1',
      attributes: { kind: 'legal_rep_of', validFrom: '2026-03-01T20:00:00.000Z', weight: 2 },
    },
    { id: 'l2', from: 'co:1', to: 'v:苏B1', attributes: { kind: 'owns', validFrom: null } },
    { id: 'l3', from: 'co:1', to: 'pm', attributes: { kind: 'holds' } },
    { id: 'l4', from: 'r1', to: 'co:1', attributes: { kind: 'measured_at' } },
  ],
};
const lines = (graph: ExchangeGraph): string[] => [...toFtm(graph)];
const entities = (graph: ExchangeGraph): FtmEntity[] => lines(graph).map((line) => JSON.parse(line) as FtmEntity);

describe('FollowTheMoney', () => {
  it('takes native schemata where ends allow it, and ids that its tools accept', () => {
    const all = entities(SMALL);
    expect(all.map((e) => e.schema)).toEqual([
      'Company',
      'Person',
      'Vehicle',
      'EnvPermit',
      'EnvReading',
      'Directorship',
      'Ownership',
      'EnvLink',
      'EnvLink',
    ]);
    expect(all[5]).toMatchObject({
      id: 'l.l1',
      properties: { director: ['n.p-3a1'], organization: ['n.co-3a1'], startDate: ['2026-03-01T20:00:00'] },
    });
    expect(all[4]!.properties).toMatchObject({ value: ['31.5'], unit: ['mg/L'], date: ['2026-03-01T20:00:00'] });
    for (const { id } of all) expect(id).toMatch(/^[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?$/);
    expect(schemaOfLink('owns', 'phone', 'company')).toBe('EnvLink');
    expect(schemaOfLink('seen_at', 'ship', 'gate')).toBe('EnvPass');
  });

  it('comes back as it was, whatever the ids', () => {
    expect(fromFtm(lines(SMALL))).toEqual({ ...SMALL, aside: [] });
    const id = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 6 })
      .map((s) => s.replaceAll(/\p{Surrogate}/gu, '?'));
    fc.assert(
      fc.property(fc.uniqueArray(id, { minLength: 2, maxLength: 5 }), (ids) => {
        const graph: ExchangeGraph = {
          nodes: ids.map((one) => ({ id: one, attributes: { kind: 'site', label: one } })),
          edges: [{ id: 'e', from: ids[0]!, to: ids[1]!, attributes: { kind: 'met' } }],
        };
        expect(fromFtm(lines(graph))).toEqual({ ...graph, aside: [] });
        expect(new Set(ids.map((one) => ftmId('n', one))).size).toBe(ids.length);
      }),
    );
  });

  it('reads what OpenSanctions and Aleph write: several values, partial dates, things that name things', () => {
    const file = [
      { id: 'Q1', schema: 'Person', properties: { name: ['A. Person', 'Person, A.'], country: ['cy'] } },
      { id: 'c1', schema: 'Organization', properties: { name: ['Org'], addressEntity: ['addr1'] } },
      { id: 'c2', schema: 'PublicBody', properties: { name: 'Ministry' } },
      { id: 'addr1', schema: 'Address', properties: { full: ['1 High Street'] } },
      { id: 's1', schema: 'Sanction', properties: { entity: ['Q1'], program: ['X'] } },
      {
        id: 'o1',
        schema: 'Ownership',
        properties: { owner: ['Q1'], asset: ['c1', 'c2'], startDate: ['2021-03', '2020'] },
      },
      { id: 'o2', schema: 'Ownership', properties: { owner: ['Q1'], asset: ['gone'] } },
    ].map((e) => JSON.stringify(e));
    const read = fromFtm([...file, '', '{', '[]', '{"id":"x"}', file[0]!]);
    expect(read.nodes.map((n) => [n.id, n.attributes['kind'], n.attributes['label']])).toEqual([
      ['Q1', 'person', 'A. Person'],
      ['c1', 'company', 'Org'],
      ['c2', 'company', 'Ministry'],
      ['addr1', 'address', '1 High Street'],
      ['s1', 'thing', 's1'],
    ]);
    expect(read.edges.map((e) => [e.id, e.attributes['kind'], e.from, e.to, e.attributes['validFrom']])).toEqual([
      ['c1#addressEntity#addr1', 'address_entity', 'c1', 'addr1', null],
      ['s1#entity#Q1', 'entity', 's1', 'Q1', null],
      ['o1#1', 'owns', 'Q1', 'c1', '2020-01-01T00:00:00.000Z'],
      ['o1#2', 'owns', 'Q1', 'c2', '2020-01-01T00:00:00.000Z'],
    ]);
    expect(read.aside).toEqual([
      { line: 7, reason: 'Ownership o2 joins entities that are not in the file' },
      { line: 9, reason: 'not JSON' },
      { line: 10, reason: 'no id' },
      { line: 11, reason: 'no schema' },
      { line: 12, reason: 'the id "Q1" stands twice' },
    ]);
    expect(() => checkFtm(fromFtm(['id,name', '1,x']), 'a.csv')).toThrow(
      'a.csv: no entity could be read; line 1: not JSON',
    );
    expect(() => [...toFtm({ nodes: [], edges: SMALL.edges })]).toThrow('not both are there');
  });

  it('writes no schema that neither FollowTheMoney nor the extension has', () => {
    const folder = new URL('./schema/', import.meta.url);
    const own = Object.assign(
      {},
      ...readdirSync(folder).map((f) => parse(readFileSync(new URL(f, folder), 'utf8')) as object),
    ) as Record<string, { properties: object; edge?: { source: string; target: string } }>;
    for (const kind of ['site', 'permit', 'outlet', 'manifest', 'ticket', 'device', 'event', 'reading', 'gate'])
      expect(own).toHaveProperty(schemaOfKind(kind));
    for (const schema of ['EnvLink', 'EnvPass'])
      expect(own[schema]!.edge).toMatchObject({
        source: EDGE_SCHEMATA[schema]!.source,
        target: EDGE_SCHEMATA[schema]!.target,
      });
  });
});
