import type { Bilingual } from '../../ingest/schema/index.ts';
import type { FeatureDefinition } from '../features/index.ts';
import type { LeadModel, PeerRange } from '../registry/index.ts';
import { type Evidence } from './evidence.ts';
import type { Reason } from './explanation.ts';

/** One row to explain. */
export interface ReasonInput {
  readonly model: LeadModel;
  /** Contribution of each feature, in the model's order. */
  readonly parts: ArrayLike<number>;
  /** Value of each feature; NaN = missing. */
  readonly values: ArrayLike<number>;
  readonly evidence: (group: string) => Evidence;
}

/** Factors told one by one; the rest are added up in one line. */
const MAX_REASONS = 9;
/** A group below this share of the total movement is not worth a line, once three are told. */
const MIN_SHARE = 0.03;
const MIN_REASONS = 3;

/** Factors of a score, strongest first, both ways: contributions added up by the evidence an investigator knows. With the last line, `rest`,
 *  and the bias they sum to the score. At least three, and at least one that lowers the score where there is one. */
export function reasonsOf(of: ReasonInput): Reason[] {
  const groups = new Map<string, number[]>();
  of.model.features.forEach((f, j) => {
    const list = groups.get(f.group);
    if (list === undefined) groups.set(f.group, [j]);
    else list.push(j);
  });
  const all = [...groups]
    .map(([group, features]) => ({ group, features, sum: features.reduce((s, j) => s + of.parts[j]!, 0) }))
    .sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum) || (a.group < b.group ? -1 : 1));
  const movement = all.reduce((s, g) => s + Math.abs(g.sum), 0);
  const told = all.filter((g, i) => i < MIN_REASONS || (i < MAX_REASONS && Math.abs(g.sum) >= MIN_SHARE * movement));
  const against = all.find((g) => g.sum < 0);
  if (against !== undefined && !told.includes(against)) told.push(against);
  const rest = all.filter((g) => !told.includes(g)).reduce((s, g) => s + g.sum, 0);
  return [...told.map((g) => _reason(of, g)), ...(rest === 0 ? [] : [_rest(rest)])];
}

/** A value in words: a level, a whole number, or two decimals. */
export function shownValue(feature: FeatureDefinition, value: number): string | null {
  if (Number.isNaN(value)) return null;
  if (feature.levels !== undefined) return feature.levels[value] ?? null;
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(2)));
}

function _reason(
  of: ReasonInput,
  g: { readonly group: string; readonly features: readonly number[]; readonly sum: number },
): Reason {
  // The feature that speaks for the group: the largest mover in the group's own direction, rather one with a value.
  const sign = g.sum < 0 ? -1 : 1;
  const movers = [...g.features].sort((a, b) => sign * (of.parts[b]! - of.parts[a]!) || a - b);
  const speaker = movers.find((j) => sign * of.parts[j]! > 0 && !Number.isNaN(of.values[j]!)) ?? movers[0]!;
  const feature = of.model.features[speaker]!;
  const value = of.values[speaker]!;
  const peers = of.model.peers[speaker]!;
  const evidence = of.evidence(g.group);
  return {
    id: g.group,
    family: feature.family,
    direction: g.sum < 0 ? 'against' : 'for',
    contribution: g.sum,
    text: _sentence(feature, value, peers),
    value: Number.isNaN(value) || feature.levels !== undefined ? null : value,
    unit: null,
    peerLow: Number.isNaN(value) ? null : peers.low,
    peerHigh: Number.isNaN(value) ? null : peers.high,
    features: movers.filter((j) => of.parts[j]! !== 0).map((j) => of.model.features[j]!.id),
    rowIds: evidence.rowIds,
    signalIds: evidence.signalIds,
  };
}

function _sentence(feature: FeatureDefinition, value: number, peers: PeerRange): Bilingual {
  const shown = shownValue(feature, value);
  if (shown === null) return { zh: `${feature.label.zh}：无记录`, en: `${feature.label.en}: no record` };
  const range =
    peers.low === null || peers.high === null ? null : [peers.low, peers.high].map((v) => String(Number(v.toFixed(2))));
  const fill = (text: string): string => text.replaceAll('{value}', shown);
  const zh = range === null ? '' : `（同类中间八成 ${range[0]}–${range[1]}）`;
  const en = range === null ? '' : ` (middle 80 % of peers: ${range[0]}–${range[1]})`;
  return { zh: `${fill(feature.explain.zh)}${zh}`, en: `${fill(feature.explain.en)}${en}` };
}

function _rest(sum: number): Reason {
  return {
    id: 'rest',
    family: 'rest',
    direction: sum < 0 ? 'against' : 'for',
    contribution: sum,
    text: { zh: '其余因素合计', en: 'all other factors together' },
    value: null,
    unit: null,
    peerLow: null,
    peerHigh: null,
    features: [],
    rowIds: [],
    signalIds: [],
  };
}
