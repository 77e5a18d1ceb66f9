"""Trains XGBoost (hist) and LightGBM on matrices that bench/boost.ts wrote; prints one JSON line.

usage: python boost_peers.py <folder> <threads>     (needs xgboost, lightgbm, numpy, scikit-learn)
The folder has meta.json { train, test, features, rounds, depth, bins, eta } and little-endian train.f32, test.f32 (column after column),
train.y.f64, test.y.f64. Seconds are wall, from the matrix in memory (binning included) to the trained model.
"""
import json, sys, time
import numpy as np, xgboost as xgb, lightgbm as lgb
from sklearn.metrics import average_precision_score, roc_auc_score

folder, threads = sys.argv[1], int(sys.argv[2])
meta = json.load(open(f"{folder}/meta.json"))
def read(name, rows):
    x = np.fromfile(f"{folder}/{name}.f32", dtype="<f4").reshape(meta["features"], rows).T
    return np.ascontiguousarray(x), np.fromfile(f"{folder}/{name}.y.f64", dtype="<f8")
(X, y), (Xt, yt) = read("train", meta["train"]), read("test", meta["test"])
out = {}

def timed(run):
    wall, cpu = time.perf_counter(), time.process_time()
    value = run()
    return value, time.perf_counter() - wall, time.process_time() - cpu

def train_xgb():
    return xgb.train({"objective": "binary:logistic", "max_depth": meta["depth"], "eta": meta["eta"], "tree_method": "hist",
                      "max_bin": meta["bins"], "nthread": threads, "min_child_weight": 1, "lambda": 1},
                     xgb.QuantileDMatrix(X, y, nthread=threads, max_bin=meta["bins"]), meta["rounds"])

def train_lgb():
    return lgb.train({"objective": "binary", "num_leaves": 2 ** meta["depth"], "max_depth": meta["depth"], "learning_rate": meta["eta"],
                      "max_bin": meta["bins"], "num_threads": threads, "verbose": -1, "lambda_l2": 1, "min_data_in_leaf": 1,
                      "min_sum_hessian_in_leaf": 1, "seed": 1}, lgb.Dataset(X, y), meta["rounds"])

for name, train, predict in [
    ("xgboost", train_xgb, lambda m: m.inplace_predict(Xt)),
    ("lightgbm", train_lgb, lambda m: m.predict(Xt, num_threads=threads)),
]:
    runs = [timed(train) for _ in range(meta["repeats"])]
    model, seconds, cpu = min(runs, key=lambda r: r[1])
    if name == "xgboost":
        model.set_param({"nthread": threads})
    p, wall, _ = min((timed(lambda: predict(model)) for _ in range(3)), key=lambda r: r[1])
    out[name] = {"seconds": round(seconds, 3), "cpuSeconds": round(min(r[2] for r in runs), 3), "rowsPerSecond": round(len(yt) / wall),
                 "prAuc": round(float(average_precision_score(yt, p)), 5), "auroc": round(float(roc_auc_score(yt, p)), 5)}
out["versions"] = {"xgboost": xgb.__version__, "lightgbm": lgb.__version__}
print(json.dumps(out))
