"""Opens an XGBoost JSON that bench/boost-exchange.ts wrote, scores its rows, and trains a model of its own on them for the way back.

usage: python boost_exchange.py <folder>     (needs xgboost, numpy, pandas)
The folder has meta.json { rows, features: [{ name, levels | null }] }, values.f32 (little-endian, column after column, NaN = missing), y.f64 and
ours.json; margins.f64 of it and theirs.json with theirs.f64 are written beside them.
"""
import json, sys
import numpy as np, pandas as pd, xgboost as xgb

folder = sys.argv[1]
meta = json.load(open(f"{folder}/meta.json"))
x = np.fromfile(f"{folder}/values.f32", dtype="<f4").reshape(len(meta["features"]), meta["rows"])
y = np.fromfile(f"{folder}/y.f64", dtype="<f8")
frame = pd.DataFrame({f["name"]: x[i] if f["levels"] is None else pd.Categorical.from_codes(
    np.where(np.isnan(x[i]), -1, x[i]).astype(int), categories=range(f["levels"])) for i, f in enumerate(meta["features"])})
rows = xgb.DMatrix(frame, y, enable_categorical=True)
ours = xgb.Booster(model_file=f"{folder}/ours.json")
ours.predict(rows, output_margin=True).astype("<f8").tofile(f"{folder}/margins.f64")
theirs = xgb.train({"objective": "binary:logistic", "max_depth": 6, "eta": 0.1, "tree_method": "hist", "max_cat_to_onehot": 1,
                    "nthread": 2, "seed": 1}, rows, 60)
theirs.save_model(f"{folder}/theirs.json")
theirs.predict(rows, output_margin=True).astype("<f8").tofile(f"{folder}/theirs.f64")
print(xgb.__version__)
