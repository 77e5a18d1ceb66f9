import { LEGAL_FORMS, TRADES } from './legal-form.ts';
import { cleanName } from './name.ts';
import { PROVINCE_NAMES, REGION_NAMES, TOWN_NAMES } from './places.ts';

/** A firm's name taken apart: 湖州 吴兴 | 宏鑫 | 纺织 | 有限公司. Joined in order they give the cleaned name without its brackets. */
export interface CompanyNameParts {
  /** The cleaned name, whole. */
  readonly name: string;
  /** Places in front or in brackets, without 省, 市, 区, 县, 镇: `['湖州', '吴兴']`. */
  readonly places: readonly string[];
  /** What tells the firm from its neighbours (字号). Never empty: without any other part it is the whole name. */
  readonly core: string;
  /** What it does, or empty. */
  readonly trade: string;
  /** 有限公司, 厂 …, or empty. */
  readonly form: string;
  /** What stands behind the form of the parent: 第二分公司, 织里店; or empty. */
  readonly branch: string;
}

export interface CompanyNameOptions {
  /** Places that may stand in front of a core, besides the provinces; longest match wins. */
  readonly places: readonly string[];
}

export const COMPANY_NAME_DEFAULTS: CompanyNameOptions = Object.freeze({ places: [...REGION_NAMES, ...TOWN_NAMES] });

const SUFFIX = '(?:自治区|自治州|维吾尔|壮族|回族|特别行政区|省|市|地区|新区|区|县|镇|乡|街道|村|工业园区?|开发区)?';

/** Takes a firm's name apart. Text that cannot be cleaned comes back whole as its core. A place is stripped only while something remains behind it:
 *  湖州厂 keeps 湖州 as its core. */
export function companyNameParts(sent: string, options: CompanyNameOptions = COMPANY_NAME_DEFAULTS): CompanyNameParts {
  const name = cleanName(sent).value ?? sent.trim();
  const places: string[] = [];
  const bracketed = name.replace(/\(([^()]*)\)/g, (whole, inner: string) => {
    const place = _leadingPlace(inner, options.places);
    if (place === null || place.length < inner.length) return whole === '()' ? '' : inner;
    places.push(_bare(inner, options.places));
    return '';
  });
  const [head, branch] = _splitBranch(bracketed.replace(/[()]/g, ''));
  const form = LEGAL_FORMS.find((f) => head.length > f.length && head.endsWith(f)) ?? '';
  let rest = head.slice(0, head.length - form.length);
  const leading: string[] = [];
  for (
    let place = _leadingPlace(rest, options.places);
    place !== null && rest.length - place.length >= 2;
    place = _leadingPlace(rest, options.places)
  ) {
    leading.push(_bare(place, options.places));
    rest = rest.slice(place.length);
  }
  const trade = TRADES.find((t) => rest.length > t.length && rest.endsWith(t)) ?? '';
  const core = rest.slice(0, rest.length - trade.length);
  return { name, places: [...leading, ...places], core: core === '' ? name : core, trade, form, branch };
}

/** The place that a text begins with, its administrative ending included, or null. */
function _leadingPlace(text: string, places: readonly string[]): string | null {
  let best: string | null = null;
  for (const list of [PROVINCE_NAMES, places]) {
    for (const place of list) {
      if (!text.startsWith(place)) continue;
      const whole = place + (new RegExp(`^${SUFFIX}`).exec(text.slice(place.length))?.[0] ?? '');
      if (best === null || whole.length > best.length) best = whole;
    }
  }
  return best;
}

function _bare(place: string, places: readonly string[]): string {
  const known = [...PROVINCE_NAMES, ...places].filter((p) => place.startsWith(p));
  return known.toSorted((a, b) => b.length - a.length)[0] ?? place;
}

/** 某某有限公司织里分公司 → 某某有限公司 and 织里分公司. */
function _splitBranch(name: string): [string, string] {
  const match =
    /^(.+?(?:有限责任公司|股份有限公司|有限公司|集团公司))(.+(?:分公司|分厂|店|厂|部|站|办事处|项目部))$/.exec(name);
  return match === null ? [name, ''] : [match[1]!, match[2]!];
}
