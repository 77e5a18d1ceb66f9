import { HOUR_MS, InputError } from '../../ingest/base/index.ts';
import { compareCodePoints } from '../node-finder.ts';
import { EGO_DEFAULTS } from '../paths/ego.ts';
import { MOST_TO_CONNECT } from '../paths/connecting-network.ts';
import { TIME_WALK_DEFAULTS } from '../paths/time-respecting-path.ts';
import { type MatchOptions, type Matches, checkMatchOptions, matchesOf } from '../patterns/match.ts';
import type { Pattern } from '../patterns/pattern.ts';
import { patternCypher } from '../patterns/to-cypher.ts';
import { nearestPairs } from '../paths/nearest-pairs.ts';
import * as cypher from './neo4j-cypher.ts';
import { linksOfPairs, nodeViews, pathViews, subgraphView } from './neo4j-lookups.ts';
import { type PathParams, checkHops, kShortIds, shortestIds, timedLinks } from './neo4j-paths.ts';
import { linkParamsOf } from './neo4j-views.ts';
import type { Neo4jConnection } from './neo4j.ts';
import * as ask from './requests.ts';
import type { GraphStore } from './store.ts';
import { sortedLinks } from './view-maker.ts';
import type * as view from './views.ts';

/** The graph in Neo4j, as `pushToNeo4j` published it. The connection is borrowed: whoever opened it closes it, or lets `close` do so. */
export class Neo4jStore implements GraphStore {
  readonly home = 'neo4j';
  readonly #neo4j: Neo4jConnection;

  constructor(connection: Neo4jConnection) {
    this.#neo4j = connection;
  }

  async size(): Promise<{ nodes: number; links: number }> {
    return (await this.#neo4j.read<{ nodes: number; links: number }>(cypher.SIZE))[0]!;
  }

  async nodes(ids: readonly string[]): Promise<readonly view.NodeView[]> {
    return nodeViews(this.#neo4j, 'nodes', ids);
  }

  async neighbourCounts(
    id: string,
    filter: view.LinkFilter & Pick<view.ExpandRequest, 'direction'> = {},
  ): Promise<readonly view.NeighbourCount[]> {
    const where = 'neighbourCounts';
    ask.checkNames(where, filter, [...ask.LINK_FILTER_NAMES, 'direction']);
    ask.checkChoice(where, 'direction', filter.direction, ask.DIRECTIONS);
    await nodeViews(this.#neo4j, where, [id]);
    const sides = (['out', 'in'] as const).filter((side) => [side, 'both', undefined].includes(filter.direction));
    const counts: view.NeighbourCount[] = [];
    for (const direction of sides) {
      const rows = await this.#neo4j.read<Omit<view.NeighbourCount, 'direction'>>(cypher.neighbourCounts(direction), {
        id,
        ...linkParamsOf(where, filter),
      });
      counts.push(...rows.map((row) => ({ ...row, direction })));
    }
    const key = (c: view.NeighbourCount): string[] => [c.linkKind, c.direction, c.nodeKind];
    return counts.sort((a, b) => key(a).reduce((order, text, i) => order || compareCodePoints(text, key(b)[i]!), 0));
  }

  async expand(id: string, request: view.ExpandRequest = {}): Promise<view.Expansion> {
    ask.checkNames('expand', request, ask.EXPAND_NAMES);
    ask.checkChoice('expand', 'direction', request.direction, ask.DIRECTIONS);
    ask.checkChoice('expand', 'rank', request.rank, ask.RANKS);
    const { offset = 0, limit = 100, direction = 'both', rank = 'weight' } = request;
    ask.checkCount('expand', 'offset', offset, 0);
    ask.checkCount('expand', 'limit', limit, 1);
    const params = { id, nodeKinds: request.nodeKinds ?? null, offset, limit, ...linkParamsOf('expand', request) };
    const [own] = await nodeViews(this.#neo4j, 'expand', [id]);
    const [{ total }] = (await this.#neo4j.read<{ total: number }>(cypher.expandTotal(direction), params)) as [
      { total: number },
    ];
    const page = (await this.#neo4j.read<{ id: string }>(cypher.expandPage(direction, rank), params)).map(
      (row) => row.id,
    );
    const pairs = page.map((neighbour) => [id, neighbour] as const);
    const links = await linksOfPairs(this.#neo4j, pairs, {
      direction,
      ...linkParamsOf('expand', request),
      evidence: request.evidence ?? false,
    });
    return {
      nodes: [own!, ...(await nodeViews(this.#neo4j, 'expand', page))],
      links: sortedLinks(links.flat()),
      total,
      shown: page.length,
      remaining: Math.max(0, total - offset - page.length),
    };
  }

  async shortestPath(from: string, to: string, request: view.PathRequest = {}): Promise<view.PathView | null> {
    const params = await this.#pathParams('shortestPath', [from, to], request, ask.PATH_NAMES);
    const [ids] = await shortestIds(this.#neo4j, [from, to], params, { limit: 1, taken: [] });
    return ids === undefined
      ? null
      : (await pathViews(this.#neo4j, [ids], { ...params, evidence: request.evidence ?? true }))[0]!;
  }

  async allShortestPaths(
    from: string,
    to: string,
    request: view.PathRequest & { readonly limit?: number } = {},
  ): Promise<view.PathsView> {
    const { limit = 100 } = request;
    ask.checkCount('allShortestPaths', 'limit', limit, 1);
    const params = await this.#pathParams('allShortestPaths', [from, to], request, [...ask.PATH_NAMES, 'limit']);
    const ids = await shortestIds(this.#neo4j, [from, to], params, { limit, taken: [] });
    const text = cypher.countShortestPaths(params.direction, params.maxHops);
    const total =
      ids.length < limit
        ? ids.length
        : (await this.#neo4j.read<{ total: number }>(text, { ...params, from, to, taken: [] }))[0]!.total;
    return { paths: await pathViews(this.#neo4j, ids, { ...params, evidence: request.evidence ?? true }), total };
  }

  async shortPaths(
    from: string,
    to: string,
    k: number,
    request: view.PathRequest = {},
  ): Promise<readonly view.PathView[]> {
    if (!(Number.isInteger(k) && k >= 1 && k <= 1000))
      throw new InputError('bad-k', `shortPaths: k is ${k}; use a whole number 1 – 1000`, { k });
    const params = await this.#pathParams('shortPaths', [from, to], request, ask.PATH_NAMES);
    return pathViews(this.#neo4j, await kShortIds(this.#neo4j, [from, to], params, k), {
      ...params,
      evidence: request.evidence ?? true,
    });
  }

  async timeRespectingPath(
    from: string,
    to: string,
    request: view.TimePathRequest = {},
  ): Promise<view.PathView | null> {
    const where = 'timeRespectingPath';
    const d = TIME_WALK_DEFAULTS;
    const params = await this.#pathParams(where, [from, to], { maxHops: d.maxHops, ...request }, ask.TIME_PATH_NAMES);
    const moment = (text: string | null | undefined, open: number): number =>
      text === null || text === undefined ? open : ask.momentMs(where, text);
    const clock = {
      mode: request.mode ?? d.mode,
      minGapMs: (request.minGapHours ?? 0) * HOUR_MS,
      fromMs: moment(request.from, -Infinity),
      toMs: moment(request.to, Infinity),
      undated: request.undated ?? d.undated,
      first: request.first ?? d.first,
    };
    const path = await timedLinks(this.#neo4j, [from, to], params, { clock, evidence: request.evidence ?? true });
    if (path === null) return null;
    const steps = path.links.map((link, i): view.PathStep => {
      const ms = path.atMs[i]!;
      return { links: [link], at: ms === -Infinity ? null : new Date(ms).toISOString() };
    });
    return { nodes: await nodeViews(this.#neo4j, where, path.ids), steps };
  }

  async connect(ids: readonly string[], request: view.PathRequest = {}): Promise<view.NetworkView> {
    const given = [...new Set(ids)].sort(compareCodePoints);
    const params = await this.#pathParams('connect', given, { maxHops: 6, ...request }, ask.PATH_NAMES);
    if (given.length < 2 || given.length > MOST_TO_CONNECT)
      throw new InputError('bad-count', `connect: ${given.length} distinct nodes; give 2 – ${MOST_TO_CONNECT}`, {});
    const all: { a: string; b: string; hops: number }[] = [];
    for (const [i, a] of given.entries()) {
      for (const b of given.slice(i + 1)) {
        const [path] = await shortestIds(this.#neo4j, [a, b], params, { limit: 1, taken: [] });
        if (path !== undefined) all.push({ a, b, hops: path.length - 1 });
      }
    }
    const tree = nearestPairs(given, all, compareCodePoints);
    const paths: string[][] = [];
    for (const [a, b] of tree.pairs)
      paths.push(...(await shortestIds(this.#neo4j, [a, b], params, { limit: 3, taken: [] })));
    const views = await pathViews(this.#neo4j, paths, { ...params, evidence: request.evidence ?? false });
    const links = new Map(views.flatMap((p) => p.steps.flatMap((s) => s.links)).map((link) => [link.id, link]));
    const nodes = [...new Set([...given, ...paths.flat()])].sort(compareCodePoints);
    return {
      nodes: await nodeViews(this.#neo4j, 'connect', nodes),
      links: sortedLinks([...links.values()]),
      groups: tree.groups,
    };
  }

  async ego(ids: readonly string[], request: view.EgoRequest = {}): Promise<view.EgoView> {
    const starts = [...new Set(ids)].sort(compareCodePoints);
    const limit = request.limit ?? EGO_DEFAULTS.limit;
    ask.checkCount('ego', 'limit', limit, 1);
    const params = await this.#pathParams('ego', starts, { maxHops: 2, ...request }, [...ask.PATH_NAMES, 'limit']);
    const seen = new Set(starts);
    let layer = starts;
    for (let hop = 1; hop <= params.maxHops && layer.length > 0; hop++) {
      const rows = await this.#neo4j.read<{ id: string }>(cypher.frontier(params.direction), {
        ...params,
        frontier: layer,
      });
      layer = rows
        .map((row) => row.id)
        .filter((id) => !seen.has(id))
        .sort(compareCodePoints);
      for (const id of layer) seen.add(id);
    }
    const nodes = [...seen].slice(0, limit);
    return {
      ...(await subgraphView(
        this.#neo4j,
        { where: 'ego', ids: nodes },
        { ...params, evidence: request.evidence ?? false },
      )),
      total: seen.size,
    };
  }

  async among(ids: readonly string[], filter: view.LinkFilter & view.EvidenceChoice = {}): Promise<view.SubgraphView> {
    ask.checkNames('among', filter, ask.AMONG_NAMES);
    const params = { ...linkParamsOf('among', filter), evidence: filter.evidence ?? false };
    return subgraphView(this.#neo4j, { where: 'among', ids: [...new Set(ids)] }, params);
  }

  async commonNeighbours(
    ids: readonly string[],
    request: view.LinkFilter & { readonly least?: number } = {},
  ): Promise<readonly view.CommonNeighbourView[]> {
    const where = 'commonNeighbours';
    ask.checkNames(where, request, [...ask.LINK_FILTER_NAMES, 'least']);
    const given = [...new Set(ids)];
    await nodeViews(this.#neo4j, where, given);
    const { least = given.length } = request;
    if (given.length < 2)
      throw new InputError('too-few-nodes', `${where}: ${given.length} distinct nodes; give two or more`, {});
    if (!(Number.isInteger(least) && least >= 1 && least <= given.length))
      throw new InputError('bad-least', `${where}: least is ${least}; use 1 – ${given.length}`, { least });
    const params = { ids: given, least, ...linkParamsOf(where, request) };
    const rows = await this.#neo4j.read<{ id: string; shared: number }>(cypher.COMMON_NEIGHBOURS, params);
    const views = await nodeViews(
      this.#neo4j,
      where,
      rows.map((row) => row.id),
    );
    return rows.map(({ shared }, i) => ({ node: views[i]!, shared }));
  }

  /** Finds a pattern; the same rows as `matchPattern` over the warehouse. The time limit is the connection's. @throws as `matchPattern` */
  async match(pattern: Pattern, options: Partial<Omit<MatchOptions, 'timeoutMs'>> = {}): Promise<Matches> {
    const o = checkMatchOptions('match', options);
    const { text, params } = patternCypher(pattern, o);
    return matchesOf(await this.#neo4j.read<Record<string, string>>(text, params), o.limit);
  }

  async close(): Promise<void> {
    await this.#neo4j.close();
  }

  async #pathParams(
    where: string,
    ids: readonly string[],
    request: view.PathRequest,
    names: readonly string[],
  ): Promise<PathParams> {
    ask.checkNames(where, request, names);
    ask.checkChoice(where, 'direction', request.direction, ask.DIRECTIONS);
    const { maxHops = 12, direction = 'both', withoutNodeKinds = [], withoutNodes = [] } = request;
    checkHops(where, maxHops);
    await nodeViews(this.#neo4j, where, [...new Set([...ids, ...withoutNodes])]);
    return { direction, maxHops, withoutNodeKinds, withoutNodes, ...linkParamsOf(where, request) };
  }
}
