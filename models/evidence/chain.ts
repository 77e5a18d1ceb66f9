import { canonicalJson, sha256 } from '../../ingest/base/index.ts';

/** One thing whose bytes or values the chain covers. */
export interface ChainItem {
  /** What it is: a file name, a row id, a signal id, a model id. */
  readonly id: string;
  /** SHA-256, 64 hex. */
  readonly sha256: string;
  /** Where it lies, relative to the workspace; absent for rows of the warehouse. */
  readonly path?: string;
}

/** The links, in the order in which a number came to be. */
export const CHAIN_LINKS = [
  'input',
  'lake',
  'row',
  'warehouse',
  'signal',
  'feature',
  'model',
  'lead',
  'report',
] as const;
export type ChainLinkName = (typeof CHAIN_LINKS)[number];

export interface ChainLink {
  readonly name: ChainLinkName;
  readonly items: readonly ChainItem[];
  /** SHA-256 of the items and of the previous link's hash: no link can be changed alone. */
  readonly hash: string;
}

/** The evidence of one lead, from department file to signed page; verifiable offline. */
export interface EvidenceBundle {
  readonly format: 'tributary-evidence-1';
  readonly leadId: string;
  readonly runId: string;
  readonly codeVersion: string;
  readonly links: readonly ChainLink[];
  /** Hash of the last link. */
  readonly head: string;
}

/** Hash of a link that follows `previous`. Items count in the order given, which is by id. */
export function linkHash(name: ChainLinkName, items: readonly ChainItem[], previous: string): string {
  return sha256(canonicalJson({ name, items, previous }));
}

/** Chains named items in the order of CHAIN_LINKS; items are sorted by id. */
export function chainOf(parts: Readonly<Record<ChainLinkName, readonly ChainItem[]>>): {
  links: ChainLink[];
  head: string;
} {
  let previous = '';
  const links = CHAIN_LINKS.map((name) => {
    const items = [...parts[name]].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    const hash = linkHash(name, items, previous);
    previous = hash;
    return { name, items, hash };
  });
  return { links, head: previous };
}

/** A fault in a chain: which link, which item, what was expected and found. */
export interface BrokenLink {
  readonly link: ChainLinkName | 'bundle';
  readonly id: string;
  readonly expected: string;
  readonly found: string;
  readonly message: string;
}

/** Checks a bundle against itself: each link's hash follows from its items and the link before. */
export function brokenInside(bundle: EvidenceBundle): BrokenLink | null {
  let previous = '';
  for (const [i, name] of CHAIN_LINKS.entries()) {
    const link = bundle.links[i];
    if (link?.name !== name) return _bundleFault(name, name, link?.name ?? 'nothing');
    const hash = linkHash(name, link.items, previous);
    if (hash !== link.hash) return _bundleFault(name, hash, link.hash);
    previous = hash;
  }
  return bundle.head === previous ? null : _bundleFault('head', previous, bundle.head);
}

function _bundleFault(id: string, expected: string, found: string): BrokenLink {
  return {
    link: 'bundle',
    id,
    expected,
    found,
    message: `the bundle itself was changed at "${id}": its hash should be ${expected}, it says ${found}`,
  };
}
