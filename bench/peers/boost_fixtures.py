"""Makes the small models of other libraries that models/boost/*.test.ts reads: rows, margins, SHAP values beside the model file.

usage: python boost_fixtures.py <out folder>      (needs xgboost, lightgbm, numpy, pandas)
"""
import json, sys
import numpy as np, pandas as pd, xgboost as xgb, lightgbm as lgb

out = sys.argv[1]
rng = np.random.default_rng(7)
n = 400
num = rng.normal(size=(n, 3)).astype(np.float32)
num[rng.random((n, 3)) < 0.1] = np.nan
cat = rng.integers(0, 6, size=n)
margin = np.nan_to_num(num[:, 0]) * 1.5 - np.nan_to_num(num[:, 1]) + np.array([1, -1, 0.5, 0, -0.5, 2])[cat]
y = (rng.random(n) < 1 / (1 + np.exp(-margin))).astype(int)
frame = pd.DataFrame(num, columns=["a", "b", "c"])
frame["kind"] = pd.Categorical(cat, categories=range(6))
shown = frame.iloc[:60]
rows = [[None if pd.isna(v) else float(v) for v in [*r[:3], r[3]]] for r in shown.itertuples(index=False)]

def write(name, model, margins, shap):
    json.dump({"features": ["a", "b", "c", "kind"], "rows": rows, "model": model,
               "margins": [float(v) for v in margins], "shap": np.asarray(shap, dtype=float).tolist()},
              open(f"{out}/{name}.json", "w"))

dtrain = xgb.DMatrix(frame, y, enable_categorical=True)
dshown = xgb.DMatrix(shown, enable_categorical=True)
booster = xgb.train({"objective": "binary:logistic", "max_depth": 4, "eta": 0.3, "tree_method": "hist",
                     "max_cat_to_onehot": 1, "nthread": 1, "seed": 1}, dtrain, 12)
write("xgboost-logistic", json.loads(booster.save_raw("json")), booster.predict(dshown, output_margin=True),
      booster.predict(dshown, pred_contribs=True))
booster = xgb.train({"objective": "reg:squarederror", "max_depth": 3, "eta": 0.3, "tree_method": "hist", "nthread": 1},
                    xgb.DMatrix(frame[["a", "b", "c"]], y), 6)
d3 = xgb.DMatrix(shown[["a", "b", "c"]])
json.dump({"features": ["a", "b", "c"], "rows": [r[:3] for r in rows], "model": json.loads(booster.save_raw("json")),
           "margins": [float(v) for v in booster.predict(d3)], "shap": booster.predict(d3, pred_contribs=True).astype(float).tolist()},
          open(f"{out}/xgboost-squared.json", "w"))
light = lgb.train({"objective": "binary", "num_leaves": 8, "min_data_in_leaf": 5, "min_data_per_group": 1, "cat_smooth": 1,
                   "max_cat_to_onehot": 1, "verbose": -1, "seed": 1, "deterministic": True, "num_threads": 1},
                  lgb.Dataset(frame, y, categorical_feature=["kind"], free_raw_data=False), 12)
write("lightgbm-binary", light.model_to_string(), light.predict(shown, raw_score=True), light.predict(shown, pred_contrib=True))
