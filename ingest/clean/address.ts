import type { Cleaned } from './cleaned.ts';
import { cleanName } from './name.ts';

/** An address in one writing: NFKC, simplified, no spaces beside Han characters. Its parts are `addressParts`'. */
export function cleanAddress(sent: string): Cleaned {
  return cleanName(sent);
}

/** An address taken apart; a part that it does not name is null. */
export interface AddressParts {
  readonly province: string | null;
  readonly city: string | null;
  readonly district: string | null;
  readonly town: string | null;
  readonly village: string | null;
  readonly road: string | null;
  /** House number: `8`, `8-2`, `1188`. */
  readonly no: string | null;
  /** What follows the number: building, floor, room. */
  readonly room: string | null;
  /** A shop, school or gate that the place is described by, when no road, village or number says it. */
  readonly landmark: string | null;
  /** How the place lies to the number or landmark: `东200米`, `后面`, `对面`. */
  readonly relation: string | null;
}

const STEPS: readonly (readonly [keyof AddressParts, RegExp])[] = [
  [
    'province',
    /^([\p{Script=Han}]{2,3}?(?:省|自治区)|北京市?|上海市?|天津市?|重庆市?|浙江(?!路)|江苏(?!路)|安徽(?!路))/u,
  ],
  ['city', /^([\p{Script=Han}]{2,4}?市)(?![场])/u],
  ['district', /^([\p{Script=Han}]{2,6}?(?:新区|区|县))(?![委道])/u],
  ['town', /^([\p{Script=Han}]{2,5}?(?:镇|乡|街道))/u],
  [
    'village',
    /^([\p{Script=Han}\d]{2,7}?(?:行政村|自然村|村委会|村|社区|居委会|新村|小区|工业园区|工业园|产业园|开发区|工业区))(?![路街])/u,
  ],
  ['road', /^([\p{Script=Han}\d]{1,8}?(?:大道|公路|路|街|巷|弄|国道|省道|县道|浜|港))(?![边口旁路街])/u],
  ['no', /^(?:第)?([\dA-Za-z]+(?:[-－—~、之][\dA-Za-z]+)*)(?:号|#)/u],
];
const RELATION =
  /(?:(?:的)?(?:往)?([东南西北]{1,2}(?:侧|面|边|方向)?(?:约)?\d*(?:米|公里|里)?)|(\d+米(?:处)?)|(后面|前面|对面|旁边|旁|附近|边上|隔壁|斜对面|门口|路口|交叉口|后|内|里面))$/u;

/** Province to room of a Chinese address, by their endings, in order; what is left is a landmark with its relation. 大润发东200米 is a landmark; 紫金桥8号后面 keeps
 *  紫金桥 as its village, since a bare name before a number is how villages are called. */
export function addressParts(sent: string): AddressParts {
  let rest = (cleanName(sent).value ?? sent.trim()).replace(/[,，。;；\s]/g, '');
  const parts: { -readonly [K in keyof AddressParts]: string | null } = { province: null, city: null, district: null, town: null, village: null, road: null, no: null, room: null, landmark: null, relation: null }; // prettier-ignore
  for (const [name, pattern] of STEPS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    parts[name] = match[1]!;
    rest = rest.slice(match[0].length);
  }
  const relation = RELATION.exec(rest);
  if (relation !== null) {
    parts.relation = relation[1] ?? relation[2] ?? relation[3] ?? null;
    rest = rest.slice(0, rest.length - relation[0].length);
  }
  if (rest === '') return parts;
  if (parts.no !== null) return { ...parts, room: rest };
  const numbered = /^([\p{Script=Han}]{2,6})([\d]+(?:[-之][\d]+)*)号(.*)$/u.exec(rest);
  if (numbered !== null && parts.village === null && parts.road === null)
    return { ...parts, village: numbered[1]!, no: numbered[2]!, room: numbered[3] === '' ? null : numbered[3]! };
  return { ...parts, landmark: rest };
}
