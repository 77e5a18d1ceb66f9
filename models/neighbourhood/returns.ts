import type { NodeValues } from './spread.ts';
import type { Network, Relation } from './network.ts';
import { neighboursOf } from './network.ts';

/** For each node, the fewest links by which one comes back to it along the links (2–`most`), NaN where one does not, and how many ways
 *  of at most that many links there are, counted up to `cap`. Each node is met once on a way but for the return.
 *  O(nodes × ways tried); at most `tries` steps a node */
export function returns(
  network: Network,
  relations: readonly Relation[],
  options: { most: number; cap: number; tries: number },
): { shortest: NodeValues; ways: NodeValues } {
  const { starts, targets } = neighboursOf(network, relations, 'out');
  const shortest = new Float64Array(network.nodes).fill(NaN);
  const ways = new Float64Array(network.nodes);
  const onWay = new Uint8Array(network.nodes);
  for (let home = 0; home < network.nodes; home++) {
    let left = options.tries;
    const walk = (node: number, length: number): void => {
      for (let at = starts[node]!; at < starts[node + 1]!; at++) {
        if (left-- <= 0 || ways[home]! >= options.cap) return;
        const next = targets[at]!;
        if (next === home) {
          ways[home]! += 1;
          if (!(shortest[home]! <= length)) shortest[home] = length;
        } else if (length < options.most && onWay[next] === 0) {
          onWay[next] = 1;
          walk(next, length + 1);
          onWay[next] = 0;
        }
      }
    };
    walk(home, 1);
  }
  return { shortest, ways };
}
