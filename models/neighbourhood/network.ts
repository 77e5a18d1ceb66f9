import { InputError } from '../../ingest/base/index.ts';

/** The links of one kind as columns; both ends are row numbers of one common node table. */
export interface Relation {
  readonly name: string;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Numbers that each link carries (an amount, a time, a rating), NaN where unknown. */
  readonly values: Readonly<Record<string, Float64Array>>;
}

/** Nodes 0 … `nodes − 1` and the relations between them. */
export interface Network {
  readonly nodes: number;
  readonly relations: readonly Relation[];
}

/** Neighbours of every node: those of `node` are `targets[starts[node] … starts[node + 1] − 1]`, in link order; parallel links repeat,
 *  self-loops are left out. */
export interface Neighbours {
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Number of the link behind each entry. */
  readonly links: Int32Array;
}

/** Along the links, against them, or both. */
export type Direction = 'out' | 'in' | 'both';

/** Neighbours over some relations. O(nodes + links). @throws InputError `node-range` */
export function neighboursOf(network: Network, relations: readonly Relation[], direction: Direction): Neighbours {
  const starts = new Int32Array(network.nodes + 1);
  const ends = relations.map(({ from, to }) => ({ from, to }));
  for (const { from, to } of ends) {
    for (let link = 0; link < from.length; link++) {
      const [a, b] = [from[link]!, to[link]!];
      if (!(a >= 0 && a < network.nodes && b >= 0 && b < network.nodes)) {
        throw new InputError(
          'node-range',
          `neighboursOf: link ${link} joins ${a} and ${b}; nodes are 0 to ${network.nodes - 1}`,
        );
      }
      if (a === b) continue;
      if (direction !== 'in') starts[a + 1]! += 1;
      if (direction !== 'out') starts[b + 1]! += 1;
    }
  }
  for (let node = 0; node < network.nodes; node++) starts[node + 1]! += starts[node]!;
  const next = starts.slice(0, network.nodes);
  const targets = new Int32Array(starts[network.nodes]!);
  const links = new Int32Array(targets.length);
  const put = (node: number, target: number, link: number): void => {
    links[next[node]!] = link;
    targets[next[node]!++] = target;
  };
  for (const { from, to } of ends) {
    for (let link = 0; link < from.length; link++) {
      const [a, b] = [from[link]!, to[link]!];
      if (a === b) continue;
      if (direction !== 'in') put(a, b, link);
      if (direction !== 'out') put(b, a, link);
    }
  }
  return { starts, targets, links };
}
