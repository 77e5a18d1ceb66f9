import { Router } from 'express';
import type { GraphStore } from '../../../graph/stores/index.ts';
import { nodeFinder } from '../../../graph/index.ts';
import type { Database } from '../../../ingest/tables/index.ts';
import * as contract from '../../contract/index.ts';
import { principalIn } from '../access.ts';
import { answer } from '../answer.ts';
import { graphStoreOf } from '../graph-store.ts';
import type { Resource, RouteContext } from '../resource.ts';
import { type Finding, type NameIndex, fieldsSql, findNames, indexOf, openKinds, parseQuery } from '../search/index.ts';

/** Search over every name, and the matching of pasted lists. */
export const searchRoutes: Resource = {
  operations: [
    {
      path: '/api/search',
      summary:
        'Entities by name, number, part of either, with a wrong character, by pinyin or its initials; field:value narrows',
      right: 'graph.read',
      query: contract.searchQuery,
      answer: contract.searchResults,
    },
    {
      method: 'post',
      path: '/api/search/list',
      summary: 'Up to 1,000 pasted lines, each with its best matches and how they were found',
      right: 'graph.read',
      body: contract.listBody,
      answer: contract.listMatches,
    },
  ],
  router,
};

/** Entities that conditions alone may bring before the rest is only counted. */
const _MOST_BY_FIELDS = 50_000;

function router({ snapshot }: RouteContext): Router {
  const routes = Router();
  routes.get('/search', async (request, response) => {
    const { q, kinds, limit } = contract.searchQuery.parse(request.query);
    const mayReadPersons = principalIn(response).rights.has('persons.read');
    const results = await snapshot.use(async (db) => {
      const open = openKinds((await indexOf(db)).kinds, kinds, mayReadPersons);
      const found = await _find(db, q, open, limit);
      const hits = await _hits(await graphStoreOf(db), found);
      const byKind = Object.entries(found.byKind)
        .map(([kind, count]) => ({ kind, count }))
        .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
      return { query: q, hits, total: found.total, notShown: found.total - hits.length, byKind };
    });
    answer(response, contract.searchResults, results);
  });
  routes.post('/search/list', async (request, response) => {
    const { lines, each } = contract.listBody.parse(request.body);
    const mayReadPersons = principalIn(response).rights.has('persons.read');
    const rows = await snapshot.use(async (db) => {
      const [index, store] = [await indexOf(db), await graphStoreOf(db)];
      const kinds = openKinds(index.kinds, null, mayReadPersons);
      const out: { line: string; hits: unknown[]; total: number; isExact: boolean }[] = [];
      for (const line of lines) {
        const found = findNames(index, line.slice(0, 200), { limit: each, kinds, mask: null });
        const isExact = found.hits[0]?.how === 'exact';
        out.push({ line, hits: await _hits(store, found), total: found.total, isExact });
        await new Promise((next) => setImmediate(next));
      }
      return out;
    });
    const count = (test: (row: (typeof rows)[number]) => boolean): number => rows.filter(test).length;
    answer(response, contract.listMatches, {
      rows,
      matched: count((r) => r.isExact),
      unsure: count((r) => !r.isExact && r.total > 0),
      unknown: count((r) => r.total === 0),
    });
  });
  return routes;
}

interface Hits extends Omit<Finding, 'hits'> {
  readonly hits: readonly {
    readonly id: string;
    readonly score: number;
    readonly how: string;
    readonly text: string;
  }[];
}

async function _find(db: Database, q: string, kinds: readonly string[] | null, limit: number): Promise<Hits> {
  const { words, tests } = parseQuery(q);
  if (tests.length === 0) return findNames(await indexOf(db), words, { limit, kinds, mask: null });
  const index = await indexOf(db);
  const { sql, params } = fieldsSql(tests, kinds, words === '' ? _MOST_BY_FIELDS : index.ids.length);
  const ids = (await db.rows<{ id: string }>(sql, params)).map((r) => r.id);
  const find = nodeFinder(index.ids);
  if (words !== '') {
    const mask = new Uint8Array(index.ids.length);
    for (const id of ids) if (find(id) >= 0) mask[find(id)] = 1;
    return findNames(index, words, { limit, kinds, mask });
  }
  return {
    hits: ids.slice(0, limit).map((id, i) => ({ id, score: -i, how: 'fields', text: '' })),
    total: ids.length,
    byKind: _byKind(index, ids.map(find)),
  };
}

function _byKind(index: NameIndex, entities: readonly number[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const e of entities) {
    const kind = index.kinds[index.kind[e]!]!;
    out[kind] = (out[kind] ?? 0) + 1;
  }
  return out;
}

async function _hits(store: GraphStore, found: Hits): Promise<unknown[]> {
  const nodes = await store.nodes(found.hits.map((h) => h.id));
  return found.hits.map(({ how, text, score }, i) => ({ node: nodes[i], how, text, score }));
}
