import fc from 'fast-check';
import { MultiDirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { writeWorld } from '../stores/contract-world.ts';
import { EmbeddedStore } from '../stores/embedded.ts';
import { fromArrowPair, toArrowPair } from './arrow.ts';
import { toCsvPair } from './csv.ts';
import { toCx2 } from './cx2.ts';
import { type ExchangeGraph, exchangeOf } from './exchange.ts';
import { fromCsvPair } from './from-csv.ts';
import { toGexf } from './gexf.ts';
import { fromGraphml, toGraphml } from './graphml.ts';
import { fromGraphologyJson, toGraphologyJson } from './json.ts';
import { parseXml, xmlText } from './xml.ts';

const small: ExchangeGraph = {
  nodes: [
    { id: 'co:1', attributes: { kind: 'company', label: '百川 & <化工> "一"', x: 1.5, y: -2 } },
    { id: 'v:1', attributes: { kind: 'vehicle', label: "=cmd|'x'", x: 0, y: 0, town: null } },
  ],
  edges: [
    { id: 'l1', from: 'co:1', to: 'v:1', attributes: { kind: 'owns', weight: 2, validTo: null } },
    { id: 'l2', from: 'co:1', to: 'v:1', attributes: { kind: 'met\nagain', weight: 0.1, validTo: null } },
    { id: 'l3', from: 'v:1', to: 'v:1', attributes: { kind: 'owns', weight: null, validTo: null } },
  ],
};
const withoutNulls = (graph: ExchangeGraph): ExchangeGraph => {
  const bare = <T extends ExchangeGraph['nodes'][number]>(item: T): T => ({
    ...item,
    attributes: Object.fromEntries(Object.entries(item.attributes).filter(([, v]) => v !== null)),
  });
  return { nodes: graph.nodes.map(bare), edges: graph.edges.map(bare) };
};

const _without = (attributes: ExchangeGraph['nodes'][number]['attributes'], names: readonly string[]) =>
  Object.fromEntries(Object.entries(attributes).filter(([name]) => !names.includes(name)));

/** Graphs with any characters that XML can hold, attributes of one type each. */
const word = fc
  .string({ unit: 'binary' })
  .map((s) => s.replace(/[^\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\t'));
const graphs: fc.Arbitrary<ExchangeGraph> = fc.uniqueArray(word, { minLength: 1, maxLength: 5 }).chain((ids) => {
  const attributes = fc.record({
    label: word,
    mentions: fc.oneof(fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true })),
  });
  const node = fc.constantFrom(...ids);
  return fc.record({
    nodes: fc.tuple(...ids.map((id) => attributes.map((a) => ({ id, attributes: a })))),
    edges: fc
      .array(fc.tuple(node, node, attributes), { maxLength: 5 })
      .map((list) => list.map(([from, to, a], i) => ({ id: `e${i}`, from, to, attributes: a }))),
  });
});

describe('GraphML', () => {
  it('comes back with every node, edge, position and value', () => {
    expect(fromGraphml(toGraphml(small))).toEqual(withoutNulls(small));
    fc.assert(
      fc.property(graphs, (graph) => {
        const back = fromGraphml(toGraphml(graph));
        expect(back).toEqual(
          JSON.parse(JSON.stringify(withoutNulls(graph), (_k, v: unknown) => (Object.is(v, -0) ? 0 : v))),
        );
      }),
    );
  });

  it('reads what others write: foreign prefixes, int keys, no edge ids, CDATA', () => {
    const text = `\ufeff<?xml version="1.0"?><!-- yEd --><g:graphml xmlns:g="x"><g:key id='d0' attr.name='age' attr.type='int'/>
      <g:graph><g:node id="a"><g:data key="d0"> 7 </g:data><g:data key="d9"><![CDATA[<raw>]]></g:data></g:node><g:node id="b"/><g:edge source="a" target="b"/></g:graph></g:graphml>`;
    expect(fromGraphml(text)).toEqual({
      nodes: [
        { id: 'a', attributes: { age: 7, d9: '<raw>' } },
        { id: 'b', attributes: {} },
      ],
      edges: [{ id: 'e0', from: 'a', to: 'b', attributes: {} }],
    });
  });

  it('refuses what is broken, with the reason', () => {
    const graph = (inside: string): string =>
      `<graphml><key id="k" attr.type="int"/><graph>${inside}</graph></graphml>`;
    expect(() => fromGraphml('<html></html>')).toThrow('no <graph>');
    expect(() => fromGraphml(graph('<node/>'))).toThrow('<node> has no id');
    expect(() => fromGraphml(graph('<node id="a"/><node id="a"/>'))).toThrow('same id');
    expect(() => fromGraphml(graph('<node id="a"/><edge source="a" target="z"/>'))).toThrow(
      'node "z", which is not there',
    );
    expect(() => fromGraphml(graph('<node id="a"><data key="k">x</data></node>'))).toThrow('"x", not a number');
    expect(() => fromGraphml(graph('<node id="a"><graph/></node>'))).toThrow('nested graphs are not read');
  });
});

describe('XML', () => {
  it('refuses what is not XML, with the line', () => {
    for (const [text, message] of [
      ['<a>\n<b></a>', 'line 2: </a> closes nothing'],
      ['<a>', '<a> is not closed'],
      ['<a/><b/>', '2 root elements'],
      ['', '0 root elements'],
      ['text', 'text outside the root element'],
      ['<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>', 'document type is not allowed'],
      ['<a>&e;</a>', '&e; is not a character'],
      ['<a>&#x110000;</a>', 'is not a character'],
      ['<a x="1" x="2"/>', 'attribute x stands twice'],
      ['<a x=1/>', 'not XML'],
    ]) {
      expect(() => parseXml(text!)).toThrow(message!);
    }
  });

  it('never crashes otherwise than by its own error, and replaces what XML cannot hold', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '/', 'a', '=', '"', '&', '#', ';', '!', '-', ' ') }),
        (text) => {
          try {
            parseXml(text);
          } catch (error) {
            expect((error as { code: string }).code).toBe('bad-xml');
          }
        },
      ),
      { numRuns: 2000 },
    );
    expect(parseXml(`<a>${xmlText('x\u0000\ud800')}</a>`).text).toBe('x\ufffd\ufffd');
  });
});

describe('other formats', () => {
  it('graphology reads its own JSON, and so do we', () => {
    const text = toGraphologyJson(small);
    const theirs = MultiDirectedGraph.from(JSON.parse(text) as Parameters<typeof MultiDirectedGraph.from>[0]);
    expect([theirs.order, theirs.size, theirs.getNodeAttribute('co:1', 'x')]).toEqual([2, 3, 1.5]);
    expect(fromGraphologyJson(text)).toEqual(small);
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(fromGraphologyJson(toGraphologyJson(graph))).toEqual(JSON.parse(JSON.stringify(graph)));
      }),
    );
    const nested = fromGraphologyJson('{"nodes":[{"key":1,"attributes":{"a":[1]}}],"edges":[]}');
    expect(nested.nodes).toEqual([{ id: '1', attributes: { a: '[1]' } }]);
    for (const bad of [
      '',
      '[]',
      '{}',
      '{"nodes":[{}],"edges":[]}',
      '{"nodes":[],"edges":[{"source":"a","target":"b"}]}',
    ])
      expect(() => fromGraphologyJson(bad)).toThrow('fromGraphologyJson');
    expect(() => fromGraphologyJson('{"nodes":[{"key":"a"},{"key":"a"}],"edges":[]}')).toThrow('same key');
  });

  it('GEXF is XML with everything in its place', () => {
    const root = parseXml(toGexf(small));
    const [nodeAttributes, edgeAttributes, nodes, edges] = root.children[0]!.children;
    expect(nodeAttributes!.children.map((a) => [a.attributes['title'], a.attributes['type']])).toEqual([
      ['kind', 'string'],
    ]);
    expect(edgeAttributes!.children.map((a) => a.attributes['title'])).toEqual(['kind']);
    expect(nodes!.children[0]!.attributes['label']).toBe('百川 & <化工> "一"');
    expect(nodes!.children[0]!.children.at(-1)!.attributes).toEqual({ x: '1.5', y: '-2' });
    expect(edges!.children.map((e) => e.attributes['weight'])).toEqual(['2', '0.1', undefined]);
  });

  it('CX2 names nodes by number and declares what it holds', () => {
    const [, , declarations, nodes, edges] = JSON.parse(toCx2(small)) as [unknown, unknown, object, object, object];
    expect(declarations).toEqual({
      attributeDeclarations: [
        {
          nodes: { id: { d: 'string' }, kind: { d: 'string' }, label: { d: 'string' } },
          edges: { id: { d: 'string' }, kind: { d: 'string' }, weight: { d: 'double' } },
        },
      ],
    });
    expect(nodes).toMatchObject({ nodes: [{ id: 0, x: 1.5, y: -2, v: { id: 'co:1' } }, { id: 1 }] });
    expect(edges).toMatchObject({
      edges: [
        { s: 0, t: 1 },
        { s: 0, t: 1 },
        { s: 1, t: 1, v: { id: 'l3' } },
      ],
    });
  });

  it('CSV is quoted, marked and cannot run a formula', async () => {
    const { nodes, edges } = toCsvPair(small);
    expect(nodes).toBe(
      '\ufeff"id","kind","label","x","y"\r\n"co:1","company","百川 & <化工> ""一""",1.5,-2\r\n"v:1","vehicle","\'=cmd|\'x\'",0,0\r\n',
    );
    expect(edges.split('\r\n')[3]).toBe('"l3","v:1","v:1","owns",');
  });

  it('CSV pairs come back, as do those of others', () => {
    expect(fromCsvPair(toCsvPair(small))).toEqual({
      nodes: small.nodes.map((n) => ({ ...n, attributes: _without(n.attributes, ['town']) })),
      edges: small.edges.map((e) => ({ ...e, attributes: _without(e.attributes, ['validTo']) })),
    });
    fc.assert(
      fc.property(graphs, (graph) => {
        const back = fromCsvPair(toCsvPair(graph));
        expect(back.nodes.map((n) => [n.id, n.attributes['label']])).toEqual(
          graph.nodes.map((n) => [n.id, n.attributes['label']]),
        );
        expect(back.edges).toHaveLength(graph.edges.length);
      }),
    );
    expect(fromCsvPair({ nodes: 'id,n\na,1\nb,', edges: 'source,target\na,b\n' })).toEqual({
      nodes: [
        { id: 'a', attributes: { n: 1 } },
        { id: 'b', attributes: { n: null } },
      ],
      edges: [{ id: 'e0', from: 'a', to: 'b', attributes: {} }],
    });
    for (const [nodes, edges, message] of [
      ['name\nx', '', 'no column "id"'],
      ['id\na\na', 'source,target', 'same id'],
      ['id,x\na', '', 'line 2: 1 cells, the head has 2'],
      ['id\n"a', '', 'a quote is not closed'],
      ['id\n"a"b', '', 'after a quoted cell'],
      ['id\na', 'source,target\na,z', 'line 2: node "z" is not there'],
    ])
      expect(() => fromCsvPair({ nodes: nodes!, edges: edges! })).toThrow(message);
  });

  it('Arrow tables come back with numbers as numbers and missing as missing', async () => {
    expect(await fromArrowPair(await toArrowPair(small))).toEqual({
      nodes: small.nodes.map((n) => ({ ...n, attributes: _without(n.attributes, ['town']) })),
      edges: small.edges.map((e) => ({ ...e, attributes: _without(e.attributes, ['validTo']) })),
    });
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const back = await fromArrowPair(await toArrowPair(graph));
        expect(back.nodes.map((n) => n.id)).toEqual(graph.nodes.map((n) => n.id));
        expect(back.nodes.map((n) => n.attributes['mentions'] ?? null)).toEqual(
          graph.nodes.map((n) => n.attributes['mentions']),
        );
      }),
      { numRuns: 30 },
    );
    await expect(fromArrowPair({ nodes: new Uint8Array([1, 2, 3]), edges: new Uint8Array(0) })).rejects.toThrow(
      'fromArrowPair',
    );
    const { nodes } = await toArrowPair(small);
    await expect(fromArrowPair({ nodes, edges: nodes })).rejects.toThrow('no column "source"');
  });

  it('takes a store view, persons by pseudonym', async () => {
    const db = await Database.open(':memory:');
    try {
      await writeWorld(db, {
        entities: [
          ['p', 'person', '张三', '人员-1'],
          ['c', 'company', 'C'],
        ],
        links: [['l', 'legal_rep_of', 'p', 'c', '2026-01-01']],
      });
      const store = await EmbeddedStore.open(db);
      const view = await store.among(['p', 'c'], { evidence: true });
      const positions = { x: Float64Array.of(1, 2), y: Float64Array.of(3, 4) };
      const text = toGraphml(exchangeOf(view, positions));
      expect(text).toContain('人员-1');
      expect(text).not.toContain('张三');
      expect(fromGraphml(text).edges[0]!.attributes).toMatchObject({
        validFrom: '2026-01-01T00:00:00.000Z',
        rowIds: 'src:l',
      });
      expect(() => exchangeOf(view, { x: new Float64Array(1), y: new Float64Array(1) })).toThrow(
        '1 positions for 2 nodes',
      );
    } finally {
      db.close();
    }
  });
});
