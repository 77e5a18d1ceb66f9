import { ATTRIBUTES } from './attributes.ts';
import { CENTRALITY } from './centrality.ts';
import { EVENTS } from './events.ts';
import type { FeatureFamily, FeatureGroup } from './feature.ts';
import { NETWORK } from './network.ts';
import { OUTCOMES } from './outcomes.ts';
import { SIGNAL_LOAD } from './signal-load.ts';
import { SIGNALS } from './signals.ts';
import { TRACES } from './traces.ts';

/** Every family, in the order in which their features stand in a model. */
export const FAMILIES: readonly FeatureFamily[] = [
  SIGNALS,
  SIGNAL_LOAD,
  OUTCOMES,
  EVENTS,
  ATTRIBUTES,
  NETWORK,
  CENTRALITY,
  TRACES,
];

/** Evidence a feature belongs to, in words; a group that no family names speaks by its id. */
export function groupLabel(id: string, families: readonly FeatureFamily[] = FAMILIES): FeatureGroup['label'] {
  for (const family of families) for (const group of family.groups) if (group.id === id) return group.label;
  const [kind, name] = id.split(':');
  if (name === undefined) return { zh: id, en: id };
  if (kind === 'signal')
    return name === 'any'
      ? { zh: '各类模型信号', en: 'Signals of any typology' }
      : { zh: `${name} 信号`, en: `${name} signals` };
  return { zh: name, en: name };
}
