import { InputError, canonicalJson } from '../../ingest/base/index.ts';
import { type EdgeFilter, edgeMask } from '../build/edge-mask.ts';
import { nodeMask } from '../build/node-mask.ts';
import type { Graph } from '../csr.ts';
import type { NodeFinder } from '../node-finder.ts';
import type { Walk } from '../paths/walk.ts';
import type { LinkFilter, PathRequest } from './views.ts';

/** The moment of an ISO 8601 text, ms UTC; a text without a zone is taken as UTC. @throws InputError `bad-moment` */
export function momentMs(where: string, text: string): number {
  const ms = Date.parse(/[zZ]|[+-]\d\d:?\d\d$|^\d{4}(-\d\d){0,2}$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(ms)) {
    throw new InputError('bad-moment', `${where}: "${text}" is not a moment; write it as 2026-03-14T18:15:30Z`, {
      text,
    });
  }
  return ms;
}

/** The filter in numbers. */
export function edgeFilterOf(where: string, filter: LinkFilter): Partial<EdgeFilter> {
  const { window = null, asOf = null } = filter;
  return {
    asOfMs: asOf === null ? null : momentMs(where, asOf),
    window: window === null ? null : { fromMs: momentMs(where, window.from), toMs: momentMs(where, window.to) },
    linkKinds: filter.linkKinds ?? null,
    withoutLinkKinds: filter.withoutLinkKinds ?? [],
  };
}

/** Masks that were asked for lately. */
const _KEPT_MASKS = 4;

/** Turns filters into masks over one graph, keeping the last few: a mask costs a pass over the edges, and an analyst asks many questions under
 *  one filter. Holds at most 4 m bytes. */
export class EdgeMasks {
  readonly #graph: Graph;
  readonly #kept = new Map<string, Uint8Array | null>();

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  maskOf(where: string, filter: LinkFilter): Uint8Array | null {
    const numbers = edgeFilterOf(where, filter);
    const key = canonicalJson(numbers);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const mask = edgeMask(this.#graph, numbers);
    if (this.#kept.size >= _KEPT_MASKS) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(key, mask);
    return mask;
  }
}

/** The node of an id. @throws InputError `no-such-node` */
export function nodeOf(where: string, find: NodeFinder, id: string): number {
  const node = find(id);
  if (node < 0) throw noSuchNode(where, id);
  return node;
}

/** The fault of an id that no entity of the snapshot has. */
export function noSuchNode(where: string, id: string): InputError {
  return new InputError(
    'no-such-node',
    `${where}: there is no entity "${id}" in this snapshot; look ids up with a search first`,
    { id },
  );
}

/** The walk of a request. */
export function walkOf(
  where: string,
  home: { readonly graph: Graph; readonly find: NodeFinder; readonly masks: EdgeMasks },
  request: PathRequest,
  maxHops: number,
): Walk {
  const withoutNodes = (request.withoutNodes ?? []).map((id) => nodeOf(where, home.find, id));
  return {
    direction: request.direction ?? 'both',
    edges: home.masks.maskOf(where, request),
    nodes: nodeMask(home.graph, {
      nodeKinds: null,
      withoutNodeKinds: request.withoutNodeKinds ?? [],
      withoutNodes,
    }),
    maxHops: request.maxHops ?? maxHops,
  };
}

/** Refuses option names that a request does not have: a misspelt filter would otherwise silently let everything through.
 *  @throws InputError `unknown-option` */
export function checkNames(where: string, request: object, names: readonly string[]): void {
  const unknown = Object.keys(request).filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new InputError(
      'unknown-option',
      `${where}: unknown option ${unknown.map((n) => `"${n}"`).join(', ')}; known are ${names.join(', ')}`,
      { unknown },
    );
  }
}

/** @throws InputError `bad-limit` */
export function checkCount(where: string, name: string, value: number, least: number): void {
  if (!(Number.isInteger(value) && value >= least)) {
    throw new InputError('bad-limit', `${where}: ${name} is ${value}; use a whole number ≥ ${least}`, {
      [name]: value,
    });
  }
}

/** @throws InputError `bad-choice` when a text is none of the choices; absent is fine */
export function checkChoice(where: string, name: string, value: string | undefined, choices: readonly string[]): void {
  if (value !== undefined && !choices.includes(value)) {
    throw new InputError('bad-choice', `${where}: ${name} is "${value}"; use ${choices.join(', ')}`, { [name]: value });
  }
}

export const DIRECTIONS = ['out', 'in', 'both'] as const;
export const RANKS = ['weight', 'recent', 'degree'] as const;
export const LINK_FILTER_NAMES = ['linkKinds', 'withoutLinkKinds', 'asOf', 'window'] as const;
export const AMONG_NAMES = [...LINK_FILTER_NAMES, 'evidence'] as const;
export const EXPAND_NAMES = [...AMONG_NAMES, 'direction', 'nodeKinds', 'limit', 'offset', 'rank'] as const;
export const PATH_NAMES = [...AMONG_NAMES, 'direction', 'maxHops', 'withoutNodeKinds', 'withoutNodes'] as const;
export const TIME_PATH_NAMES = [...PATH_NAMES, 'mode', 'minGapHours', 'from', 'to', 'undated', 'first'] as const;
