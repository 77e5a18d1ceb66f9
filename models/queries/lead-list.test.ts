import { expect, test } from 'vitest';
import type { LeadModel } from '../registry/index.ts';
import { DISTRICT_TASK } from '../train/index.ts';
import { type LeadItem, LEAD_FACETS, type LeadFilter, capacityView, leadPage, strongestReason } from './index.ts';

const ANY: LeadFilter = { kind: null, town: null, typology: null, pick: null, grade: null };

function item(rank: number, given: Partial<LeadItem> = {}): LeadItem {
  return {
    leadId: `L${rank}`,
    rank,
    subjectId: `company:${rank}`,
    kind: 'company',
    label: `第${rank}公司`,
    probability: 0.5,
    low: 0.4,
    high: 0.6,
    grade: null,
    confidence: null,
    pick: 'ranked',
    pickChance: 1,
    typologies: [],
    town: '织里镇',
    because: null,
    ...given,
  };
}

const LIST = [
  item(1, { typologies: ['T01', 'T05'], grade: '高' }),
  item(2, { kind: 'vehicle', town: null, typologies: ['T05'] }),
  item(3, { kind: 'vehicle', town: null, pick: 'reserve' }),
  item(4, { town: '埭溪镇', typologies: ['T01'], grade: '低' }),
];

test('a filter keeps what passes, in order; absent values are asked for by the empty text', () => {
  const ids = (filter: Partial<LeadFilter>): string[] =>
    leadPage(LIST, { ...ANY, ...filter }, { top: 10, offset: 0 }).leads.map((l) => l.leadId);
  expect(ids({})).toEqual(['L1', 'L2', 'L3', 'L4']);
  expect(ids({ typology: 'T01' })).toEqual(['L1', 'L4']);
  expect(ids({ typology: '' })).toEqual(['L3']);
  expect(ids({ town: '' })).toEqual(['L2', 'L3']);
  expect(ids({ town: '', pick: 'reserve' })).toEqual(['L3']);
  expect(ids({ grade: '' })).toEqual(['L2', 'L3']);
});

test('a facet counts what each choice would leave with the other filters kept', () => {
  const page = leadPage(LIST, { ...ANY, kind: 'vehicle' }, { top: 1, offset: 1 });
  expect(page).toMatchObject({ total: 4, matching: 2 });
  expect(page.leads.map((l) => l.leadId)).toEqual(['L3']);
  expect(page.facets.kind).toEqual([
    { value: 'company', leads: 2 },
    { value: 'vehicle', leads: 2 },
  ]);
  expect(page.facets.typology).toEqual([
    { value: '', leads: 1 },
    { value: 'T05', leads: 1 },
  ]);
  for (const name of LEAD_FACETS)
    for (const { value, leads } of page.facets[name])
      expect(leadPage(LIST, { ...ANY, kind: 'vehicle', [name]: value }, { top: 10, offset: 0 }).matching).toBe(leads);
});

test('the line of a list is the strongest named signal, else the strongest reason for', () => {
  const reason = (id: string, family: string, direction = 'for') => ({
    id,
    family,
    direction,
    text: { zh: id, en: id },
  });
  expect(strongestReason([])).toBeNull();
  expect(
    strongestReason([reason('signal:any', 'signals'), reason('past', 'outcomes'), reason('signal:T04', 'signals')])?.zh,
  ).toBe('signal:T04');
  expect(strongestReason([reason('rest', 'rest'), reason('past', 'outcomes')])?.zh).toBe('past');
  expect(strongestReason([reason('size', 'attributes', 'against')])?.zh).toBe('size');
});

const MODEL = {
  task: DISTRICT_TASK,
  capacityCurve: [
    { capacity: 10, expected: 4, low: 2, high: 6 },
    { capacity: 20, expected: 6, low: 3, high: 9 },
  ],
} as unknown as LeadModel;

test('capacity 10 → 20 adds two finds of the hold-out, 0.2 a lead, and names the last lead that fits', () => {
  const list = Array.from({ length: 12 }, (_, i) => item(i + 1));
  const ten = capacityView(MODEL, list, 10);
  expect(ten).toMatchObject({ expected: 4, low: 2, high: 6, last: { leadId: 'L10' } });
  expect(ten.ofList).toMatchObject({ listed: 10, expected: 5 });
  const fifteen = capacityView(MODEL, list, 15);
  expect(fifteen).toMatchObject({ expected: 5, low: 2.5, high: 7.5, last: { leadId: 'L12' } });
  expect(fifteen.marginal).toBeCloseTo(0.2, 12);
  expect(fifteen.ofList.listed).toBe(12);
  expect(capacityView(MODEL, [], 5)).toMatchObject({ last: null, ofList: { listed: 0, expected: 0 } });
  expect(() => capacityView(MODEL, list, 0)).toThrow(/capacity of 0/);
});
