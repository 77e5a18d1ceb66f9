"""Facts about ten published graphs, by networkx and igraph, as the JSON that graph/measures/agreement.test.ts holds our measures to.
usage: graph_facts.py > graph/measures/agreement.json     (networkx, igraph and scipy from PyPI; run once, by hand)
The graphs come with networkx (or are made by its published generators): karate, davis, florentine, les miserables, the Petersen, Krackhardt kite, Tutte, Heawood,
Pappus and icosahedral graphs. Edges are kept, since they are the input; weights are not."""
import json
import sys

import igraph
import networkx as nx

GRAPHS = {
    "karate": (nx.karate_club_graph, "Zachary 1977"),
    "davis": (nx.davis_southern_women_graph, "Davis, Gardner and Gardner 1941"),
    "florentine": (nx.florentine_families_graph, "Padgett 1994"),
    "les-miserables": (nx.les_miserables_graph, "Knuth 1993"),
    "krackhardt-kite": (nx.krackhardt_kite_graph, "Krackhardt 1990"),
    "petersen": (nx.petersen_graph, "Petersen 1898"),
    "tutte": (nx.tutte_graph, "Tutte 1946"),
    "heawood": (nx.heawood_graph, "Heawood 1890"),
    "pappus": (nx.pappus_graph, "Pappus"),
    "icosahedral": (nx.icosahedral_graph, "Plato"),
}


def rounded(values):
    return [round(float(v), 10) for v in values]


facts = {"networkx": nx.__version__, "igraph": igraph.__version__, "graphs": {}}
for name, (make, source) in GRAPHS.items():
    given = nx.Graph(make())
    order = sorted(given.nodes, key=str)
    number = {node: i for i, node in enumerate(order)}
    edges = sorted(sorted((number[a], number[b])) for a, b in given.edges if a != b)
    g = nx.Graph()
    g.add_nodes_from(range(len(order)))
    g.add_edges_from(edges)
    ig = igraph.Graph(n=len(order), edges=edges)
    directed = nx.DiGraph()
    directed.add_nodes_from(range(len(order)))
    directed.add_edges_from(edges)
    nodes = range(len(order))

    def by(values):
        return rounded(values[v] for v in nodes)

    weak = {}
    for i, part in enumerate(sorted(nx.connected_components(g), key=min)):
        for v in part:
            weak[v] = i
    facts["graphs"][name] = {
        "source": source,
        "nodes": len(order),
        "edges": edges,
        "degree": by(dict(g.degree)),
        "pagerank": by(nx.pagerank(directed, alpha=0.85, tol=1e-14, max_iter=10000)),
        "pagerankIgraph": rounded(igraph.Graph(n=len(order), edges=edges, directed=True).pagerank(damping=0.85)),
        "betweenness": by(nx.betweenness_centrality(g, normalized=False)),
        "betweennessIgraph": rounded(ig.betweenness()),
        "closeness": by(nx.closeness_centrality(g, wf_improved=True)),
        "eigenvector": by(nx.eigenvector_centrality_numpy(g)),
        "core": by(nx.core_number(g)),
        "coreIgraph": rounded(ig.coreness()),
        "triangles": by(nx.triangles(g)),
        "clustering": by(nx.clustering(g)),
        "articulations": sorted(nx.articulation_points(g)),
        "bridges": sorted(sorted(b) for b in nx.bridges(g)),
        "weakComponent": [weak[v] for v in nodes],
        "strongComponents": nx.number_strongly_connected_components(directed),
        "leidenModularity": round(max(ig.community_leiden(objective_function="modularity", n_iterations=-1).modularity for _ in range(20)), 10),
        "diameterOfLargest": max(nx.diameter(g.subgraph(c)) for c in nx.connected_components(g)),
    }
json.dump(facts, sys.stdout, separators=(",", ":"), sort_keys=True)
