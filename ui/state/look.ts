import type { DrawnEdge, DrawnNode } from './drawn.ts';
import { type Investigation, type StyleRule, meets, propertyOf } from './investigation.ts';

/** How a node looks by the rules; null = as its kind does. */
export interface NodeLook {
  readonly color: string | null;
  /** Factor on the usual size. */
  readonly size: number;
  readonly badge: string | null;
}

/** What a legend says about one rule. */
export interface LegendEntry {
  readonly rule: StyleRule;
  /** Value → colour, for a palette; ends of the scale, for numbers. */
  readonly colors: readonly { readonly value: string; readonly color: string }[];
  readonly range: readonly [number, number] | null;
}

/** Colours of a palette: told apart in both themes and by most who see colours differently. @source Okabe and Ito 2008, lightened */
export const PALETTE = [
  '#0f83c9',
  '#e08a00',
  '#12a37a',
  '#d6578f',
  '#8b6bd9',
  '#c9543a',
  '#5d8a2b',
  '#3aa6b9',
  '#a8763e',
  '#7a7f8c',
];

/** Ends of a colour scale, from least to most. */
const _SCALE = ['#9cc9ee', '#b3341c'] as const;

/** Looks of what is drawn, by the rules in their order; a folded node looks like its first member that the rule speaks of. */
export function lookOf(state: Investigation, legend: readonly LegendEntry[]): (node: DrawnNode) => NodeLook {
  return (drawn) => {
    let look: NodeLook = { color: null, size: 1, badge: null };
    for (const entry of legend) {
      const { rule } = entry;
      if (rule.target !== 'node') continue;
      const node = drawn.members
        .map((id) => state.nodes[id]!)
        .find((n) => rule.when === null || meets(propertyOf(state, n, rule.when.property), rule.when));
      if (node === undefined) continue;
      const value = rule.by === null ? rule.value : _scaled(entry, propertyOf(state, node, rule.by));
      if (value === null) continue;
      if (rule.set === 'color') look = { ...look, color: String(value) };
      else if (rule.set === 'size') look = { ...look, size: Number(value) };
      else look = { ...look, badge: String(value) };
    }
    return look;
  };
}

/** What each rule does, with the colours and ranges that the data give it. */
export function legendOf(state: Investigation): LegendEntry[] {
  return state.rules.map((rule) => {
    if (rule.by === null) return { rule, colors: [], range: null };
    const values = Object.values(state.nodes).flatMap((n) => propertyOf(state, n, rule.by!) ?? []);
    const numbers = values.filter((v): v is number => typeof v === 'number');
    if (numbers.length > 0 && numbers.length === values.length) {
      const range = [numbers.reduce((a, b) => Math.min(a, b)), numbers.reduce((a, b) => Math.max(a, b))] as const;
      return { rule, colors: [], range };
    }
    const texts = [...new Set(values.map(String))].sort((a, b) => (a < b ? -1 : 1));
    const color = (i: number): string => (i < PALETTE.length - 1 ? PALETTE[i]! : PALETTE.at(-1)!);
    return { rule, colors: texts.map((value, i) => ({ value, color: color(i) })), range: null };
  });
}

/** Width of an edge by the number of its links: 1, growing with the logarithm. */
export function widthOf(edge: Pick<DrawnEdge, 'links'>): number {
  return 1 + Math.log2(edge.links.length) * 0.6;
}

function _scaled({ rule, colors, range }: LegendEntry, value: string | number | null): string | number | null {
  if (value === null) return null;
  if (range === null)
    return rule.set === 'color' ? (colors.find((c) => c.value === String(value))?.color ?? null) : null;
  const [low, high] = range;
  const share = high === low ? 0.5 : (Number(value) - low) / (high - low);
  return rule.set === 'color' ? mixed(_SCALE[0], _SCALE[1], share) : 0.7 + 1.8 * Math.sqrt(share);
}

/** A colour between two, `#rrggbb`. */
export function mixed(a: string, b: string, share: number): string {
  const part = (color: string, i: number): number => parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
  return `#${[0, 1, 2]
    .map((i) =>
      Math.round(part(a, i) + (part(b, i) - part(a, i)) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
