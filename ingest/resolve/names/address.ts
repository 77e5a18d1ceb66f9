import { PLACE_HEADS, PLACE_KINDS } from './places.ts';

/** A Chinese address cut to the parts that tell places apart; absent parts are ''. */
export interface AddressParts {
  readonly full: string;
  /** Province, city and county as written. */
  readonly area: string;
  readonly town: string;
  readonly village: string;
  readonly road: string;
  /** Digits (and 之/-) of 号. */
  readonly number: string;
  /** Building, floor, room and the rest. */
  readonly rest: string;
}

/** What makes the place before it a village, an estate or a park. */
const VILLAGE_HEAD = /^(?:村|社区|居委会|工业功能区|功能区|工业园区|工业园|工业区|产业园|园区|开发区)/u;
const AREA_KIND = /^(?:省|市|区|县|自治区|自治州)/u;

/** Cuts an address written in any of the usual orders. Never throws; what is not understood is in `rest`. */
export function parseAddress(address: string): AddressParts {
  const full = plainAddress(address);
  let at = 0;
  let area = '';
  for (;;) {
    const head = PLACE_HEADS.find((p) => full.startsWith(p, at));
    if (head === undefined) break;
    const kind = PLACE_KINDS.find((k) => full.startsWith(k, at + head.length));
    if (kind === '镇' || kind === '乡' || kind === '街道') break;
    if (VILLAGE_HEAD.test(full.slice(at + head.length))) break;
    if (kind === undefined && !AREA_KIND.test(full.slice(at + head.length)) && area === '' && head.length < 2) break;
    area += head;
    at += head.length + (kind?.length ?? 0);
  }
  let rest = full.slice(at);
  const take = (pattern: RegExp): string => {
    const m = pattern.exec(rest);
    if (m === null) return '';
    rest = rest.slice(0, m.index) + rest.slice(m.index + m[0].length);
    return m[1] ?? m[0];
  };
  const town = take(/^([\p{L}]{2,5}?(?:镇|乡|街道))/u).replace(/(镇|乡|街道)$/u, '');
  const village = take(
    /^([\p{L}]{2,6}?(?:村|社区|居委会|工业功能区|功能区|工业园区|工业园|工业区|产业园|园区|开发区))/u,
  );
  const road = take(/^([\p{L}\p{N}]{1,8}?(?:大道|公路|路|街|弄|巷|港))/u);
  const number = take(/(\d+(?:[-—之]\d+)?)(?:号|$)/u);
  return { full, area, town, village, road, number, rest };
}

/** Comparable spelling: NFKC, digits as ASCII, Chinese digits before 号 kept, no spaces or punctuation but the hyphen. */
export function plainAddress(address: string): string {
  return address
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s,，。、;；:：()（）【】]+/gu, '');
}

const VILLAGE_KIND = /(?:村|社区|居委会|工业功能区|功能区|工业园区|工业园|工业区|产业园|园区|开发区)$/u;

/** Whether `village` of one address is named anywhere in the other, with or without its kind. */
function _names(village: string, other: AddressParts): boolean {
  const bare = village.replace(VILLAGE_KIND, '');
  return bare.length >= 2 && other.full.includes(bare);
}

/** How two cut addresses agree: 4 same door, 3 same road or village and number, 2 same road or village, 1 same town, 0 none,
 *  −1 contradiction (another town, road or village, or another number of the same one). */
export function addressAgreement(a: AddressParts, b: AddressParts): number {
  if (a.full === b.full) return 4;
  if (a.town !== '' && b.town !== '' && a.town !== b.town) return -1;
  if (a.road !== '' && b.road !== '' && a.road !== b.road) return -1;
  const sameRoad = a.road !== '' && a.road === b.road;
  const sameVillage = _names(a.village, b) || _names(b.village, a);
  if (sameRoad || sameVillage) {
    if (a.number !== '' && a.number === b.number) return a.rest === b.rest ? 4 : 3;
    return a.number !== '' && b.number !== '' ? -1 : 2;
  }
  if (a.village !== '' && b.village !== '') return -1;
  return a.town !== '' && a.town === b.town ? 1 : 0;
}
