import { type LawMatter, interpretation, replaced, standing } from './references.ts';

const SOLID = '固体废物污染环境防治法';
const WATER = '水污染防治法';
const SOLID_SINCE = '2020-09-01';
const WATER_SINCE = '2018-01-01';

const admin = (id: string, zh: string, en: string, versions: LawMatter['versions']): LawMatter => ({
  id,
  zh,
  en,
  kind: 'administrative',
  versions,
});
const crime = (id: string, zh: string, en: string, articles: readonly string[]): LawMatter => ({
  id,
  zh,
  en,
  kind: 'criminal',
  versions: standing('刑法', '2021-03-01', articles, 'K'),
});
const rule = (id: string, zh: string, en: string, now: readonly string[], before: readonly string[]): LawMatter => ({
  id,
  zh,
  en,
  kind: 'interpretation',
  versions: interpretation(now, before),
});

/** Every matter that a typology may touch (domain.md §3, §4.1). */
export const LAW_MATTERS: readonly LawMatter[] = Object.freeze([
  admin(
    'hw-dumping',
    '擅自倾倒、无证处置危险废物',
    'dumping or unlicensed treatment of hazardous waste',
    replaced(
      SOLID,
      SOLID_SINCE,
      ['112(3)', '112(4)', '114', '120'],
      ['534', '536', '1178', '1179'],
      '112：处置费 3–5 倍，不足 20 万按 20 万；114：100–500 万，个人 10–100 万',
    ),
  ),
  admin(
    'hw-manifest',
    '危险废物转移联单',
    'hazardous-waste manifests',
    replaced(SOLID, SOLID_SINCE, ['82', '112(5)'], ['536'], '10–100 万'),
  ),
  admin(
    'water-evasion',
    '逃避监管排放水污染物',
    'evading supervision of water discharge',
    replaced(WATER, WATER_SINCE, ['83(3)'], ['171', '1108'], '10–100 万'),
  ),
  admin(
    'permit-evasion',
    '违反排污许可逃避监管',
    'evasion under the discharge permit',
    standing('排污许可管理条例', '2021-03-01', ['34(2)'], 'K', '20–100 万'),
  ),
  admin(
    'detention-evasion',
    '逃避监管可行政拘留',
    'detention for evasion',
    replaced('环境保护法', '2015-01-01', ['63(3)'], ['1108', '1179']),
  ),
  admin(
    'overlimit',
    '超标排放',
    'discharge over the limit',
    replaced(WATER, WATER_SINCE, ['83(2)'], ['1107'], '10–100 万'),
  ),
  admin(
    'monitor-tampering',
    '自动监测数据造假',
    'tampering with monitoring',
    replaced(
      WATER,
      WATER_SINCE,
      ['82', '83'],
      ['80', '1085', '1086', '1087', '1088', '1089', '1090', '1091', '1092', '1093', '1108'],
    ),
  ),
  admin(
    'muck-dumping',
    '随意倾倒建筑垃圾',
    'dumping construction waste',
    replaced(
      SOLID,
      SOLID_SINCE,
      ['63', '111(4)', '120(1)'],
      ['516', '517', '518', '519', '520', '1169'],
      '10–100 万；情节严重可拘留 5–15 日',
    ),
  ),
  admin('river-dumping', '向河道倾倒', 'dumping into a river', standing('长江保护法', '2021-03-01', ['49'], 'K')),
  admin('river-management', '河道管理', 'river management', standing('河道管理条例', '2018-03-19', ['44'], 'K')),
  admin(
    'cross-province',
    '跨省转移固体废物',
    'moving waste across a province border',
    replaced(SOLID, SOLID_SINCE, ['22', '82', '102(5)', '102(6)', '102(7)', '120(5)'], ['476', '536']),
  ),
  admin(
    'unlicensed-discharge',
    '无证排污',
    'discharge without a permit',
    replaced(WATER, WATER_SINCE, ['83(1)', '87'], ['1102', '1141'], '20–100 万'),
  ),
  admin(
    'taihu-discharge',
    '太湖流域禁止项目',
    'banned in the Taihu basin',
    standing('太湖流域管理条例', '2011-11-01', ['28'], 'K'),
  ),
  admin(
    'voc-evasion',
    '废气治理设施不正常运行',
    'VOC treatment bypassed',
    replaced('大气污染防治法', '2018-10-26', ['20', '45', '99(3)', '108'], ['171', '1108', '1113–1134']),
  ),
  admin('sand-mining', '长江流域采砂', 'sand taking', standing('长江保护法', '2021-03-01', ['28'], 'K')),
  admin('fishing-ban', '禁捕', 'fishing ban', standing('长江保护法', '2021-03-01', ['53'], 'K')),
  admin(
    'livestock',
    '畜禽粪污',
    'livestock effluent',
    standing('畜禽规模养殖污染防治条例', '2014-01-01', ['39', '40', '41'], 'K'),
  ),
  admin('livestock-solid', '畜禽粪便', 'manure', replaced(SOLID, SOLID_SINCE, ['107'], [], '≤ 10 万')),
  admin(
    'taihu-belt',
    '太湖岸线五公里',
    'the Taihu 5 km belt',
    standing('太湖流域管理条例', '2011-11-01', ['30', '33', '64'], 'K', '20–50 万'),
  ),
  admin(
    'hw-unlicensed',
    '无许可证收集处置危险废物',
    'collecting hazardous waste without a licence',
    replaced(SOLID, SOLID_SINCE, ['114'], ['1178'], '100–500 万'),
  ),
  admin(
    'ship-pollution',
    '船舶污染物',
    'pollution from ships',
    replaced(WATER, WATER_SINCE, ['89', '90'], ['1142', '1143', '1144'], '1–10 万；造成污染 2–20 万'),
  ),
  admin(
    'false-testing',
    '虚假监测、验收报告',
    'false test reports',
    replaced('环境保护法', '2015-01-01', ['65'], ['1067', '1091', '1230'], '10–50 万'),
  ),
  admin(
    'solid-industrial',
    '一般工业固体废物',
    'industrial solid waste',
    replaced(
      SOLID,
      SOLID_SINCE,
      ['36', '37', '102(7)', '102(9)', '108'],
      ['489', '490', '525', '526', '1170'],
      '102(7)：处置费 1–3 倍，不足 10 万按 10 万',
    ),
  ),
  admin(
    'land-taking',
    '占用耕地取土',
    'taking soil on farmland',
    standing('土地管理法', '2020-01-01', ['37', '75'], 'K'),
  ),
  crime('crime-338', '污染环境罪', 'environmental pollution', ['338']),
  crime('crime-286', '破坏计算机信息系统罪', 'damaging computer systems', ['286']),
  crime('crime-342', '非法占用农用地罪', 'unlawful occupation of farmland', ['342']),
  crime('crime-343', '非法采矿罪', 'unlawful mining', ['343']),
  crime('crime-340', '非法捕捞水产品罪', 'unlawful fishing', ['340']),
  crime('crime-229', '提供虚假证明文件罪', 'false certificates', ['229']),
  rule(
    'crime-1-2',
    '危险废物三吨以上、一百吨以上',
    'hazardous waste of 3 t, of 100 t',
    ['1(2)', '2(3)'],
    ['1(2)', '3(2)'],
  ),
  rule('crime-1-3', '铅汞镉铬砷铊锑超三倍', 'Pb Hg Cd Cr As Tl Sb over three times', ['1(3)'], ['1(3)']),
  rule('crime-1-4', '镍铜锌银钒锰钴超十倍', 'Ni Cu Zn Ag V Mn Co over ten times', ['1(4)'], ['1(4)']),
  rule(
    'crime-1-5',
    '暗管、渗井等排放有毒物质',
    'hidden pipe, seepage well or pit with toxic matter',
    ['1(5)'],
    ['1(5)'],
  ),
  rule(
    'crime-1-7',
    '重点排污单位篡改自动监测数据',
    'key unit tampering with automatic data',
    ['1(7)', '11'],
    ['1(7)', '10'],
  ),
  rule('crime-7-8', '无证处置、明知而提供的共犯', 'unlicensed treatment; knowing supply', ['7', '8', '18'], ['6', '7']),
  rule('crime-10', '环评、监测造假的入罪', 'false testing as a crime', ['10'], ['9']),
  {
    id: 'sand-interpretation',
    zh: '非法采砂的价额',
    en: 'value thresholds of unlawful sand taking',
    kind: 'interpretation',
    versions: standing('法释〔2016〕25号', '2016-12-01', ['3', '4'], 'K', '10–30 万；禁采区、禁采期 5–15 万'),
  },
  {
    id: 'fishing-interpretation',
    zh: '非法捕捞的数量',
    en: 'thresholds of unlawful fishing',
    kind: 'interpretation',
    versions: standing('法释〔2022〕12号', '2022-04-09', ['3'], 'K', '电毒炸在禁渔区、禁渔期不论数量'),
  },
  {
    id: 'farmland-interpretation',
    zh: '占用农用地的面积',
    en: 'area thresholds on farmland',
    kind: 'interpretation',
    versions: standing('法释〔2000〕14号', '2000-06-22', ['3'], 'K', '基本农田约 5 亩、其他耕地约 10 亩'),
  },
]);

/** Matters of each typology. */
export const TYPOLOGY_MATTERS: Readonly<Record<string, readonly string[]>> = Object.freeze({
  T01: ['hw-dumping', 'crime-338', 'crime-1-2', 'crime-7-8'],
  T02: ['hw-manifest', 'crime-338'],
  T03: ['water-evasion', 'permit-evasion', 'detention-evasion', 'overlimit', 'crime-338', 'crime-1-5'],
  T04: ['monitor-tampering', 'detention-evasion', 'crime-338', 'crime-1-7', 'crime-286'],
  T05: ['muck-dumping', 'river-dumping', 'river-management', 'crime-342'],
  T06: ['cross-province', 'crime-338'],
  T07: ['sand-mining', 'crime-343', 'sand-interpretation'],
  T08: ['fishing-ban', 'crime-340', 'fishing-interpretation'],
  T09: ['livestock', 'livestock-solid', 'taihu-belt'],
  T10: ['unlicensed-discharge', 'taihu-discharge', 'crime-338', 'crime-1-3', 'crime-1-4', 'crime-1-5'],
  T11: ['hw-unlicensed', 'crime-338', 'crime-1-2', 'crime-1-3', 'crime-7-8'],
  T12: ['ship-pollution'],
  T13: ['false-testing', 'crime-229', 'crime-10'],
  T14: ['voc-evasion'],
  T15: ['solid-industrial', 'crime-338'],
  T16: ['land-taking', 'crime-342', 'crime-343', 'farmland-interpretation'],
});
