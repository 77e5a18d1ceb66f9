import type { Graph } from '../csr.ts';

/** Which nodes a walk may pass through. */
export interface NodeFilter {
  /** Only these node kinds; null = all. */
  readonly nodeKinds: readonly string[] | null;
  readonly withoutNodeKinds: readonly string[];
  /** Never these nodes. */
  readonly withoutNodes: readonly number[];
}

/** 1 for each node that the filter lets through, or null when all pass. O(n), n bytes; nothing when the filter is empty. */
export function nodeMask(graph: Graph, filter: NodeFilter): Uint8Array | null {
  const { nodeKinds, withoutNodeKinds, withoutNodes } = filter;
  if (nodeKinds === null && withoutNodeKinds.length === 0 && withoutNodes.length === 0) return null;
  const kinds = Uint8Array.from(graph.nodeKinds, (kind) =>
    (nodeKinds?.includes(kind) ?? true) && !withoutNodeKinds.includes(kind) ? 1 : 0,
  );
  const mask = graph.nodeKind.map((code) => kinds[code]!);
  for (const node of withoutNodes) mask[node] = 0;
  return mask;
}
