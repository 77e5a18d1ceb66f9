import { InputError } from '../../base/index.ts';
import { type Comparison, type Model, type Patterns, type Scored, scorePatterns } from '../core/index.ts';
import { type Label, thresholdFromLabels, withLabels } from './labels.ts';
import type { TableSettings } from './table-settings.ts';

/** What tuning starts from. */
export interface Untuned {
  readonly comparisons: readonly Comparison[];
  readonly patterns: Patterns;
  readonly model: Model;
  readonly scored: Scored;
  /** Pairs sorted by (left, right), indices into `ids`. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly ids: readonly string[];
}

/** The model and scores after settings and labels, and the threshold where one of them decides it. */
export interface Tuned {
  readonly model: Model;
  readonly scored: Scored;
  readonly bits: number | null;
  readonly because: string;
  /** Labels given, and those about pairs that were proposed. */
  readonly labels: number;
  readonly labelsUsed: number;
}

/** Applies weights, prior and labels to a trained model, and scores again where something changed.
 *  @throws InputError `bad-settings` for a comparison or level the table does not have */
export function tune(u: Untuned, settings: TableSettings, labels: readonly Label[]): Tuned {
  const at = _pairsOf(u, labels);
  const taught = at.size === 0 ? u.model : withLabels(u.comparisons, u.patterns, u.model, at).model;
  const model = _overridden(u.comparisons, taught, settings);
  const scored = model === u.model ? u.scored : scorePatterns(u.comparisons, model, u.patterns);
  const asked = settings.threshold?.bits;
  const learnt = settings.threshold === undefined ? thresholdFromLabels(scored, at) : null;
  return {
    model,
    scored,
    bits: asked ?? learnt,
    because: asked !== undefined ? 'asked for' : `best F1 on ${at.size} labelled pairs`,
    labels: labels.length,
    labelsUsed: at.size,
  };
}

/** Labelled pairs by their index; the last label of a pair counts. */
function _pairsOf(u: Untuned, labels: readonly Label[]): Map<number, 0 | 1> {
  const out = new Map<number, 0 | 1>();
  if (labels.length === 0) return out;
  const number = new Map(u.ids.map((id, i) => [id, i]));
  const asked = new Map<number, 0 | 1>();
  for (const l of labels) {
    const [a, b] = [number.get(l.left), number.get(l.right)];
    if (a === undefined || b === undefined || a === b) continue;
    asked.set(Math.min(a, b) * u.ids.length + Math.max(a, b), l.same ? 1 : 0);
  }
  for (let p = 0; p < u.left.length; p++) {
    const same = asked.get(u.left[p]! * u.ids.length + u.right[p]!);
    if (same !== undefined) out.set(p, same);
  }
  return out;
}

function _overridden(comparisons: readonly Comparison[], model: Model, s: TableSettings): Model {
  const asked = Object.entries(s.compare).filter(([, c]) => Object.keys(c.levels).length > 0);
  if (asked.length === 0 && s.prior === undefined) return model;
  const copy = (rows: readonly Float64Array[]): Float64Array[] => rows.map((r) => Float64Array.from(r));
  const [m, u, weights] = [copy(model.m), copy(model.u), copy(model.weights)];
  for (const [id, { levels }] of asked) {
    const c = comparisons.findIndex((x) => x.id === id);
    for (const [name, given] of Object.entries(levels)) {
      const l = c < 0 ? -1 : comparisons[c]!.levels.findIndex((x) => x.id === name);
      if (l < 1)
        throw new InputError(
          'bad-settings',
          `compare.${id}.levels.${name}: there is no such level; ${
            c < 0
              ? `comparisons are ${comparisons.map((x) => x.id).join(', ')}`
              : `levels are ${comparisons[c]!.levels.slice(1)
                  .map((x) => x.id)
                  .join(', ')}`
          }`,
          { id, name },
        );
      if (given.m !== undefined) m[c]![l] = given.m;
      if (given.u !== undefined) u[c]![l] = given.u;
      weights[c]![l] = given.bits ?? Math.log2(m[c]![l]! / u[c]![l]!);
    }
  }
  return { ...model, m, u, weights, prior: s.prior ?? model.prior };
}
