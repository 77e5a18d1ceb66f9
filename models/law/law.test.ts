import { describe, expect, it } from 'vitest';
import { HOLIDAYS, dayOff } from './calendar.ts';
import { CLOCKS, dueAt } from './clocks.ts';
import { lawFor } from './law-for.ts';
import { LAW_MATTERS, TYPOLOGY_MATTERS } from './matters.ts';
import { thresholdsFor } from './thresholds.ts';

const lawsOf = (typology: string, at: string) => new Set(lawFor(typology, at).references.map((r) => r.law));

describe('law by date of conduct', () => {
  it('cites the old law for the last day before the Code, and the Code for its first', () => {
    expect(lawsOf('T01', '2026-08-14')).toContain('固体废物污染环境防治法');
    expect(lawsOf('T01', '2026-08-14')).not.toContain('生态环境法典');
    expect(lawsOf('T01', '2026-08-15')).toContain('生态环境法典');
    expect(lawsOf('T01', '2026-08-15')).not.toContain('固体废物污染环境防治法');
  });

  it('takes the local date of a UTC moment', () => {
    expect(lawsOf('T03', '2026-08-14T15:59:59Z')).toContain('水污染防治法');
    expect(lawsOf('T03', '2026-08-14T16:00:00Z')).toContain('生态环境法典');
  });

  it('says the lighter-new-law rule for old conduct, and not for new', () => {
    expect(
      lawFor('T05', '2026-08-14')
        .notes.map((n) => n.zh)
        .join(),
    ).toContain('从旧兼从轻');
    expect(lawFor('T05', '2026-08-14').laterVersions.every((r) => r.law === '生态环境法典')).toBe(true);
    expect(lawFor('T05', '2026-08-15').notes).toEqual([]);
  });

  it('has for every typology a law on either side, and every matter is used and known', () => {
    for (const t of Object.keys(TYPOLOGY_MATTERS))
      for (const day of ['2024-05-01', '2026-08-14', '2026-08-15'])
        expect(lawFor(t, day).references.length).toBeGreaterThan(0);
    const used = new Set(Object.values(TYPOLOGY_MATTERS).flat());
    expect(new Set(LAW_MATTERS.map((m) => m.id))).toEqual(used);
  });

  it('has no version gap or overlap inside a matter', () => {
    for (const m of LAW_MATTERS)
      for (let i = 1; i < m.versions.length; i++) {
        const end = m.versions[i - 1]!.validTo!;
        expect(Date.parse(m.versions[i]!.validFrom) - Date.parse(end)).toBe(86_400_000);
      }
  });

  it('refuses an unknown typology and a bad date', () => {
    expect(() => lawFor('T99', '2026-01-01')).toThrow(/no typology "T99"/);
    expect(() => lawFor('T01', 'last week')).toThrow(/is not a date/);
  });
});

describe('thresholds', () => {
  const cites = (t: number | null, at = '2026-03-01') =>
    thresholdsFor({ conductAt: at, hazardousWasteT: t }).answers.map((a) => a.met.map((m) => m.cites));

  it('flips between 2.9 t and 3.1 t, and cites 1(2)', () => {
    expect(cites(2.9)).toEqual([[]]);
    expect(cites(3.1)).toEqual([['1(2)']]);
    expect(cites(3)).toEqual([['1(2)']]);
    expect(cites(100)).toEqual([['1(2)', '2(3)']]);
  });

  it('does not take an unknown weight for zero', () => {
    const answer = thresholdsFor({ conductAt: '2026-03-01' }).answers[0]!;
    expect(answer.met).toEqual([]);
    expect(answer.unknown.map((u) => u.cites)).toContain('1(2)');
    expect(answer.notMet.map((u) => u.cites)).not.toContain('1(2)');
  });

  it('shows both versions for an act before 2023-08-15, and asks a lawyer', () => {
    const before = thresholdsFor({ conductAt: '2023-08-14', hazardousWasteT: 3.1 });
    expect(before.answers.map((a) => [a.law, a.inForce])).toEqual([
      ['法释〔2016〕29号', true],
      ['法释〔2023〕7号', false],
    ]);
    expect(before.asksLawyer).toBe(true);
    expect(before.note!.zh).toContain('法制人员');
    const after = thresholdsFor({ conductAt: '2023-08-15', hazardousWasteT: 3.1 });
    expect(after.answers.map((a) => a.law)).toEqual(['法释〔2023〕7号']);
    expect(after.asksLawyer).toBe(false);
  });

  it('judges metals by their own multiple', () => {
    const met = (metal: string, value: number, limit: number) =>
      thresholdsFor({ conductAt: '2026-01-01', exceedances: [{ metal, value, limit }] }).answers[0]!.met.map(
        (m) => m.cites,
      );
    expect(met('Cr6+', 0.3, 0.1)).toEqual([]);
    expect(met('Cr6+', 0.31, 0.1)).toEqual(['1(3)']);
    expect(met('Ni', 0.9, 0.1)).toEqual([]);
    expect(met('Ni', 1.01, 0.1)).toEqual(['1(4)']);
    expect(met('COD', 9999, 1)).toEqual([]);
  });

  it('needs every part of a compound rule', () => {
    const f = { conductAt: '2026-01-01', keyUnit: true, tampered: true } as const;
    expect(thresholdsFor(f).answers[0]!.unknown.map((m) => m.cites)).toContain('1(7)');
    expect(thresholdsFor({ ...f, dischargedUnderTampering: true }).answers[0]!.met.map((m) => m.cites)).toContain(
      '1(7)',
    );
    expect(thresholdsFor({ ...f, keyUnit: false }).answers[0]!.notMet.map((m) => m.cites)).toContain('1(7)');
    expect(thresholdsFor({ conductAt: '2026-01-01', toxic: true, penaltiesInTwoYears: 1 }).answers[0]!.met).toEqual([]);
    expect(
      thresholdsFor({ conductAt: '2026-01-01', toxic: true, penaltiesInTwoYears: 2 }).answers[0]!.met.map(
        (m) => m.cites,
      ),
    ).toEqual(['1(8)']);
  });
});

describe('calendar', () => {
  it('knows holidays, weekends and swapped days', () => {
    expect(dayOff('2026-02-17')).toBe('春节');
    expect(dayOff('2026-02-14')).toBeNull();
    expect(dayOff('2026-03-14')).toBe('周末');
    expect(dayOff('2026-03-16')).toBeNull();
  });

  it('swaps only weekends, and every holiday is in order', () => {
    for (const h of HOLIDAYS) {
      for (const d of h.worked) expect([0, 6]).toContain(new Date(`${d}T00:00:00Z`).getUTCDay());
      for (const [from, to] of h.off) expect(from <= to && Number(from.slice(0, 4)) === h.year).toBe(true);
    }
  });

  it('refuses a year it does not know', () => {
    expect(() => dayOff('2031-01-01')).toThrow(/no holiday notice for 2031/);
  });
});

describe('clocks', () => {
  /** Noon of Friday 13 February 2026, local: 14 is a swapped working Saturday, 15–23 are the Spring Festival. */
  const FRIDAY = '2026-02-13T04:00:00Z';
  /** What each clock gives from there: natural days end on 24 February if their last day falls into the festival. */
  const DUE: Readonly<Record<string, string>> = {
    'head-decides': '2026-02-24',
    'hand-file': '2026-02-14',
    'not-ours': '2026-02-14',
    incomplete: '2026-02-14',
    'complete-file': '2026-02-24',
    'police-decide': '2026-02-24',
    'police-check': '2026-02-24',
    'police-major': '2026-03-16',
    'ask-review': '2026-02-24',
    'answer-review': '2026-02-24',
    'to-procurator': '2026-02-24',
    'hand-things': '2026-02-24',
    'why-not-filed': '2026-02-24',
    'order-filing': '2026-02-28',
    'detention-transfer': '2026-02-25',
    'detention-more': '2026-02-25',
    'detention-return': '2026-02-27',
    penalty: '2026-05-14',
    'manifest-accept': '2026-02-27',
  };

  it.each(CLOCKS.map((c) => c.id))('%s runs over the Spring Festival', (id) => {
    expect(dueAt(id, FRIDAY).dueDate).toBe(DUE[id]);
  });

  it.each(CLOCKS.filter((c) => c.pauses.length > 0).map((c) => [c.id, c.pauses[0]!] as const))(
    '%s stands still for %s',
    (id, reason) => {
      const plain = dueAt(id, '2026-03-02T04:00:00Z', { rollToWorkingDay: false });
      const paused = dueAt(id, '2026-03-02T04:00:00Z', {
        rollToWorkingDay: false,
        pauses: [{ from: '2026-03-03', to: '2026-03-12', reason }],
      });
      expect(Date.parse(paused.dueAt) - Date.parse(plain.dueAt)).toBe(10 * 86_400_000);
      expect(paused.skipped).toHaveLength(10);
    },
  );

  it.each(CLOCKS.filter((c) => c.pauses.length === 0).map((c) => c.id))('%s does not stand still', (id) => {
    expect(() => dueAt(id, FRIDAY, { pauses: [{ from: '2026-03-03', to: '2026-03-12', reason: '鉴定' }] })).toThrow(
      /may not stand still/,
    );
  });

  it('ends at the last moment of the local day, or after the hours', () => {
    expect(dueAt('detention-transfer', '2026-03-02T04:00:00Z').dueAt).toBe('2026-03-05T15:59:59.999Z');
    expect(dueAt('hand-file', '2026-03-02T04:00:00Z').dueAt).toBe('2026-03-03T04:00:00.000Z');
  });

  it('counts by working days only where the text leaves it open', () => {
    expect(dueAt('head-decides', FRIDAY, { unit: 'working-day' }).dueDate).toBe('2026-02-25');
    expect(() => dueAt('penalty', FRIDAY, { unit: 'working-day' })).toThrow(/its unit is no setting/);
  });

  it('refuses an unknown clock and a bad moment', () => {
    expect(() => dueAt('tea', FRIDAY)).toThrow(/no clock "tea"/);
    expect(() => dueAt('penalty', 'soon')).toThrow(/is not a moment/);
  });
});
