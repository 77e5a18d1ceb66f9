import type { EntityKind } from '../../ingest/schema/index.ts';

/** What people call an entity kind: the first English and Chinese word name it in a suggestion. Plurals are found by rule. */
const _NODE_WORDS: Readonly<Record<EntityKind, readonly string[]>> = {
  company: ['company', '企业', 'firm', 'enterprise', 'factory', '公司', '单位', '厂'],
  person: ['person', '人员', 'people', '个人', '法人代表'],
  site: ['site', '场所', 'plant', 'yard', '厂区', '场地', '点位'],
  vehicle: ['vehicle', '车辆', 'truck', 'lorry', 'car', '货车', '车'],
  ship: ['ship', '船舶', 'vessel', 'boat', 'barge', '船'],
  phone: ['phone', '电话', 'telephone', '手机'],
  address: ['address', '地址', '住所'],
  device: ['device', '设备', 'monitor', '监测设备'],
  permit: ['permit', '许可证', 'licence', 'license', '排污许可', '许可'],
  outlet: ['outlet', '排放口', 'outfall', '排口'],
  section: ['section', '断面', 'river section'],
  gate: ['gate', '卡口', 'checkpoint'],
  zone: ['zone', '保护区', 'protection zone'],
  project: ['project', '项目'],
  manifest: ['manifest', '联单', 'waste manifest', '转移联单'],
  ticket: ['ticket', '工单', 'complaint', '投诉', '信访'],
  inspection: ['inspection', '检查'],
  penalty: ['penalty', '处罚', 'fine'],
  case: ['case', '案件'],
  area: ['area', '区域'],
  event: ['event', '事件'],
  thing: ['thing', '其他'],
};

/** What people call a link kind beside its own name with spaces. */
const _LINK_WORDS: Readonly<Record<string, readonly string[]>> = {
  stopped_at: ['stopped at', '停留于', 'stops at', '停留', '停靠'],
  seen_at: ['seen at', '出现于', '出现'],
  operates: ['operates', '运营', 'runs', '经营'],
  owns: ['owns', '拥有', '所有'],
  drives: ['drives', '驾驶'],
  holds: ['holds', '持有'],
  discharges_to: ['discharges to', '排入', '排放到'],
  legal_rep_of: ['legal representative of', '法定代表人'],
  met: ['met', '会合', '碰头'],
  travels_with: ['travels with', '同行'],
  penalised: ['penalised', '处罚过', 'fined'],
  inspected: ['inspected', '检查过'],
  complained_about: ['complained about', '投诉了'],
  carried_by: ['carried by', '承运车辆'],
  origin_of: ['origin of', '产生'],
  carrier_of: ['carrier of', '运输'],
  receiver_of: ['receiver of', '接收'],
  located_at: ['located at', '位于'],
};

/** Words of a kind, most usual first: `[english, chinese, …others]`; a kind of the user's own goes by its name. */
export function wordsOf(what: 'node' | 'link', kind: string): readonly string[] {
  const known = what === 'node' ? _NODE_WORDS[kind as EntityKind] : _LINK_WORDS[kind];
  const plain = kind.replaceAll('_', ' ');
  if (known === undefined) return [plain, plain];
  return known.includes(plain) ? known : [...known, plain];
}

/** `permits` for `permit`: how English makes many of it. */
export function pluralOf(word: string): string {
  if (/[^a-z]$/.test(word)) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
