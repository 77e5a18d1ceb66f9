import { InputError } from '../../ingest/base/index.ts';
import type { Direction } from '../csr.ts';
import { compareCodePoints } from '../node-finder.ts';
import { MOST_HOPS } from '../paths/walk.ts';
import * as cypher from './neo4j-cypher.ts';
import { type RawView, linkViewOf } from './neo4j-views.ts';
import type { Neo4jConnection } from './neo4j.ts';
import type { LinkView } from './views.ts';

/** Parameters of every path query, checked. */
export interface PathParams extends cypher.LinkTestParams {
  readonly direction: Direction;
  readonly maxHops: number;
  readonly withoutNodeKinds: readonly string[];
  readonly withoutNodes: readonly string[];
}

/** @throws InputError `bad-max-hops` */
export function checkHops(where: string, maxHops: number): void {
  if (!(Number.isInteger(maxHops) && maxHops >= 1 && maxHops <= MOST_HOPS))
    throw new InputError('bad-max-hops', `${where}: maxHops is ${maxHops}; use a whole number 1 – ${MOST_HOPS}`, {
      maxHops,
    });
}

/** Ids along the paths of fewest links, sorted; at most `limit`. `taken` may not be stepped to from the start. */
export async function shortestIds(
  neo4j: Neo4jConnection,
  ends: readonly [string, string],
  params: PathParams,
  more: { readonly limit: number; readonly taken: readonly string[] },
): Promise<string[][]> {
  const [from, to] = ends;
  if (from === to) return [[from]];
  const text = cypher.shortestPaths(params.direction, params.maxHops);
  const rows = await neo4j.read<{ ids: string[] }>(text, { ...params, from, to, ...more });
  return rows.map((row) => row.ids);
}

/** Yen's algorithm with one query a search; the same paths in the same order as `kShortPaths`. */
export async function kShortIds(
  neo4j: Neo4jConnection,
  ends: readonly [string, string],
  params: PathParams,
  k: number,
): Promise<string[][]> {
  const [from, to] = ends;
  if (from === to) return [[from]];
  const found: string[][] = [];
  const waiting: { ids: string[]; branch: number }[] = [];
  const offer = (ids: string[] | null, branch: number): void => {
    if (ids !== null && !waiting.some((w) => _compare(w.ids, ids) === 0)) waiting.push({ ids, branch });
    waiting.sort((a, b) => _compare(a.ids, b.ids));
  };
  offer(await _spur(neo4j, [from], to, params, []), 0);
  while (found.length < k && waiting.length > 0) {
    const best = waiting.shift()!;
    found.push(best.ids);
    if (found.length === k) break;
    for (let i = best.branch; i < best.ids.length - 1; i++) {
      const root = best.ids.slice(0, i + 1);
      const taken = found.filter((ids) => root.every((id, j) => ids[j] === id)).map((ids) => ids[i + 1]!);
      offer(await _spur(neo4j, root, to, params, taken), i);
    }
  }
  return found;
}

async function _spur(
  neo4j: Neo4jConnection,
  root: readonly string[],
  to: string,
  params: PathParams,
  taken: readonly string[],
): Promise<string[] | null> {
  const maxHops = params.maxHops - (root.length - 1);
  if (maxHops < 1) return null;
  const withoutNodes = [...params.withoutNodes, ...root.slice(0, -1)];
  const [ids] = await shortestIds(neo4j, [root.at(-1)!, to], { ...params, maxHops, withoutNodes }, { limit: 1, taken });
  return ids === undefined ? null : [...root.slice(0, -1), ...ids];
}

function _compare(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compareCodePoints(a[i]!, b[i]!);
    if (order !== 0) return order;
  }
  return 0;
}

/** How dates must advance, as in `TimeWalk`. */
export interface Clock {
  readonly mode: 'starts' | 'during';
  readonly minGapMs: number;
  readonly fromMs: number;
  readonly toMs: number;
  readonly undated: boolean;
  readonly first: 'fewest-edges' | 'earliest';
}

/** A path of links, each with the moment at which it was passed. */
export interface TimedLinks {
  readonly ids: readonly string[];
  readonly links: readonly LinkView[];
  readonly atMs: readonly number[];
}

interface Arrival {
  readonly id: string;
  readonly atMs: number;
  readonly link: LinkView | null;
  readonly before: Arrival | null;
}

/** Layer by layer, one query each, as `timeRespectingPath` does; ties: earlier arrival, lower id of the node before, lower link by source, target and id. */
export async function timedLinks(
  neo4j: Neo4jConnection,
  ends: readonly [string, string],
  params: PathParams,
  more: { readonly clock: Clock; readonly evidence: boolean },
): Promise<TimedLinks | null> {
  const [from, to] = ends;
  const best = new Map([[from, -Infinity]]);
  let layer: Arrival[] = [{ id: from, atMs: -Infinity, link: null, before: null }];
  let answer: Arrival | null = from === to ? layer[0]! : null;
  for (let hop = 1; hop <= params.maxHops && layer.length > 0; hop++) {
    if (answer !== null && more.clock.first === 'fewest-edges') break;
    const byId = new Map(layer.map((arrival) => [arrival.id, arrival]));
    const steps = await neo4j.read<{ before: string; after: string; link: RawView }>(
      cypher.timedFrontier(params.direction),
      { ...params, to, frontier: [...byId.keys()], evidence: more.evidence },
    );
    const found = new Map<string, Arrival>();
    for (const step of steps) {
      const before = byId.get(step.before)!;
      const link = linkViewOf(step.link);
      const atMs = _passedAt(link, before.atMs, more.clock);
      if (atMs === null || atMs >= (best.get(step.after) ?? Infinity)) continue;
      const arrival = { id: step.after, atMs, link, before };
      const rival = found.get(step.after);
      if (rival === undefined || _isBetter(arrival, rival)) found.set(step.after, arrival);
    }
    layer = [...found.values()];
    for (const arrival of layer) best.set(arrival.id, arrival.atMs);
    answer = found.get(to) ?? answer;
  }
  return answer === null ? null : _unwound(answer);
}

function _passedAt(link: LinkView, clockMs: number, clock: Clock): number | null {
  const from = link.validFrom === null ? -Infinity : Date.parse(link.validFrom);
  const to = link.validTo === null ? Infinity : Date.parse(link.validTo);
  if (from === -Infinity && !clock.undated) return null;
  const earliest = Math.max(clock.fromMs, clockMs + clock.minGapMs);
  if (clock.mode === 'starts') {
    if (from === -Infinity) return clockMs;
    return from >= earliest && from <= clock.toMs ? from : null;
  }
  if (from === -Infinity && to === Infinity) return clockMs;
  const moment = Math.max(earliest, from);
  return moment <= Math.min(to, clock.toMs) ? moment : null;
}

function _isBetter(arrival: Arrival, rival: Arrival): boolean {
  if (arrival.atMs !== rival.atMs) return arrival.atMs < rival.atMs;
  const key = (a: Arrival): string[] => [a.before!.id, a.link!.from, a.link!.to, a.link!.id];
  return _compare(key(arrival), key(rival)) < 0;
}

function _unwound(answer: Arrival): TimedLinks {
  const chain: Arrival[] = [];
  for (let at: Arrival | null = answer; at !== null; at = at.before) chain.push(at);
  chain.reverse();
  const steps = chain.slice(1);
  return { ids: chain.map((a) => a.id), links: steps.map((a) => a.link!), atMs: steps.map((a) => a.atMs) };
}
