type Data = Readonly<Record<string, readonly (string | null)[]>>;

/** An identifier that one party alone holds, with the column that says who issued it, if any. */
export interface DocumentColumn {
  readonly column: string;
  readonly issuer: string | null;
}

/** Columns of a table of people or firms by what their headers say. Empty lists where there is none. */
export interface PartyColumns {
  readonly full: readonly string[];
  readonly given: readonly string[];
  readonly middle: readonly string[];
  readonly family: readonly string[];
  readonly suffix: readonly string[];
  readonly body: readonly string[];
  readonly birth: readonly string[];
  readonly documents: readonly DocumentColumn[];
  readonly phones: readonly string[];
  readonly mails: readonly string[];
  readonly address: readonly string[];
  readonly employer: readonly string[];
}

const DOCUMENT =
  /ssn|social_?sec|passport|licen[cs]e|national_?id|tax_?id|\blei\b|lei_|vat_?n|\bein\b|uscc|身份证|护照|信用代码/i;
const ABOUT = /country|state$|type|issuer|issued|expir|date|authority/i;
const NAME = /name|姓名|名称/i;

/** Reads the headers. O(columns²) */
export function partyColumns(names: readonly string[]): PartyColumns {
  const of = (yes: RegExp, not = /^$/): string[] => names.filter((n) => yes.test(n) && !not.test(n) && !ABOUT.test(n));
  const given = of(/(?:first|given|fore)_?.*name|name.*(?:first|given)/i);
  const middle = of(/middle.*name|name.*middle/i);
  const family = of(/(?:last|family).*name|sur_?name|name.*(?:last|family)/i, /maiden/i);
  const suffix = of(/suffix|generation/i);
  const body = of(/name.*org|org\w*.*name|company|firm|business.*name|trad(?:e|ing).*name/i, /type|employer/i);
  const taken = new Set([...given, ...middle, ...family, ...suffix, ...body]);
  return {
    given,
    middle,
    family,
    suffix,
    body,
    full: of(NAME, /user|file|host|street|city|employer|contact|school/i).filter((n) => !taken.has(n)),
    birth: names.filter((n) => /birth|dob\b|\bborn|出生/i.test(n) && !/place|country|city/i.test(n)),
    documents: of(DOCUMENT).map((column) => ({ column, issuer: _issuerOf(column, names) })),
    phones: of(/phone|mobile|\btel\b|电话|手机/i),
    mails: of(/mail|邮箱/i, /mailing/i),
    address: names.filter(
      (n) => /addr|street|postal|zip|postcode|地址/i.test(n) && !/type|mail_addr|email|ip_/i.test(n),
    ),
    employer: of(/employer|works_for|单位/i),
  };
}

function _issuerOf(column: string, names: readonly string[]): string | null {
  const stem = column.replace(/_?(?:number|num|no|id)$/i, '');
  return names.find((n) => n !== column && n.startsWith(stem) && /country|state|issuer|authority/i.test(n)) ?? null;
}

/** Whether the headers tell enough of parties: a name, and one of birth, document, phone, mail or address. */
export function isPartyTable(c: PartyColumns): boolean {
  const named = c.full.length + c.body.length > 0 || (c.given.length > 0 && c.family.length > 0);
  const kinds = [c.birth, c.documents, c.phones, c.mails, c.address].filter((l) => l.length > 0).length;
  return named && kinds >= 2;
}

/** First filled value of a row in any of the columns. */
export function firstOf(data: Data, columns: readonly string[], i: number): string | null {
  for (const c of columns) {
    const v = data[c]?.[i];
    if (v !== null && v !== undefined && v.trim() !== '') return v;
  }
  return null;
}

/** All filled values of a row in the columns, joined by a comma. */
export function joinedOf(data: Data, columns: readonly string[], i: number): string | null {
  const parts = columns.map((c) => data[c]?.[i]).filter((v) => v !== null && v !== undefined && v.trim() !== '');
  return parts.length === 0 ? null : parts.join(', ');
}
