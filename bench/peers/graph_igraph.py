"""igraph's answers and times for bench/graph.ts: graph_igraph.py <edges.u32> <nodes> <samples>; prints one JSON object.

The file holds pairs of little-endian uint32 (source, target). Times are wall and CPU seconds of each measure alone."""

import array
import json
import random
import sys
import time

import igraph


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    value = work()
    return value, {"seconds": time.perf_counter() - wall, "cpuSeconds": time.process_time() - cpu}


def main():
    path, nodes, samples = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    flat = array.array("I")
    with open(path, "rb") as file:
        flat.frombytes(file.read())
    out = {"version": igraph.__version__}
    graph, out["build"] = timed(lambda: igraph.Graph(n=nodes, edges=zip(flat[0::2], flat[1::2]), directed=True))
    _, out["pagerank"] = timed(lambda: graph.pagerank(damping=0.85))
    components, out["weakComponents"] = timed(lambda: graph.connected_components(mode="weak"))
    out["weakComponents"]["count"] = len(components)
    strong, out["strongComponents"] = timed(lambda: graph.connected_components(mode="strong"))
    out["strongComponents"]["count"] = len(strong)
    simple = graph.as_undirected(mode="collapse", combine_edges=None)
    simple.simplify()
    random.seed(1)
    leiden, out["leiden"] = timed(lambda: simple.community_leiden(objective_function="modularity", n_iterations=2))
    out["leiden"]["modularity"] = simple.modularity(leiden)
    _, out["cores"] = timed(lambda: simple.coreness())
    sources = random.Random(1).sample(range(nodes), samples)
    _, out["betweenness"] = timed(lambda: simple.betweenness(directed=False, sources=sources))
    print(json.dumps(out))


if __name__ == "__main__":
    main()
