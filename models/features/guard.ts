import { InputError } from '../../ingest/base/index.ts';
import type { FeatureBlock, FeatureContext } from './feature.ts';

/** The leak guard: no fact behind a value may have become known after the row's as-of moment.
 *  @throws InputError `leaked-feature` naming the features, the row, and both moments */
export function refuseLeaks(block: FeatureBlock, context: Pick<FeatureContext, 'asOf' | 'subjects'>): void {
  const { latestKnownAt } = block;
  for (let i = 0; i < latestKnownAt.length; i++) {
    // NaN compares false: a row without facts cannot leak.
    if (latestKnownAt[i]! > context.asOf[i]!) {
      const names = block.features.map((f) => f.id);
      const known = new Date(latestKnownAt[i]!).toISOString();
      const asOf = new Date(context.asOf[i]!).toISOString();
      throw new InputError(
        'leaked-feature',
        `buildFeatures: ${_listed(names)} of ${context.subjects[i]} uses a fact known at ${known}, after its as-of ${asOf}; take only facts with known_at <= as_of`,
        { features: names, subject: context.subjects[i], known, asOf },
      );
    }
  }
}

/** A block must prove what it knew: one moment a row wherever it has a value.
 *  @throws InputError `unproved-feature` when a value stands without the moment its facts became known */
export function refuseUnproved(block: FeatureBlock): void {
  block.features.forEach((feature, j) => {
    const values = block.values[j]!;
    for (let i = 0; i < values.length; i++) {
      const v = values[i]!;
      // Zero counts rest on the absence of facts; anything else needs at least one.
      if (v !== 0 && !Number.isNaN(v) && Number.isNaN(block.latestKnownAt[i]!))
        throw new InputError(
          'unproved-feature',
          `buildFeatures: "${feature.id}" has ${v} in row ${i} but cannot say when its facts became known; return latest_known_at`,
          { feature: feature.id, row: i },
        );
    }
  });
}

function _listed(names: readonly string[]): string {
  return names.length <= 3
    ? names.map((n) => `"${n}"`).join(', ')
    : `"${names[0]}" and ${names.length - 1} others of its block`;
}
