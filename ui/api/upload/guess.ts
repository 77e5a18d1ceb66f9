import type { ColumnKind } from '../../contract/index.ts';

/** What a column seems to be, by its header and some of its values. A proposal: a person decides. */
export function guessKind(header: string, values: readonly string[], distinct: number): ColumnKind {
  const filled = values.map((v) => v.trim()).filter((v) => v !== '');
  const share = (pattern: RegExp): number =>
    filled.length === 0 ? 0 : filled.filter((v) => pattern.test(v)).length / filled.length;
  if (filled.length === 0) return 'text';
  for (const [kind, pattern] of VALUES) if (share(pattern) >= 0.8) return kind;
  if (/经度|\blon(gitude)?\b/i.test(header) && share(NUMBER) >= 0.8) return 'lon';
  if (/纬度|\blat(itude)?\b/i.test(header) && share(NUMBER) >= 0.8) return 'lat';
  if (/^-?\d{1,15}$/.test(filled[0]!) && share(/^-?\d{1,15}$/) >= 0.95 && !/号|编码|代码|no$|code$|id$/i.test(header))
    return 'integer';
  if (share(NUMBER) >= 0.95 && !/号|编码|代码|no$|code$|id$/i.test(header)) return 'number';
  if (/哈希|hash/i.test(header)) return 'hash';
  if (share(/(公司|厂|店|合作社|工作室|经营部|中心|集团)$/) >= 0.5) return 'company-name';
  if (share(/(路|街|号|村|镇|乡|街道|工业园)/) >= 0.6) return 'address';
  return filled.length >= 20 && distinct <= 12 ? 'category' : 'text';
}

const NUMBER = /^-?[\d,]+(\.\d+)?$/;
const VALUES: readonly (readonly [ColumnKind, RegExp])[] = [
  ['permit-no', /^[0-9A-Z]{18}\d{3}[A-Z]$/],
  ['uscc', /^[0-9A-HJ-NPQRTUWXY]{18}$/],
  ['timestamp', /^\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ T]\d{1,2}:\d{2}(:\d{2})?/],
  ['date', /^\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?$/],
  ['month', /^\d{4}(-\d{2}|年\d{1,2}月)$/],
  ['plate', /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][A-HJ-NP-Z0-9]{4,6}挂?$/],
  ['mmsi', /^41[234]\d{6}$/],
  ['manifest-no', /^20\d{12}$/],
  ['waste-code', /^\d{3}-\d{3}-\d{2}$/],
  ['boolean', /^(是|否|true|false)$/i],
];

/** Whether a header speaks of a person. */
export function guessPersonal(header: string): boolean {
  return /姓名|法定代表人|负责人|身份证|证件|手机|电话|联系人|驾驶员|司机|船主|name of|driver|phone|contact/i.test(
    header,
  );
}

/** A snake_case name for a header: its own letters, else its place; `taken` is avoided. */
export function guessName(header: string, place: number, taken: ReadonlySet<string>): string {
  const known = HEADERS.find(([pattern]) => pattern.test(header))?.[1];
  const own = header
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
  const base = known ?? (/^[a-z][a-z0-9_]*$/.test(own) ? own.slice(0, 50) : `column_${place + 1}`);
  const free = RESERVED.has(base) ? `${base}_sent` : base;
  if (!taken.has(free)) return free;
  for (let n = 2; ; n++) if (!taken.has(`${free}_${n}`)) return `${free}_${n}`;
}

const RESERVED = new Set(['row_id', 'event_at', 'known_at', 'datum', 'datum_confidence', 'item', 'item_no']);
const HEADERS: readonly (readonly [RegExp, string])[] = [
  [/统一社会信用代码/, 'uscc'],
  [/车牌|号牌号码/, 'plate'],
  [/号牌种类/, 'plate_class'],
  [/企业名称|单位名称|名称$/, 'name'],
  [/地址|住所/, 'address'],
  [/经度/, 'lon'],
  [/纬度/, 'lat'],
  [/许可证编号|许可证号/, 'permit_no'],
  [/日期$/, 'day'],
  [/时间$/, 'moment'],
  [/编号$|编码$/, 'no'],
  [/姓名/, 'person_name'],
];
