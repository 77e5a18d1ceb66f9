import * as cypher from './neo4j-cypher.ts';
import type { PathParams } from './neo4j-paths.ts';
import { type RawView, linkViewOf, nodeViewOf } from './neo4j-views.ts';
import type { Neo4jConnection } from './neo4j.ts';
import { noSuchNode } from './requests.ts';
import { sortedLinks } from './view-maker.ts';
import type * as view from './views.ts';

/** What every question to the Neo4j home ends with: views of nodes and links by id. */

type LinkParams = cypher.LinkTestParams & { readonly evidence: boolean };

/** Views of nodes in the order asked. @param where  the question, for the message  @throws InputError `no-such-node` */
export async function nodeViews(
  neo4j: Neo4jConnection,
  where: string,
  ids: readonly string[],
): Promise<view.NodeView[]> {
  const rows = await neo4j.read<{ node: RawView }>(cypher.NODES, { ids });
  const byId = new Map(rows.map(({ node }) => [node['id'] as string, node]));
  return ids.map((id) => {
    const node = byId.get(id);
    if (node === undefined) throw noSuchNode(where, id);
    return nodeViewOf(node);
  });
}

/** The nodes and the links among them. @throws as `nodeViews` */
export async function subgraphView(
  neo4j: Neo4jConnection,
  { where, ids }: { readonly where: string; readonly ids: readonly string[] },
  params: LinkParams,
): Promise<view.SubgraphView> {
  const nodes = await nodeViews(neo4j, where, ids);
  const rows = await neo4j.read<{ link: RawView }>(cypher.LINKS_AMONG, { ...params, ids });
  return { nodes, links: sortedLinks(rows.map((row) => linkViewOf(row.link))) };
}

/** Links between the nodes of each pair, pair by pair. */
export async function linksOfPairs(
  neo4j: Neo4jConnection,
  pairs: readonly (readonly [string, string])[],
  params: LinkParams & Pick<PathParams, 'direction'>,
): Promise<view.LinkView[][]> {
  const out: view.LinkView[][] = pairs.map(() => []);
  if (pairs.length === 0) return out;
  const text = cypher.linksOfPairs(params.direction);
  const rows = await neo4j.read<{ pair: number; link: RawView }>(text, { ...params, pairs });
  for (const { pair, link } of rows) out[pair]!.push(linkViewOf(link));
  return out;
}

/** Views of paths given by their ids, with two questions for all of them. */
export async function pathViews(
  neo4j: Neo4jConnection,
  paths: readonly string[][],
  params: LinkParams & PathParams,
): Promise<view.PathView[]> {
  const pairs = paths.flatMap((ids) => ids.slice(1).map((id, i) => [ids[i]!, id] as const));
  const links = await linksOfPairs(neo4j, pairs, params);
  const distinct = [...new Set(paths.flat())];
  const nodes = new Map((await nodeViews(neo4j, 'paths', distinct)).map((node) => [node.id, node]));
  let pair = 0;
  return paths.map((ids) => ({
    nodes: ids.map((id) => nodes.get(id)!),
    steps: ids.slice(1).map(() => ({ links: sortedLinks(links[pair++]!), at: null })),
  }));
}
