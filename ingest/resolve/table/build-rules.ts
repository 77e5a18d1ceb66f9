import type { BlockingRule } from '../core/index.ts';
import { worthOf } from './build-comparisons.ts';
import { tokensOf } from '../names/index.ts';
import type { Schema, UsableColumn } from './schema.ts';

/** Keys of one column for one record, none when missing. */
export interface KeySource {
  readonly id: string;
  readonly column: UsableColumn;
  readonly keysOf: (record: number) => readonly string[];
  /** Chance that two random records share a key. */
  readonly chance: number;
  /** Share of records with a key on the poorer side. */
  readonly fill: number;
}

const MOST_RULES = 28;
const MOST_COLUMNS = 24;

/** Blocking rules for a schema: values that are rare enough alone, and pairs of columns, exact and loose. */
export function buildRules(schema: Schema): BlockingRule[] {
  const usable = schema.columns
    .filter((c) => c.sideFill.every((f) => f > 0.02) && c.profile.type !== 'category' && c.profile.type !== 'number')
    .sort((a, b) => worthOf(b) - worthOf(a) || (a.profile.name < b.profile.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const exact = usable.map((c) => keySource(c, 'exact'));
  const loose = usable.filter((c) => looseOf(c) !== null).map((c) => keySource(c, 'loose'));
  const n = schema.size;
  const rules: { rule: BlockingRule; worth: number }[] = [];
  for (const s of exact) {
    if (s.chance * n * n <= 40 * n)
      rules.push({ rule: { id: s.id, fields: [s.column.profile.name], keysOf: s.keysOf }, worth: 2 + s.fill });
  }
  const pair = (a: KeySource, b: KeySource, bonus: number): void => {
    if (a.column === b.column || a.column.inside === b.column.profile.name || b.column.inside === a.column.profile.name)
      return;
    const expected = a.chance * b.chance * n * n;
    rules.push({ rule: bothKeys(a, b), worth: a.fill * b.fill + bonus - (expected > 60 * n ? 1 : 0) });
  };
  exact.forEach((a, i) => exact.slice(i + 1).forEach((b) => pair(a, b, 0)));
  loose.forEach((a, i) => loose.slice(i + 1).forEach((b) => pair(a, b, -0.1)));
  loose.forEach((a) =>
    exact.forEach((b) =>
      b.column.profile.type === 'short' || b.column.profile.type === 'phrase' ? undefined : pair(a, b, -0.1),
    ),
  );
  rules.sort((a, b) => b.worth - a.worth || (a.rule.id < b.rule.id ? -1 : 1));
  return rules.slice(0, MOST_RULES).map((r) => r.rule);
}

/** Keys of one column. */
export function keySource(column: UsableColumn, how: 'exact' | 'loose'): KeySource {
  const perValue = column.values.values.map(how === 'exact' ? _exactOf(column) : looseOf(column)!);
  const counts = new Map<string, number>();
  let filled = 0;
  for (const c of column.values.codes) {
    if (c < 0) continue;
    filled++;
    for (const k of perValue[c]!) counts.set(k, (counts.get(k) ?? 0) + 1);
  }
  const n = column.values.codes.length;
  let chance = 0;
  for (const f of counts.values()) chance += (f / n) ** 2;
  return {
    id: how === 'exact' ? column.profile.name : `${column.profile.name}, loosely`,
    column,
    chance,
    fill: filled === 0 ? 0 : Math.min(...column.sideFill),
    keysOf: (i) => {
      const c = column.values.codes[i]!;
      return c < 0 ? [] : perValue[c]!;
    },
  };
}

/** Keys of two columns at once. */
export function bothKeys(a: KeySource, b: KeySource): BlockingRule {
  return {
    id: `${a.id} + ${b.id}`,
    fields: [a.column.profile.name, b.column.profile.name],
    keysOf: (i) => {
      const out: string[] = [];
      const second = b.keysOf(i);
      for (const x of a.keysOf(i)) for (const y of second) out.push(`${x.length}|${x}|${y}`);
      return out;
    },
  };
}

/** Exact keys of a value: the value itself, and for several words its rarest-looking (longest) three. */
function _exactOf(column: UsableColumn): (value: string) => string[] {
  if (column.profile.type !== 'phrase' && column.profile.type !== 'text') return (v) => [v];
  return (v) =>
    [...new Set(tokensOf(v))]
      .filter((t) => t.length > 2 || /\p{N}/u.test(t))
      .sort((x, y) => y.length - x.length || (x < y ? -1 : 1))
      .slice(0, 3);
}

/** Loose keys: what survives a slip. Null when the type has none. */
export function looseOf(column: UsableColumn): ((value: string) => string[]) | null {
  switch (column.profile.type) {
    case 'short':
      return (v) => [v.slice(0, 3)];
    case 'phrase':
      return (v) => {
        const words = tokensOf(v);
        return words.length === 0 ? [] : [...new Set([words[0]!.slice(0, 3), words.at(-1)!.slice(0, 3)])];
      };
    case 'date':
      return (v) => {
        const digits = v.replace(/\D/g, '');
        return digits.length < 4 ? [] : [digits.slice(0, 4)];
      };
    case 'code':
    case 'phone':
      return (v) => (v.length < 4 ? [] : [v.slice(0, 4), v.slice(-4)]);
    case 'email':
      return (v) => [v.slice(0, 4)];
    default:
      return null;
  }
}
