"""Reads FollowTheMoney entities (one JSON a line) with followthemoney's own model and the extension's schemata, and fails on what it does not accept.
usage: ftm_validate.py <entities.jsonl> <folder of extension schemata>
Prints one JSON object: version, entities, edges, schemata, and the first faults. followthemoney is from PyPI; used by the bench only."""
import json
import os
import shutil
import sys
import tempfile

import followthemoney
from followthemoney.model import Model
from followthemoney.proxy import EntityProxy

path, extension = sys.argv[1:3]
own = os.path.join(os.path.dirname(followthemoney.__file__), "schema")
with tempfile.TemporaryDirectory() as folder:
    for source in (own, extension):
        for name in os.listdir(source):
            if name.endswith((".yaml", ".yml")):
                shutil.copy(os.path.join(source, name), folder)
    model = Model(folder)

faults = []
schemata = {}
edges = 0
ids = set()
ends = []
with open(path, encoding="utf-8") as lines:
    for number, line in enumerate(lines, 1):
        data = json.loads(line)
        schema = model.get(data["schema"])
        if schema is None:
            faults.append(f"line {number}: no schema {data['schema']}")
            continue
        schema.validate(data)
        proxy = EntityProxy(schema, data, cleaned=False)
        given = {name: sorted(set(values)) for name, values in data["properties"].items()}
        for name in given:
            if schema.get(name) is None:
                faults.append(f"line {number}: {schema.name} has no property {name}")
            elif len(proxy.get(name)) != len(given[name]):
                faults.append(f"line {number}: {schema.name}.{name}: {given[name]} became {proxy.get(name)}")
        missing = [name for name in schema.required if not proxy.has(name)]
        if missing:
            faults.append(f"line {number}: {schema.name} lacks {missing}")
        if proxy.to_dict().get("tributary") != data.get("tributary"):
            faults.append(f"line {number}: what stands beside was lost")
        schemata[schema.name] = schemata.get(schema.name, 0) + 1
        ids.add(proxy.id)
        if schema.edge:
            edges += 1
            ends += [(number, proxy.first(schema.edge_source)), (number, proxy.first(schema.edge_target))]
faults += [f"line {number}: end {end} is not there" for number, end in ends if end not in ids]
print(json.dumps({"version": followthemoney.__version__, "entities": sum(schemata.values()) - edges, "edges": edges,
                  "schemata": schemata, "faults": len(faults), "first": faults[:5]}))
sys.exit(1 if faults else 0)
