import type { Bilingual } from '../../ingest/schema/index.ts';
import { expectedFinds, findsOfList } from '../leads/index.ts';
import type { CapacityPoint, LeadModel } from '../registry/index.ts';
import { taskFrom } from '../train/index.ts';
import type { LeadItem } from './lead-list.ts';

/** What a capacity is worth (N7): finds to expect by the hold-out, by this list's own probabilities, and the lead at the margin. */
export interface CapacityView {
  readonly capacity: number;
  /** Finds a week on the hold-out at this capacity, with the middle 95 %. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** Chance that one lead more would be confirmed: slope of the curve here. */
  readonly marginal: number;
  /** Finds to expect of the first leads of this very list, from their calibrated probabilities; `listed` of them are there. */
  readonly ofList: { readonly listed: number; readonly expected: number; readonly low: number; readonly high: number };
  /** The last lead that still fits; null when the list is empty. */
  readonly last: { readonly leadId: string; readonly label: string; readonly probability: number | null } | null;
  readonly curve: readonly CapacityPoint[];
  /** What counts as found, in words. */
  readonly meaning: Bilingual;
}

/** @param items  the run's leads by rank  @throws InputError `bad-capacity` */
export function capacityView(model: LeadModel, items: readonly LeadItem[], capacity: number): CapacityView {
  const { expected, low, high, marginal } = expectedFinds(model, capacity);
  const fitting = items.slice(0, capacity);
  const last = fitting.at(-1) ?? null;
  const probabilities = fitting.flatMap((i) => (i.probability === null ? [] : [i.probability]));
  const finds =
    probabilities.length === 0 ? { expected: 0, low: 0, high: 0 } : findsOfList(probabilities, probabilities.length);
  const task = taskFrom(model.task);
  const days = task.form === 'district' ? task.horizonDays : null;
  return {
    capacity,
    expected,
    low,
    high,
    marginal,
    ofList: { listed: fitting.length, expected: finds.expected, low: finds.low, high: finds.high },
    last: last === null ? null : { leadId: last.leadId, label: last.label, probability: last.probability },
    curve: model.capacityCurve,
    meaning: {
      zh: days === null ? '查实' : `${days} 天内查实`,
      en: days === null ? 'confirmed' : `confirmed within ${days} days`,
    },
  };
}
