import { conductDate } from './law-for.ts';
import type { Grade } from './references.ts';

/** What is known about an act; absent or null = not known, never zero. */
export interface ThresholdFacts {
  /** Local date of the act. */
  readonly conductAt: string;
  /** Tons of hazardous waste dumped, discharged or treated. */
  readonly hazardousWasteT?: number | null;
  readonly toxic?: boolean | null;
  /** In a drinking-water source protection zone or a nature reserve's core. */
  readonly protectedZone?: boolean | null;
  /** Hidden pipe, seepage well or pit, cave, injection, non-emergency bypass. */
  readonly hiddenPipe?: boolean | null;
  /** Measured against the discharge limit, same unit; judged at the workshop outlet for first-class metals. */
  readonly exceedances?: readonly { readonly metal: string; readonly value: number; readonly limit: number }[] | null;
  /** Administrative penalties for the same kind of act that took effect in the two years before. */
  readonly penaltiesInTwoYears?: number | null;
  /** SO₂ or NOx over limit during a heavy-pollution alert. */
  readonly alertOverLimit?: boolean | null;
  /** 重点排污单位, or 重点管理 permit. */
  readonly keyUnit?: boolean | null;
  readonly tampered?: boolean | null;
  /** COD, NH3-N, SO2 or NOx discharged while the data were false. */
  readonly dischargedUnderTampering?: boolean | null;
  /** Unlawful gain or public and private loss, 10⁴ yuan. */
  readonly gainOrLossWan?: number | null;
  /** Hours that an intake of a town or a county was cut. */
  readonly townIntakeHours?: number | null;
  readonly countyIntakeHours?: number | null;
  readonly basicFarmlandMu?: number | null;
  readonly otherFarmlandMu?: number | null;
  readonly otherLandMu?: number | null;
}

/** One threshold of one version of the interpretation, as data. `test` gives null when a fact it needs is not known. */
export interface Threshold {
  readonly cites: string;
  readonly zh: string;
  readonly en: string;
  readonly consequence: 'serious' | 'aggravated';
  readonly test: (facts: ThresholdFacts) => boolean | null;
}

export interface ThresholdVersion {
  readonly law: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: string;
  readonly grade: Grade;
  readonly thresholds: readonly Threshold[];
}

const THREE_TIMES = ['Pb', 'Hg', 'Cd', 'Cr', 'Cr6+', 'As', 'Tl', 'Sb'];
const TEN_TIMES = ['Ni', 'Cu', 'Zn', 'Ag', 'V', 'Mn', 'Co'];

const atLeast =
  (fact: keyof ThresholdFacts, limit: number) =>
  (f: ThresholdFacts): boolean | null => {
    const value = f[fact];
    return typeof value === 'number' ? value >= limit : null;
  };
/** False as soon as one is false; null while none is false and one is unknown. */
const all =
  (...facts: (keyof ThresholdFacts)[]) =>
  (f: ThresholdFacts): boolean | null => {
    const values = facts.map((k) => f[k]);
    return values.some((v) => v === false) ? false : values.every((v) => v === true) ? true : null;
  };
const over =
  (metals: readonly string[], times: number) =>
  (f: ThresholdFacts): boolean | null =>
    f.exceedances === null || f.exceedances === undefined
      ? null
      : f.exceedances.some((e) => metals.includes(e.metal) && e.value > times * e.limit);
const third = (f: ThresholdFacts): boolean | null =>
  typeof f.penaltiesInTwoYears !== 'number' ? null : f.penaltiesInTwoYears < 2 ? false : (f.toxic ?? null);
const anyOf =
  (...tests: ((f: ThresholdFacts) => boolean | null)[]) =>
  (f: ThresholdFacts): boolean | null => {
    const values = tests.map((t) => t(f));
    return values.some((v) => v === true) ? true : values.every((v) => v === false) ? false : null;
  };

const row = (
  cites: string,
  zh: string,
  en: string,
  consequence: Threshold['consequence'],
  test: Threshold['test'],
): Threshold => ({
  cites,
  zh,
  en,
  consequence,
  test,
});

const SHARED: readonly Threshold[] = [
  row(
    '1(1)',
    '饮用水水源保护区、自然保护地核心区排放有毒物质',
    'toxic matter in a protected zone',
    'serious',
    all('protectedZone', 'toxic'),
  ),
  row('1(2)', '危险废物三吨以上', 'hazardous waste ≥ 3 t', 'serious', atLeast('hazardousWasteT', 3)),
  row(
    '1(3)',
    '铅汞镉铬砷铊锑超标三倍以上',
    'Pb Hg Cd Cr As Tl Sb over 3 times the limit',
    'serious',
    over(THREE_TIMES, 3),
  ),
  row(
    '1(4)',
    '镍铜锌银钒锰钴超标十倍以上',
    'Ni Cu Zn Ag V Mn Co over 10 times the limit',
    'serious',
    over(TEN_TIMES, 10),
  ),
  row(
    '1(5)',
    '暗管、渗井、渗坑等排放有毒物质',
    'hidden pipe or seepage with toxic matter',
    'serious',
    all('hiddenPipe', 'toxic'),
  ),
];

/** The versions that can matter, newest first. The rows of 2016 that differ are professional knowledge and marked so. */
export const THRESHOLD_VERSIONS: readonly ThresholdVersion[] = Object.freeze([
  {
    law: '法释〔2023〕7号',
    validFrom: '2023-08-15',
    validTo: null,
    source: 'LawRefBook/Laws 2025-04',
    grade: 'V',
    thresholds: [
      ...SHARED,
      row(
        '1(6)',
        '两年内两次处罚后，重污染预警期间超标排放 SO₂、NOx',
        'two penalties in two years, then over limit during an alert',
        'serious',
        (f) =>
          typeof f.penaltiesInTwoYears !== 'number'
            ? null
            : f.penaltiesInTwoYears < 2
              ? false
              : (f.alertOverLimit ?? null),
      ),
      row(
        '1(7)',
        '重点排污单位篡改自动监测数据并排放',
        'key unit, tampered data, discharge',
        'serious',
        all('keyUnit', 'tampered', 'dischargedUnderTampering'),
      ),
      row('1(8)', '两年内两次处罚后再排放有毒物质', 'two penalties in two years, then toxic matter', 'serious', third),
      row('1(9)', '违法所得或损失三十万元以上', 'gain or loss ≥ 300,000 yuan', 'serious', atLeast('gainOrLossWan', 30)),
      row('1(10)', '乡镇取水中断十二小时以上', 'town intake cut ≥ 12 h', 'serious', atLeast('townIntakeHours', 12)),
      row('2(3)', '危险废物一百吨以上', 'hazardous waste ≥ 100 t', 'aggravated', atLeast('hazardousWasteT', 100)),
      row(
        '2(4)',
        '违法所得或损失一百万元以上',
        'gain or loss ≥ 1,000,000 yuan',
        'aggravated',
        atLeast('gainOrLossWan', 100),
      ),
      row(
        '2(5)',
        '县级取水中断十二小时以上',
        'county intake cut ≥ 12 h',
        'aggravated',
        atLeast('countyIntakeHours', 12),
      ),
      row(
        '2(6)',
        '基本农田十亩、其他农用地二十亩、其他土地五十亩以上',
        '≥ 10 mu basic farmland, 20 mu other farmland, 50 mu other land',
        'aggravated',
        anyOf(atLeast('basicFarmlandMu', 10), atLeast('otherFarmlandMu', 20), atLeast('otherLandMu', 50)),
      ),
    ],
  },
  {
    law: '法释〔2016〕29号',
    validFrom: '2017-01-01',
    validTo: '2023-08-14',
    source: '专业知识，未复核',
    grade: 'K',
    thresholds: [
      ...SHARED,
      row('1(6)', '两年内两次处罚后再排放有毒物质', 'two penalties in two years, then toxic matter', 'serious', third),
      row(
        '1(7)',
        '重点排污单位篡改自动监测数据并排放',
        'key unit, tampered data, discharge',
        'serious',
        all('keyUnit', 'tampered', 'dischargedUnderTampering'),
      ),
      row('1(9)', '违法所得或损失三十万元以上', 'gain or loss ≥ 300,000 yuan', 'serious', atLeast('gainOrLossWan', 30)),
      row('1(11)', '乡镇取水中断十二小时以上', 'town intake cut ≥ 12 h', 'serious', atLeast('townIntakeHours', 12)),
      row(
        '3(1)',
        '县级取水中断十二小时以上',
        'county intake cut ≥ 12 h',
        'aggravated',
        atLeast('countyIntakeHours', 12),
      ),
      row('3(2)', '危险废物一百吨以上', 'hazardous waste ≥ 100 t', 'aggravated', atLeast('hazardousWasteT', 100)),
      row('3(5)', '损失一百万元以上', 'loss ≥ 1,000,000 yuan', 'aggravated', atLeast('gainOrLossWan', 100)),
    ],
  },
]);

export interface ThresholdFinding {
  readonly cites: string;
  readonly zh: string;
  readonly en: string;
  readonly consequence: Threshold['consequence'];
}

export interface ThresholdAnswer {
  readonly law: string;
  readonly grade: Grade;
  readonly source: string;
  /** In force on the date of the act. */
  readonly inForce: boolean;
  readonly met: readonly ThresholdFinding[];
  readonly notMet: readonly ThresholdFinding[];
  /** A fact it needs is not known yet. */
  readonly unknown: readonly ThresholdFinding[];
}

export interface ThresholdResult {
  readonly conduct: string;
  /** The version in force; for an act before 2023-08-15 both, the old one first. */
  readonly answers: readonly ThresholdAnswer[];
  /** True when two versions are shown: a lawyer chooses, the software does not. */
  readonly asksLawyer: boolean;
  readonly note: { readonly zh: string; readonly en: string } | null;
}

/** Thresholds of the environmental-crime interpretation that the facts meet, do not meet, or cannot be judged by.
 *  An act before 2023-08-15 is shown under both versions. @throws InputError `bad-date` */
export function thresholdsFor(facts: ThresholdFacts): ThresholdResult {
  const conduct = conductDate('thresholdsFor', facts.conductAt);
  const shown = THRESHOLD_VERSIONS.filter((v) => v.validTo === null || conduct <= v.validTo);
  const answers = [...shown].reverse().map((v): ThresholdAnswer => {
    const judged = v.thresholds.map((t) => ({ finding: _finding(t), holds: t.test(facts) }));
    const pick = (holds: boolean | null) => judged.filter((j) => j.holds === holds).map((j) => j.finding);
    return {
      law: v.law,
      grade: v.grade,
      source: v.source,
      inForce: v.validFrom <= conduct,
      met: pick(true),
      notMet: pick(false),
      unknown: pick(null),
    };
  });
  const asksLawyer = answers.length > 1;
  const note = asksLawyer
    ? {
        zh: `行为发生于 ${conduct}，早于 2023-08-15：新旧解释结果并列，由法制人员选择适用`,
        en: `the act of ${conduct} is before 2023-08-15: both versions are shown; a lawyer must choose`,
      }
    : null;
  return { conduct, answers, asksLawyer, note };
}

function _finding(t: Threshold): ThresholdFinding {
  return { cites: `${t.cites}`, zh: t.zh, en: t.en, consequence: t.consequence };
}
