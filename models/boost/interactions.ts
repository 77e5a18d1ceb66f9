import { InputError } from '../../ingest/base/index.ts';
import type { FeatureInfo } from './matrix.ts';

/** Which features may follow on a path, by groups that may meet. */
export interface Interactions {
  /** 1 for each feature that may split a node below splits on `used`. */
  allowedAfter(used: readonly number[]): Uint8Array;
}

/** From groups of names. A path may use a set of features only if one group holds them all; a feature in no group is a group of one.
 *  @throws InputError `no-such-feature` */
export function interactionsOf(
  features: readonly FeatureInfo[],
  groups: readonly (readonly string[])[] | null,
): Interactions | null {
  if (groups === null) return null;
  const at = new Map(features.map((feature, index) => [feature.name, index]));
  const unknown = groups.flat().filter((name) => !at.has(name));
  if (unknown.length > 0) {
    throw new InputError('no-such-feature', `trainBoost: interactions name ${unknown.join(', ')}, not in the matrix`);
  }
  const sets = groups.map((names) => new Set(names.map((name) => at.get(name)!)));
  features.forEach((_, f) => {
    if (!sets.some((set) => set.has(f))) sets.push(new Set([f]));
  });
  return {
    allowedAfter(used) {
      const allowed = new Uint8Array(features.length);
      for (const set of sets) if (used.every((f) => set.has(f))) for (const f of set) allowed[f] = 1;
      return allowed;
    },
  };
}
