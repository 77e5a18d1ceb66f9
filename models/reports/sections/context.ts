import type { Against } from '../../leads/explanation.ts';
import type { ReportFacts } from '../facts.ts';
import type { MapLayer } from '../pictures/map.ts';
import type { Block, Language, Sentence } from '../report.ts';

/** What is said of a typology in a report. */
export interface TypologyWords {
  readonly id: string;
  /** In 「」: the name of a scheme, not a finding about anybody. */
  readonly title: string;
  /** Evidence a case of this kind needs, and the tables that can hold it; none = only people can bring it. */
  readonly evidence: readonly { readonly text: string; readonly from: readonly string[] }[];
  /** Articles that may apply, by date of conduct, and thresholds with what is still unknown. */
  readonly law: readonly LawWords[];
  readonly ruleTitles: ReadonlyMap<string, string>;
}

export interface LawWords {
  /** `《…》第…条`, with the dates between which it was in force. */
  readonly reference: string;
  readonly notes: readonly string[];
}

/** The model behind the lead, in figures that a reader may check on its card. */
export interface ModelWords {
  readonly id: string;
  readonly trainedTo: string;
  /** A plain sentence such as "of 10 such leads about 6 were confirmed"; null when the model could not say. */
  readonly plain: string | null;
}

/** Everything a section may read. */
export interface SectionContext {
  readonly facts: ReportFacts;
  readonly language: Language;
  readonly typologies: readonly TypologyWords[];
  readonly model: ModelWords;
  readonly layers: readonly MapLayer[];
  /** Case-number form of the unit, e.g. `吴生研〔2026〕`; the serial follows the rank. */
  readonly numberPrefix: string;
  readonly secrecy: string;
  readonly author: string;
  readonly purposeCode: string;
  readonly synthetic: boolean;
  /** Look-alikes and other counter-arguments, at least one. */
  readonly against: readonly Against[];
}

/** The text of the report's language. */
export function say(context: { readonly language: Language }, zh: string, en: string): string {
  return context.language === 'zh' ? zh : en;
}

/** One paragraph of one sentence. */
export function line(text: string, ...marks: string[]): Block {
  return { kind: 'paragraph', sentences: [sentence(text, ...marks)] };
}

export function sentence(text: string, ...marks: string[]): Sentence {
  return { text, marks };
}

/** A number for reading: at most four digits that mean something, thousands apart. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}

export function percent(value: number): string {
  return `${(value * 100).toFixed(value < 0.1 ? 1 : 0)}%`;
}

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  company: ['企业', 'company'],
  site: ['场所', 'site'],
  vehicle: ['车辆', 'vehicle'],
  ship: ['船舶', 'ship'],
  person: ['人员', 'person'],
  event: ['检查对象', 'inspection target'],
  phone: ['电话', 'phone'],
  address: ['地址', 'address'],
  device: ['设备', 'device'],
  permit: ['许可证', 'permit'],
  outlet: ['排放口', 'outlet'],
  section: ['断面', 'river section'],
  zone: ['区域', 'zone'],
  gate: ['卡口', 'gate'],
  project: ['项目', 'project'],
  manifest: ['联单', 'manifest'],
  ticket: ['工单', 'ticket'],
  inspection: ['检查', 'inspection'],
  penalty: ['处罚', 'penalty'],
  case: ['案件', 'case'],
  area: ['片区', 'area'],
};

/** The word for an entity kind. */
export function kindWord(context: { readonly language: Language }, kind: string): string {
  const words = KINDS[kind];
  return words === undefined ? kind : say(context, words[0], words[1]);
}

/** A department's own words, in 「」: they are quoted, not said, so the rule of careful wording does not touch them. */
export function quoted(text: string): string {
  return `「${text.replaceAll('「', '﹁').replaceAll('」', '﹂')}」`;
}

const PROPERTIES: Readonly<Record<string, readonly [string, string]>> = {
  name: ['名称', 'name'],
  old_names: ['曾用名', 'former names'],
  uscc: ['统一社会信用代码', 'unified social credit code'],
  address: ['地址', 'address'],
  place: ['坐标', 'place'],
  type: ['类型', 'type'],
  class: ['管理类别', 'permit class'],
  industry: ['行业代码', 'industry code'],
  scope: ['经营范围', 'business scope'],
  status: ['登记状态', 'status'],
  founded: ['成立日期', 'founded'],
  cancelled: ['注销日期', 'cancelled'],
  permit_no: ['许可证编号', 'permit number'],
  site_code: ['站点编码', 'site code'],
  meter_no: ['户号', 'meter number'],
  key_unit: ['重点排污单位', 'key unit'],
  plate: ['号牌', 'plate'],
  plate_class: ['号牌种类', 'plate class'],
  mmsi: ['MMSI', 'MMSI'],
  ship_name: ['船名', 'ship name'],
  hazmat_class: ['危货类别', 'hazmat class'],
  rated_t: ['核定载质量（吨）', 'rated load (t)'],
};

/** The word for a property of an entity; one that is not in the list keeps its column name. */
export function propertyWord(context: { readonly language: Language }, property: string): string {
  const words = PROPERTIES[property];
  return words === undefined ? property : say(context, words[0], words[1]);
}

const LINKS: Readonly<Record<string, string>> = {
  operates: '经营',
  located_at: '位于',
  holds: '持有',
  discharges_to: '排入',
  downstream_of: '下游',
  legal_rep_of: '法定代表',
  contact_of: '联系',
  owns: '所有',
  drives: '驾驶',
  leases: '租用',
  employs: '雇用',
  origin_of: '产废',
  carrier_of: '承运',
  receiver_of: '接收',
  carried_by: '由…运',
  seen_at: '过车',
  stopped_at: '停留',
  travels_with: '同行',
  met: '会船',
  complained_about: '投诉',
  inspected: '检查',
  penalised: '处罚',
  party_to: '涉案',
  serves: '配套',
  maintains: '运维',
  within: '在内',
  part_of: '属于',
  monitored_by: '监测',
  metered_by: '计量',
  possibly_same: '疑似同一',
  successor_of: '承继',
};

/** The word for a relation; one of a user's own keeps its name. */
export function linkWord(context: { readonly language: Language }, kind: string): string {
  return context.language === 'zh' ? (LINKS[kind] ?? kind) : kind.replaceAll('_', ' ');
}
