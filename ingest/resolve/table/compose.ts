type Data = Readonly<Record<string, readonly (string | null)[]>>;

/** A column made of others: a name or an address that some rows give whole and others in parts. */
export interface ComposedColumn {
  readonly name: string;
  readonly from: readonly string[];
}

interface Family {
  readonly name: string;
  readonly whole: RegExp;
  /** Parts in the order they are written. */
  readonly parts: readonly RegExp[];
  readonly not: RegExp;
}

const FAMILIES: readonly Family[] = [
  {
    name: 'name (composed)',
    whole: /name.*(?:full|org)|(?:full|org\w*|company).*name|^name$/i,
    parts: [
      /(?:first|given|fore).*name|name.*(?:first|given)/i,
      /middle.*name|name.*middle/i,
      /(?:last|sur|family).*name|surname|name.*(?:last|family)/i,
      /suffix/i,
    ],
    not: /secondary|native|alias|other|employer|former/i,
  },
  {
    name: 'address (composed)',
    whole: /addr\w*.*full|full.*addr/i,
    parts: [
      /addr\w*.*line|line.*addr|street/i,
      /addr\w*.*city|city/i,
      /addr\w*.*(?:state|province)|state/i,
      /addr\w*.*(?:post|zip)|postal|zip/i,
    ],
    not: /type|country|secondary|mail|license|licence/i,
  },
];

/** Joins what belongs together where rows differ in how they write it: at least a twentieth of the rows give the whole and at least a
 *  twentieth only parts. The columns used are replaced; tables that write everything one way are left as they are. */
export function composeColumns(data: Data, size: number): { data: Data; composed: readonly ComposedColumn[] } {
  const out: Record<string, readonly (string | null)[]> = { ...data };
  const composed: ComposedColumn[] = [];
  for (const family of FAMILIES) {
    const names = Object.keys(data).filter((n) => !family.not.test(n));
    const parts = family.parts
      .map((p) => names.find((n) => p.test(n) && !family.whole.test(n)))
      .filter((n) => n !== undefined);
    const whole = names.filter((n) => family.whole.test(n) && !parts.includes(n));
    if (whole.length === 0 || parts.length < 2) continue;
    const values = Array.from({ length: size }, (_x, i) => _value(data, whole, i) ?? _joined(data, parts, i));
    const wholes = values.filter((_v, i) => _value(data, whole, i) !== null).length;
    const joined = values.filter((v, i) => v !== null && _value(data, whole, i) === null).length;
    if (wholes < size / 20 || joined < size / 20) continue;
    for (const n of [...whole, ...parts]) delete out[n];
    out[family.name] = values;
    composed.push({ name: family.name, from: [...whole, ...parts] });
  }
  return { data: out, composed };
}

function _value(data: Data, columns: readonly string[], i: number): string | null {
  for (const c of columns) {
    const v = data[c]![i];
    if (v !== null && v !== undefined && v.trim() !== '') return v;
  }
  return null;
}

function _joined(data: Data, columns: readonly string[], i: number): string | null {
  const parts = columns.map((c) => data[c]![i]).filter((v) => v !== null && v !== undefined && v.trim() !== '');
  return parts.length === 0 ? null : parts.join(' ');
}
