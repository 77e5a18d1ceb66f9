import { expect, test } from 'vitest';
import { Database } from '../../tables/index.ts';
import { madePeople } from '../incremental/people.ts';
import { evaluateClusters } from '../core/index.ts';
import {
  RESOLVE_TABLE_DEFAULTS,
  type ResolveTableOptions,
  type TableResolution,
  resolveTable,
} from '../table/index.ts';
import { labelsFrom, thresholdFromLabels } from './labels.ts';
import { tableSettingsFromYaml, tableSettingsJsonSchema } from './table-settings.ts';

const made = madePeople(220, 'settings');

async function resolved(options: Partial<ResolveTableOptions>): Promise<TableResolution> {
  const db = await Database.open(':memory:');
  const text = (values: readonly (string | null)[]) => ({ kind: 'text' as const, values });
  await db.tableFrom('people', {
    rows: made.rows.ids.length,
    data: {
      id: text(made.rows.ids),
      ...Object.fromEntries(Object.entries(made.rows.columns).map(([k, v]) => [k, text(v)])),
    },
  });
  const r = await resolveTable(db, 'people', { id: 'id', ...options });
  db.close();
  return r;
}
const score = (r: TableResolution) =>
  evaluateClusters(
    new Map(r.ids.map((id, i) => [id, String(r.cluster[i]!)])),
    new Map(made.rows.ids.map((id, i) => [id, made.who[i]!])),
  );
const yaml = (text: string) => ({ settings: tableSettingsFromYaml(text, 'x.yaml') });

test('every part can be said: columns, rules, levels, prior, threshold', async () => {
  const free = await resolved({});
  const r = await resolved(
    yaml(`
ignore: [town]
columns: { born: { type: code } }
block: { only: [[surname, born], [surname~, first_name~]] }
compare: { born: { levels: { different: { bits: -30 } } } }
prior: 0.001
threshold: { bits: 7 }
seed: other`),
  );
  expect(r.report.columns.map((c) => c.column)).not.toContain('town');
  expect(r.report.columns.find((c) => c.column === 'born')).toMatchObject({
    type: 'code',
    because: 'said in the settings',
  });
  expect(r.report.rules.map((x) => x.rule).slice(0, 2)).toEqual([
    'surname + born',
    'surname, loosely + first_name, loosely',
  ]);
  expect(r.report.levels.find((l) => l.comparison === 'born' && l.level === 'different')!.weight).toBe(-30);
  expect(r.report.threshold).toBe(7);
  expect(r.report.thresholdBecause).toBe('asked for');
  const off = await resolved(yaml('compare: { born: { off: true } }\nblock: { add: [[born]] }'));
  expect(off.report.levels.some((l) => l.comparison === 'born')).toBe(false);
  expect(off.report.rules[0]!.rule).toBe('born');
  expect(free.report.levels.some((l) => l.comparison === 'born')).toBe(true);
  const precise = await resolved(yaml('threshold: { precision: 0.999 }'));
  expect(precise.report.threshold).toBeLessThanOrEqual(free.report.threshold + 40);
  expect(precise.report.thresholdBecause).toContain('0.999');
  expect(score(precise).precision).toBeGreaterThan(0.99);
});

test('everything switched off: it says so and merges nothing', async () => {
  const r = await resolved(
    yaml(
      'ignore: [first_name, town]\ncompare: { surname: { off: true }, born: { off: true }, nearest: { off: true } }',
    ),
  );
  expect(r.report.refused).toBe('every comparison is switched off');
  expect(r.report.merges).toBe(0);
});

test('labels teach m and choose the threshold; judgements bind; any two rows are explained', async () => {
  const who = new Map(made.rows.ids.map((id, i) => [id, made.who[i]!]));
  const free = await resolved({});
  const labels = Array.from(free.left, (l, p) => ({ left: free.ids[l]!, right: free.ids[free.right[p]!]! }))
    .filter((_x, p) => p % 9 === 0)
    .map((x) => ({ ...x, same: who.get(x.left) === who.get(x.right) }));
  const r = await resolved({ labels });
  expect(r.report.labels).toEqual({ given: labels.length, used: labels.length });
  expect(r.report.thresholdBecause).toContain('labelled pairs');
  expect(score(r).f1).toBeGreaterThan(score(free).f1 - 0.02);
  const [a, b] = [made.rows.ids[0]!, made.rows.ids.at(-1)!];
  const judgement = {
    id: 'j1',
    left: a,
    right: b,
    verdict: 'same' as const,
    by: 'w',
    at: '2026-01-01T00:00:00.000Z',
    why: 'seen',
  };
  const judged = await resolved({ judgements: [judgement], explain: [[a, b]] });
  expect(judged.cluster[judged.ids.indexOf(a)]).toBe(judged.cluster[judged.ids.indexOf(b)]);
  expect(judged.report.judgements).toEqual({ given: 1, obeyed: 1 });
  const [why] = judged.report.explained;
  expect(why).toMatchObject({ left: a, right: b, together: true, proposedBy: [] });
  expect(why!.weight).toBeCloseTo(why!.levels.reduce((s, l) => s + l.weight, why!.priorBits) - why!.relativesBits, 9);
  expect(why!.reasons.join('; ')).toMatch(
    /a person judged them the same; no blocking rule proposes.*below the threshold.*through other records/,
  );
  await expect(resolved({ explain: [[a, 'nobody']] })).rejects.toThrow(/no row "nobody"/);
});

test('a threshold from labels worked by hand: halfway under the last pair that helps', () => {
  const scored = { weight: Float64Array.from([9, 7, 5, 3, 1]), forbidden: new Uint8Array(5) };
  const known = new Map<number, 0 | 1>([
    [0, 1],
    [1, 1],
    [2, 1],
    [3, 0],
    [4, 0],
  ]);
  expect(thresholdFromLabels(scored, known)).toBe(4);
  expect(thresholdFromLabels(scored, new Map([[0, 1]]))).toBeNull();
  expect(thresholdFromLabels(scored, new Map())).toBeNull();
});

test('settings and labels that are wrong are refused with the place', async () => {
  for (const [text, message] of [
    ['a: [', /not YAML/],
    ['colour: red', /colour/],
    ['columns: { born: { type: colour } }', /columns.born.type/],
    ['threshold: { bits: 1, precision: 0.9 }', /one of probability/],
    ['block: { only: [[a]], add: [[b]] }', /only, or add/],
    ['compare: { born: { levels: { different: { m: 0.1 } } } }', /m and u/],
  ] as const)
    expect(() => tableSettingsFromYaml(text, 'x.yaml'), text).toThrow(message);
  await expect(resolved(yaml('block: { only: [[colour]] }'))).rejects.toThrow(/no usable column "colour"/);
  await expect(resolved(yaml('compare: { born: { levels: { nonsense: { bits: 1 } } } }'))).rejects.toThrow(
    /no such level; levels are/,
  );
  await expect(resolved(yaml('compare: { colour: { levels: { x: { bits: 1 } } } }'))).rejects.toThrow(
    /comparisons are/,
  );
  expect(() =>
    labelsFrom(
      [
        { id_left: 'a', id_right: null },
        { id_left: 'a', id_right: 'b', same: 'maybe' },
      ],
      'l.csv',
    ),
  ).toThrow(/l.csv: row 1: no id_left or id_right; row 2: same "maybe"/);
  expect(
    labelsFrom(
      [
        { id_left: 'a', id_right: 'b' },
        { id_left: 'a', id_right: 'c', same: '0' },
      ],
      'l',
    ),
  ).toEqual([
    { left: 'a', right: 'b', same: true },
    { left: 'a', right: 'c', same: false },
  ]);
  expect(JSON.stringify(tableSettingsJsonSchema())).toContain('blocking rules');
  expect(RESOLVE_TABLE_DEFAULTS.settings.oneToOne).toBe('auto');
});
