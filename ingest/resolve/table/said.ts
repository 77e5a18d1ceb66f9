import type { BlockingRule, ClusterOptions } from '../core/index.ts';
import { type JudgementRow, type Rulings, rulingsOf } from '../judgement/index.ts';
import type { TableSettings } from '../settings/index.ts';
import { askedRules } from './asked-rules.ts';
import { buildRules } from './build-rules.ts';
import type { ColumnProfile } from './profile.ts';
import type { Schema } from './schema.ts';

/** Column types that the settings say. */
export function typesSaid(s: TableSettings): Record<string, ColumnProfile['type']> {
  return Object.fromEntries(Object.entries(s.columns).map(([name, c]) => [name, c.type]));
}

/** Blocking rules that the settings ask for; null = the engine's own. */
export function rulesSaid({ block }: TableSettings): ((schema: Schema) => BlockingRule[]) | null {
  const asked = block.only ?? block.add;
  if (asked === undefined) return null;
  return (schema) => {
    const own = askedRules(schema, asked);
    if (block.only !== undefined) return own;
    return [...own, ...buildRules(schema).filter((r) => own.every((x) => x.id !== r.id))].slice(0, 28);
  };
}

/** Judged pairs of rows as indices, with what became of each judgement. */
export function judgedRows(
  ids: readonly string[],
  rows: readonly JudgementRow[],
): Pick<ClusterOptions, 'must' | 'cannot'> & { readonly rulings: Rulings } {
  const number = new Map(ids.map((id, i) => [id, i]));
  const rulings = rulingsOf(rows, (a, b) => (number.has(a) && number.has(b) ? null : 'unknown record'));
  const pairs = (list: Rulings['same']): [number, number][] =>
    list.map((r) => [number.get(r.left)!, number.get(r.right)!]);
  return { must: pairs(rulings.same), cannot: pairs(rulings.different), rulings };
}
