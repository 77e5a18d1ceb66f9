import type { Graph } from '../csr.ts';
import type { BuildReport } from './build-report.ts';

/** Counts what a build kept. O(m).
 *  @param read  rows of the link table  @param outside  rows that the options left out */
export function reportOf(
  graph: Graph,
  read: number,
  outside: number,
  danglingExamples: readonly string[],
): BuildReport {
  const { source, out, validFromMs, validToMs } = graph;
  let selfLoops = 0;
  let parallel = 0;
  let reversedTimes = 0;
  for (let e = 0; e < graph.edgeCount; e++) {
    if (source[e] === out.ends[e]) selfLoops++;
    if (e > 0 && source[e] === source[e - 1] && out.ends[e] === out.ends[e - 1]) parallel++;
    if (validFromMs !== null && validToMs !== null && validToMs[e]! < validFromMs[e]!) reversedTimes++;
  }
  const kept = graph.edgeCount;
  return {
    nodes: graph.nodeCount,
    read,
    kept,
    dangling: read - kept - outside,
    outside,
    danglingExamples,
    selfLoops,
    parallel,
    reversedTimes,
  };
}
