import { InputError, messageOf } from '../../ingest/base/index.ts';
import type { FeatureInfo } from './matrix.ts';
import type { BoostModel, BoostTree } from './model.ts';

/** One tree of XGBoost's JSON schema (2.x and 3.x). */
interface XgbTree {
  left_children: number[];
  right_children: number[];
  parents?: number[];
  split_indices: number[];
  split_conditions: number[];
  split_type?: number[];
  default_left: number[];
  sum_hessian: number[];
  loss_changes: number[];
  base_weights: number[];
  categories?: number[];
  categories_nodes?: number[];
  categories_segments?: number[];
  categories_sizes?: number[];
}

interface XgbModel {
  version: number[];
  learner: {
    feature_names?: string[];
    feature_types?: string[];
    gradient_booster: {
      name: string;
      model: { gbtree_model_param?: { num_parallel_tree?: string }; trees: XgbTree[] };
    };
    learner_model_param: { base_score: string; num_class: string; num_feature: string; num_target?: string };
    objective: { name: string };
  };
}

const OBJECTIVES: Readonly<Record<string, BoostModel['objective']>> = {
  'binary:logistic': 'logistic',
  'reg:logistic': 'logistic',
  'binary:logitraw': 'logistic',
  'reg:squarederror': 'squared',
};

/** Reads a model that XGBoost saved as JSON (`booster.save_model('m.json')`). It scores as there: values are rounded to 32 bits before they are compared.
 *  @throws InputError `xgboost-json` when the text is not such a model, or one of a kind that is not read here (dart, linear, several classes or targets) */
export function boostFromXgboost(text: string): BoostModel {
  const model = parse(text);
  const { learner } = model;
  const booster = learner.gradient_booster;
  const objective = OBJECTIVES[learner.objective.name];
  const faults: string[] = [];
  if (booster.name !== 'gbtree') faults.push(`booster "${booster.name}" is not gbtree`);
  if (objective === undefined)
    faults.push(`objective "${learner.objective.name}" is not one of ${Object.keys(OBJECTIVES).join(', ')}`);
  if (Number(learner.learner_model_param.num_class) > 1)
    faults.push(`it has ${learner.learner_model_param.num_class} classes`);
  if (Number(learner.learner_model_param.num_target ?? '1') > 1) faults.push('it has several targets');
  if (faults.length > 0) throw refused(faults.join('; '));
  const features = featuresOf(learner);
  return {
    objective: objective!,
    combine: 'sum',
    base: baseOf(learner.learner_model_param.base_score, learner.objective.name),
    features,
    seen: features.map(() => null),
    precision: 'float32',
    trees: booster.model.trees.map((tree, index) => treeOf(tree, index, features.length)),
  };
}

function parse(text: string): XgbModel {
  let model: XgbModel;
  try {
    model = JSON.parse(text) as XgbModel;
  } catch (cause) {
    throw refused(
      `it is not whole JSON (${messageOf(cause)}); it may be cut short, or saved as UBJSON: save it with a name that ends in .json`,
    );
  }
  if (
    !Array.isArray(model?.learner?.gradient_booster?.model?.trees) ||
    !model.learner.learner_model_param ||
    !model.learner.objective
  ) {
    throw refused('it has no learner.gradient_booster.model.trees');
  }
  return model;
}

function refused(why: string): InputError {
  return new InputError('xgboost-json', `boostFromXgboost: ${why}`);
}

function featuresOf(learner: XgbModel['learner']): FeatureInfo[] {
  const count = Number(learner.learner_model_param.num_feature);
  const names = learner.feature_names?.length
    ? learner.feature_names
    : Array.from({ length: count }, (_, f) => `f${f}`);
  return names.map((name, f) => ({ name, kind: learner.feature_types?.[f] === 'c' ? 'category' : 'number' }));
}

/** `5E-1`, or since 3.1 `[5E-1]`; a probability where the objective is logistic. */
function baseOf(text: string, objective: string): number {
  const base = Number(text.replace(/^\[|\]$/g, ''));
  if (!Number.isFinite(base)) throw refused(`base_score "${text}" is not a number`);
  const isProbability = objective === 'binary:logistic' || objective === 'reg:logistic';
  return isProbability ? -Math.log(1 / base - 1) : base;
}

function treeOf(tree: XgbTree, index: number, features: number): BoostTree {
  const nodes = tree.left_children.length;
  const arrays = [tree.right_children, tree.split_indices, tree.split_conditions, tree.default_left, tree.sum_hessian];
  if (nodes === 0 || arrays.some((list) => list?.length !== nodes))
    throw refused(`tree ${index} has arrays of unequal length`);
  const isLeaf = tree.left_children.map((child) => child < 0);
  for (let node = 0; node < nodes; node++) {
    if (isLeaf[node]) continue;
    const children = [tree.left_children[node]!, tree.right_children[node]!];
    if (children.some((child) => !(child > node && child < nodes)) || !(tree.split_indices[node]! < features)) {
      throw refused(`tree ${index}, node ${node}: a child or feature does not exist`);
    }
  }
  return {
    feature: tree.split_indices.map((feature, node) => (isLeaf[node] ? -1 : feature)),
    threshold: tree.split_conditions.map((value, node) => (isLeaf[node] ? 0 : Math.fround(value))),
    left: [...tree.left_children],
    right: [...tree.right_children].map((child, node) => (isLeaf[node] ? -1 : child)),
    missingLeft: tree.default_left.map((left) => (left ? 1 : 0)),
    value: tree.split_conditions.map((value, node) =>
      Math.fround(isLeaf[node] ? value : (tree.base_weights?.[node] ?? 0)),
    ),
    cover: [...tree.sum_hessian],
    gain: [...tree.loss_changes],
    categories: categoriesOf(tree, nodes),
  };
}

function categoriesOf(tree: XgbTree, nodes: number): (number[] | null)[] {
  const out: (number[] | null)[] = Array.from({ length: nodes }, () => null);
  (tree.categories_nodes ?? []).forEach((node, i) => {
    const start = tree.categories_segments![i]!;
    out[node] = tree.categories!.slice(start, start + tree.categories_sizes![i]!).sort((a, b) => a - b);
  });
  return out;
}

/** The model as JSON that XGBoost ≥ 3.1 opens (`xgb.Booster(model_file='m.json')`). Margins agree to 32-bit rounding when the rows hold
 *  32-bit numbers and no category that training never met. A forest is written as the sum of its trees over their number. */
export function xgboostFromBoost(model: BoostModel): string {
  const scale = model.combine === 'mean' ? 1 / Math.max(1, model.trees.length) : 1;
  const base = model.objective === 'logistic' ? 1 / (1 + Math.exp(-model.base)) : model.base;
  const count = String(model.trees.length);
  const text = JSON.stringify({
    learner: {
      attributes: {},
      feature_names: model.features.map((feature) => feature.name),
      feature_types: model.features.map((feature) => (feature.kind === 'category' ? 'c' : 'float')),
      gradient_booster: {
        model: {
          cats: { enc: [], feature_segments: [], sorted_idx: [] },
          gbtree_model_param: { num_parallel_tree: '1', num_trees: count },
          iteration_indptr: Array.from({ length: model.trees.length + 1 }, (_, i) => i),
          tree_info: model.trees.map(() => 0),
          trees: model.trees.map((tree, id) => xgbTree(tree, { id, scale, features: model.features.length })),
        },
        name: 'gbtree',
      },
      learner_model_param: {
        base_score: `[${base.toExponential(9).toUpperCase()}]`,
        boost_from_average: '1',
        num_class: '0',
        num_feature: String(model.features.length),
        num_target: '1',
      },
      objective: {
        name: model.objective === 'logistic' ? 'binary:logistic' : 'reg:squarederror',
        reg_loss_param: { scale_pos_weight: '1' },
      },
    },
    version: [3, 1, 0],
  });
  return text.replace(FLOAT_LISTS, (_all, name: string, list: string) => `"${name}":[${list.replace(WHOLE, '$&.0')}]`);
}

/** XGBoost takes a number without a point for an integer and refuses it in a list of floats; JSON.stringify writes 1 for 1.0. A quote inside a
 *  feature's name is escaped and so ends no such field. */
const FLOAT_LISTS = /"(base_weights|loss_changes|split_conditions|sum_hessian)":\[([^\]]*)\]/g;
const WHOLE = /(?<![\d.eE+-])-?\d+(?![\d.eE])/g;

function xgbTree(tree: BoostTree, of: { id: number; scale: number; features: number }): object {
  const nodes = tree.feature.length;
  const parents = tree.feature.map(() => 2147483647);
  tree.feature.forEach((feature, node) => {
    if (feature >= 0) parents[tree.left[node]!] = parents[tree.right[node]!] = node;
  });
  const categoryNodes = tree.categories.flatMap((list, node) => (list === null ? [] : [node]));
  const lists = categoryNodes.map((node) => tree.categories[node]!);
  const starts = lists.map((_, i) => lists.slice(0, i).reduce((sum, list) => sum + list.length, 0));
  return {
    base_weights: tree.value.map((value) => Math.fround(value * of.scale)),
    categories: lists.flat(),
    categories_nodes: categoryNodes,
    categories_segments: starts,
    categories_sizes: lists.map((list) => list.length),
    default_left: tree.missingLeft,
    id: of.id,
    left_children: tree.left,
    loss_changes: tree.gain.map(Math.fround),
    parents,
    right_children: tree.right,
    split_conditions: tree.threshold.map((threshold, node) =>
      tree.feature[node]! < 0 ? Math.fround(tree.value[node]! * of.scale) : float32(threshold),
    ),
    split_indices: tree.feature.map((feature) => Math.max(0, feature)),
    split_type: tree.categories.map((list) => (list === null ? 0 : 1)),
    sum_hessian: tree.cover.map(Math.fround),
    tree_param: {
      num_deleted: '0',
      num_feature: String(of.features),
      num_nodes: String(nodes),
      size_leaf_vector: '1',
    },
  };
}

/** The nearest 32-bit number that JSON can hold. */
function float32(value: number): number {
  const rounded = Math.fround(value);
  return Number.isFinite(rounded) ? rounded : Math.sign(value) * 3.4028234663852886e38;
}
