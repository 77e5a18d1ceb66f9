"""Splink on the people sets, with the settings its own demonstrations publish for each; used by the bench only.

    python -m venv v && v/bin/pip install splink==5.0.0
    v/bin/python bench/peers/splink_sets.py <folder of one set>

Prints one JSON line: pairwise precision, recall and F1 after clustering at the threshold that is best with the truth in hand, and at 0.95
(the demonstrations' usual cut), candidates, seconds of training, scoring and clustering, peak memory.
Sets: person-fake1000, person-febrl3, person-historical50k (deduplication), person-febrl4 (link)."""

import json
import resource
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_library as cl
import splink.internals.duckdb.database_api as duck
from splink import Linker, SettingsCreator, block_on


def read(folder: Path, name: str):
    for end in (".csv", ".csv.gz"):
        path = folder / (name + end)
        if path.exists():
            return f"read_csv('{path}', all_varchar = true, header = true)"
    return None


def fake1000():
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            cl.JaroWinklerAtThresholds("first_name", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            cl.JaroAtThresholds("surname", [0.9, 0.7]).configure(term_frequency_adjustments=True),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.EmailComparison("email"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("first_name", "city"),
            block_on("surname"),
            block_on("dob"),
            block_on("email"),
            block_on("first_name"),
        ],
    )
    return settings, ["l.first_name = r.first_name and l.surname = r.surname", "l.email = r.email"], 0.7, [block_on("dob"), block_on("first_name")]


def febrl3(link_type="dedupe_only"):
    settings = SettingsCreator(
        link_type=link_type,
        unique_id_column_name="unique_id",
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.DateOfBirthComparison("date_of_birth", input_is_string=True, datetime_format="%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("soc_sec_id"),
            block_on("given_name"),
            block_on("surname"),
            block_on("date_of_birth"),
            block_on("postcode"),
        ],
    )
    rules = [
        "l.soc_sec_id = r.soc_sec_id",
        "l.given_name = r.given_name and l.surname = r.surname and l.date_of_birth = r.date_of_birth",
        "l.given_name = r.given_name and l.postcode = r.postcode and l.date_of_birth = r.date_of_birth",
    ]
    return settings, rules, 0.6, [block_on("date_of_birth"), block_on("postcode")]


def historical():
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            cl.DateOfBirthComparison("dob", input_is_string=True),
            cl.PostcodeComparison("postcode_fake"),
            cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
            cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
            block_on("surname", "dob"),
            block_on("first_name", "dob"),
            block_on("postcode_fake", "first_name"),
            block_on("postcode_fake", "surname"),
            block_on("dob", "birth_place"),
            block_on("substr(postcode_fake,1,3)", "dob"),
            block_on("substr(postcode_fake,1,3)", "first_name"),
            block_on("substr(postcode_fake,1,3)", "surname"),
            block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
        ],
        retain_intermediate_calculation_columns=False,
    )
    rules = [
        "l.first_name = r.first_name and l.surname = r.surname and l.dob = r.dob",
        "substr(l.first_name,1,2) = substr(r.first_name,1,2) and l.surname = r.surname and substr(l.postcode_fake,1,2) = substr(r.postcode_fake,1,2)",
        "l.dob = r.dob and l.postcode_fake = r.postcode_fake",
    ]
    return settings, rules, 0.6, [block_on("first_name", "surname"), block_on("dob")]


SETS = {
    "person-fake1000": fake1000,
    "person-febrl3": febrl3,
    "person-febrl4": lambda: febrl3("link_only"),
    "person-historical50k": historical,
}


def ask(con, sql):
    """Every row of a statement: the engine refuses other work on a connection while one is unread."""
    result = con.execute(sql)
    return result.fetchall() if result is not None else []


def score(con, clusters, matches):
    """Pairwise scores of clusters against the closure of the true pairs (links across two tables: the pairs themselves)."""
    ask(con, f"create or replace table c as select * from ({clusters})")
    predicted = ask(con, "select count(*) from c a join c b on a.cluster = b.cluster and a.id < b.id and (a.source <> b.source or not (select count(distinct source) > 1 from c))")[0][0]
    right = ask(con, f"select count(*) from {matches} m join c a on a.id = m.id_left join c b on b.id = m.id_right where a.cluster = b.cluster")[0][0]
    true = ask(con, f"select count(*) from {matches}")[0][0]
    p = right / predicted if predicted else 1.0
    r = right / true
    return p, r, 0.0 if p + r == 0 else 2 * p * r / (p + r)


def main():
    folder = Path(sys.argv[1])
    settings, rules, recall, training = SETS[folder.name]()
    con = duckdb.connect()
    ask(con, f"create table records as select id as unique_id, * exclude (id) from {read(folder, 'records')}")
    ask(con, f"create table matches as select id_left, id_right from {read(folder, 'matches')}")
    api = duck.DuckDBAPI(connection=con)
    start = time.time()
    sources = [s for (s,) in ask(con, "select distinct source from records order by source")]
    if folder.name == "person-febrl4":
        tables = []
        for s in sources:
            ask(con, f"create table {s} as select * exclude (source) from records where source = '{s}'")
            tables.append(api.register(s))
    else:
        ask(con, "create table one as select * exclude (source) from records")
        tables = api.register("one")
    linker = Linker(tables, settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=0.01)
    name = pairs.physical_name
    out = {"dataset": folder.name, "mode": "splink 5.0.0, published settings"}
    scored = None
    best = (-1.0, 0.0, 0.0, 0.0)
    at95 = None
    for threshold in (0.05, 0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999):
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
        if threshold == 0.95:
            scored = time.time() - start
        c = f"select cluster_id as cluster, unique_id as id, {'source_dataset' if len(sources) > 1 else chr(39) + 'x' + chr(39)} as source from {clusters.physical_name}"
        p, r, f = score(con, c, "matches")
        if threshold == 0.95:
            at95 = {"precision": p, "recall": r, "f1": f}
        best = max(best, (f, p, r, threshold))
    out["at095"] = at95
    out["best"] = {"f1": best[0], "precision": best[1], "recall": best[2], "threshold": best[3]}
    out["pairsAbove001"] = ask(con, f"select count(*) from {name}")[0][0]
    out["seconds"] = scored
    out["peakRssMb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(out))


main()
