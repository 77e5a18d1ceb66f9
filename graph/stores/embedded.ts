import { HOUR_MS, StateError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { BuildReport } from '../build/build-report.ts';
import { type GraphFromDatabaseOptions, graphFromDatabase } from '../build/from-database.ts';
import { nodeMask } from '../build/node-mask.ts';
import type { Graph } from '../csr.ts';
import { degrees } from '../measures/degree.ts';
import { type NodeFinder, nodeFinder } from '../node-finder.ts';
import { allShortestPaths } from '../paths/all-shortest-paths.ts';
import { commonNeighbours } from '../paths/common-neighbours.ts';
import { connectingNetwork } from '../paths/connecting-network.ts';
import { ego } from '../paths/ego.ts';
import { kShortPaths } from '../paths/k-short-paths.ts';
import { shortestPath } from '../paths/shortest-path.ts';
import { TIME_WALK_DEFAULTS, timeRespectingPath } from '../paths/time-respecting-path.ts';
import { type Path, edgesBetween } from '../paths/walk.ts';
import { countNeighbours, neighbourhood, rankedPage } from './neighbours.ts';
import type { FiledGraph } from './graph-file.ts';
import { type Properties, loadProperties } from './properties.ts';
import * as ask from './requests.ts';
import type { GraphStore } from './store.ts';
import { evidenceOf, linkView, nodeView, sortedLinks } from './view-maker.ts';
import type * as view from './views.ts';

/** The graph in this process: topology, kinds and times in typed arrays, properties from the warehouse when a view is made.
 *  The database is borrowed: whoever opened it closes it, and it must stay the snapshot that the graph was built from. */
export class EmbeddedStore implements GraphStore {
  readonly home = 'embedded';
  readonly graph: Graph;
  /** What the build set aside; null for a graph that was loaded. */
  readonly report: BuildReport | null;
  readonly properties: Properties;
  readonly #db: Database;
  readonly #find: NodeFinder;
  readonly #masks: ask.EdgeMasks;
  #degrees: Float64Array | null = null;
  #closed = false;

  private constructor(db: Database, filed: FiledGraph, report: BuildReport | null) {
    const { graph, properties } = filed;
    this.#db = db;
    this.graph = graph;
    this.properties = properties;
    this.report = report;
    this.#find = nodeFinder(graph.ids);
    this.#masks = new ask.EdgeMasks(graph);
  }

  /** Loads `entity` and `link`. @throws as `graphFromDatabase` */
  static async open(db: Database, options: Partial<GraphFromDatabaseOptions> = {}): Promise<EmbeddedStore> {
    const { graph, report } = await graphFromDatabase(db, options);
    return new EmbeddedStore(db, { graph, properties: await loadProperties(db, graph) }, report);
  }

  /** A store over a graph that was built from this database before, and saved: `EmbeddedStore.over(db, await loadGraph(path, runId))`. */
  static over(db: Database, filed: FiledGraph): EmbeddedStore {
    return new EmbeddedStore(db, filed, null);
  }

  async size(): Promise<{ nodes: number; links: number }> {
    this.#live();
    return { nodes: this.graph.nodeCount, links: this.graph.edgeCount };
  }

  async nodes(ids: readonly string[]): Promise<readonly view.NodeView[]> {
    this.#live();
    return this.#nodeViews(ids.map((id) => ask.nodeOf('nodes', this.#find, id)));
  }

  async neighbourCounts(
    id: string,
    filter: view.LinkFilter & Pick<view.ExpandRequest, 'direction'> = {},
  ): Promise<readonly view.NeighbourCount[]> {
    this.#live();
    const where = 'neighbourCounts';
    ask.checkNames(where, filter, [...ask.LINK_FILTER_NAMES, 'direction']);
    ask.checkChoice(where, 'direction', filter.direction, ask.DIRECTIONS);
    const node = ask.nodeOf(where, this.#find, id);
    const edges = this.#masks.maskOf(where, filter);
    return countNeighbours(this.graph, node, { direction: filter.direction ?? 'both', edges });
  }

  async expand(id: string, request: view.ExpandRequest = {}): Promise<view.Expansion> {
    this.#live();
    ask.checkNames('expand', request, ask.EXPAND_NAMES);
    ask.checkChoice('expand', 'direction', request.direction, ask.DIRECTIONS);
    ask.checkChoice('expand', 'rank', request.rank, ask.RANKS);
    const { offset = 0, limit = 100, direction = 'both' } = request;
    ask.checkCount('expand', 'offset', offset, 0);
    ask.checkCount('expand', 'limit', limit, 1);
    const node = ask.nodeOf('expand', this.#find, id);
    const edges = this.#masks.maskOf('expand', request);
    const kinds = { nodeKinds: request.nodeKinds ?? null, withoutNodeKinds: [], withoutNodes: [] };
    const around = neighbourhood(this.graph, node, { direction, edges, nodes: nodeMask(this.graph, kinds) });
    const page = rankedPage(around, this.#rank(around, request.rank ?? 'weight'), { offset, limit });
    const walk = { direction, edges };
    const between = page.flatMap((neighbour) => edgesBetween(this.graph, node, neighbour, walk));
    return {
      nodes: this.#nodeViews([node, ...page]),
      links: sortedLinks(await this.#linkViews(between, request.evidence ?? false)),
      total: around.nodes.length,
      shown: page.length,
      remaining: Math.max(0, around.nodes.length - offset - page.length),
    };
  }

  async shortestPath(from: string, to: string, request: view.PathRequest = {}): Promise<view.PathView | null> {
    const { start, goal, walk } = this.#path('shortestPath', [from, to], request, ask.PATH_NAMES);
    const path = shortestPath(this.graph, start, goal, walk);
    return path === null ? null : this.#pathView(path, walk, request.evidence ?? true);
  }

  async allShortestPaths(
    from: string,
    to: string,
    request: view.PathRequest & { readonly limit?: number } = {},
  ): Promise<view.PathsView> {
    const { limit = 100 } = request;
    const { start, goal, walk } = this.#path('allShortestPaths', [from, to], request, [...ask.PATH_NAMES, 'limit']);
    const { paths, total } = allShortestPaths(this.graph, start, goal, { ...walk, limit });
    return { paths: await this.#pathViews(paths, walk, request.evidence ?? true), total };
  }

  async shortPaths(
    from: string,
    to: string,
    k: number,
    request: view.PathRequest = {},
  ): Promise<readonly view.PathView[]> {
    const { start, goal, walk } = this.#path('shortPaths', [from, to], request, ask.PATH_NAMES);
    return this.#pathViews(kShortPaths(this.graph, start, goal, { ...walk, k }), walk, request.evidence ?? true);
  }

  async timeRespectingPath(
    from: string,
    to: string,
    request: view.TimePathRequest = {},
  ): Promise<view.PathView | null> {
    const where = 'timeRespectingPath';
    const { start, goal, walk } = this.#path(where, [from, to], request, ask.TIME_PATH_NAMES);
    const moment = (text: string | null | undefined, open: number): number =>
      text === null || text === undefined ? open : ask.momentMs(where, text);
    const path = timeRespectingPath(this.graph, start, goal, {
      ...walk,
      maxHops: request.maxHops ?? TIME_WALK_DEFAULTS.maxHops,
      mode: request.mode ?? TIME_WALK_DEFAULTS.mode,
      minGapMs: (request.minGapHours ?? 0) * HOUR_MS,
      fromMs: moment(request.from, -Infinity),
      toMs: moment(request.to, Infinity),
      undated: request.undated ?? TIME_WALK_DEFAULTS.undated,
      first: request.first ?? TIME_WALK_DEFAULTS.first,
    });
    if (path === null) return null;
    const links = await this.#linkViews(path.edges, request.evidence ?? true);
    const at = path.atMs.map((ms) => (ms === null ? null : new Date(ms).toISOString()));
    const steps = links.map((link, i): view.PathStep => ({ links: [link], at: at[i]! }));
    return { nodes: this.#nodeViews(path.nodes), steps };
  }

  async connect(ids: readonly string[], request: view.PathRequest = {}): Promise<view.NetworkView> {
    this.#live();
    ask.checkNames('connect', request, ask.PATH_NAMES);
    const walk = ask.walkOf('connect', this.#home(), request, 6);
    const given = ids.map((id) => ask.nodeOf('connect', this.#find, id));
    const network = connectingNetwork(this.graph, given, walk);
    const steps = network.paths.flatMap((path) => this.#stepEdges(path, walk)).flat();
    return {
      nodes: this.#nodeViews(network.nodes),
      links: sortedLinks(await this.#linkViews(_ascending(steps), request.evidence ?? false)),
      groups: network.groups.map((group) => group.map((node) => this.graph.ids[node]!)),
    };
  }

  async ego(ids: readonly string[], request: view.EgoRequest = {}): Promise<view.EgoView> {
    this.#live();
    ask.checkNames('ego', request, [...ask.PATH_NAMES, 'limit']);
    const walk = ask.walkOf('ego', this.#home(), request, 2);
    const starts = ids.map((id) => ask.nodeOf('ego', this.#find, id));
    const around = ego(this.graph, starts, { ...walk, limit: request.limit ?? 2000 });
    return { ...(await this.#among(around.nodes, walk.edges, request.evidence ?? false)), total: around.total };
  }

  async among(ids: readonly string[], filter: view.LinkFilter & view.EvidenceChoice = {}): Promise<view.SubgraphView> {
    this.#live();
    ask.checkNames('among', filter, ask.AMONG_NAMES);
    const nodes = [...new Set(ids)].map((id) => ask.nodeOf('among', this.#find, id));
    return this.#among(nodes, this.#masks.maskOf('among', filter), filter.evidence ?? false);
  }

  async commonNeighbours(
    ids: readonly string[],
    request: view.LinkFilter & { readonly least?: number } = {},
  ): Promise<readonly view.CommonNeighbourView[]> {
    this.#live();
    ask.checkNames('commonNeighbours', request, [...ask.LINK_FILTER_NAMES, 'least']);
    const nodes = ids.map((id) => ask.nodeOf('commonNeighbours', this.#find, id));
    const edges = this.#masks.maskOf('commonNeighbours', request);
    const least = request.least === undefined ? {} : { least: request.least };
    const found = commonNeighbours(this.graph, nodes, { edges, ...least });
    const views = this.#nodeViews(found.map((f) => f.node));
    return found.map(({ shared }, i) => ({ node: views[i]!, shared }));
  }

  async close(): Promise<void> {
    this.#closed = true;
  }

  #home(): { graph: Graph; find: NodeFinder; masks: ask.EdgeMasks } {
    return { graph: this.graph, find: this.#find, masks: this.#masks };
  }

  #path(where: string, ends: readonly [string, string], request: view.PathRequest, names: readonly string[]) {
    this.#live();
    ask.checkNames(where, request, names);
    const [start, goal] = ends.map((id) => ask.nodeOf(where, this.#find, id));
    return { start: start!, goal: goal!, walk: ask.walkOf(where, this.#home(), request, 12) };
  }

  #rank(around: ReturnType<typeof neighbourhood>, rank: NonNullable<view.ExpandRequest['rank']>) {
    if (rank === 'weight') return (place: number) => around.weights[place]!;
    if (rank === 'recent') return (place: number) => around.latestMs[place]!;
    this.#degrees ??= degrees(this.graph, 'both');
    return (place: number) => this.#degrees![around.nodes[place]!]!;
  }

  async #among(nodes: readonly number[], edges: Uint8Array | null, evidence: boolean): Promise<view.SubgraphView> {
    const inside = new Set(nodes);
    const { starts, ends } = this.graph.out;
    const found: number[] = [];
    for (const u of nodes) {
      for (let edge = starts[u]!; edge < starts[u + 1]!; edge++)
        if (inside.has(ends[edge]!) && (edges === null || edges[edge] === 1)) found.push(edge);
    }
    return { nodes: this.#nodeViews(nodes), links: sortedLinks(await this.#linkViews(_ascending(found), evidence)) };
  }

  async #pathView(path: Path, walk: StepWalk, evidence: boolean): Promise<view.PathView> {
    return (await this.#pathViews([path], walk, evidence))[0]!;
  }

  /** Views of several paths, with one question to the database. */
  async #pathViews(paths: readonly Path[], walk: StepWalk, evidence: boolean): Promise<view.PathView[]> {
    const steps = paths.map((path) => this.#stepEdges(path, walk));
    const nodes = _ascending(paths.flatMap((path) => path.nodes));
    const edges = _ascending(steps.flat(2));
    const nodeViews = new Map(this.#nodeViews(nodes).map((v, i) => [nodes[i]!, v]));
    const linkViews = new Map((await this.#linkViews(edges, evidence)).map((v, i) => [edges[i]!, v]));
    return paths.map((path, i) => ({
      nodes: path.nodes.map((node) => nodeViews.get(node)!),
      steps: steps[i]!.map((among) => ({ links: sortedLinks(among.map((edge) => linkViews.get(edge)!)), at: null })),
    }));
  }

  #stepEdges(path: Path, walk: StepWalk): number[][] {
    return path.nodes.slice(1).map((node, i) => edgesBetween(this.graph, path.nodes[i]!, node, walk));
  }

  #nodeViews(nodes: readonly number[]): view.NodeView[] {
    return nodes.map((node) => nodeView(this.graph, this.properties, node));
  }

  async #linkViews(edges: readonly number[], evidence: boolean): Promise<view.LinkView[]> {
    const views = edges.map((edge) => linkView(this.graph, this.properties, edge));
    if (!evidence) return views;
    const rows = edges.map((edge) => this.graph.row[edge]!);
    const rowIds = await evidenceOf(this.#db, rows);
    return views.map((link, i) => ({ ...link, rowIds: rowIds[i]! }));
  }

  #live(): void {
    if (this.#closed) throw new StateError('store-closed', 'EmbeddedStore: it was closed; open it again', {});
  }
}

/** What decides which edges a step may use. */
type StepWalk = Parameters<typeof edgesBetween>[3];

function _ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
