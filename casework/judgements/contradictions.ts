import type { StandingJudgement } from './judgements.ts';

/** Records whose judgements contradict each other: two judged different are tied together by judgements "same". */
export interface Contradiction {
  readonly text: { readonly zh: string; readonly en: string };
  /** The pair judged different, and the records between them. */
  readonly records: readonly string[];
}

/** Contradictions in which the judged pair takes part: for each "different" pair within the group that holds it, the shortest chain of "same".
 *  O(judgements) a pair. */
export function contradictions(
  standing: readonly StandingJudgement[],
  judged: { readonly left: string; readonly right: string; readonly of: 'mention' | 'entity' },
): Contradiction[] {
  const ties = new Map<string, string[]>();
  const tie = (a: string, b: string): void => void ties.set(a, [...(ties.get(a) ?? []), b].toSorted());
  const mine = standing.filter((j) => j.of === judged.of);
  for (const { left, right } of mine.filter((j) => j.verdict === 'same')) {
    tie(left, right);
    tie(right, left);
  }
  const group = new Set([..._reached(ties, judged.left).keys(), ..._reached(ties, judged.right).keys()]);
  return mine
    .filter((j) => j.verdict === 'different' && group.has(j.left))
    .map((j) => _chain(ties, j.left, j.right))
    .filter((chain) => chain !== null)
    .map((records) => ({
      records,
      text: {
        zh: `${records[0]} 与 ${records.at(-1)} 已判为不同，但经 ${records.slice(1, -1).join('、') || '直接判定'} 又被判为相同`,
        en: `${records[0]} and ${records.at(-1)} are judged different, yet tied as the same by ${records.slice(1, -1).join(', ') || 'a judgement'}`,
      },
    }));
}

/** Breadth first; each record with the one it was reached from. */
function _reached(ties: ReadonlyMap<string, readonly string[]>, from: string): Map<string, string | null> {
  const before = new Map<string, string | null>([[from, null]]);
  for (const record of before.keys())
    for (const next of ties.get(record) ?? []) if (!before.has(next)) before.set(next, record);
  return before;
}

function _chain(ties: ReadonlyMap<string, readonly string[]>, from: string, to: string): string[] | null {
  const before = _reached(ties, from);
  if (!before.has(to)) return null;
  const chain: string[] = [];
  for (let at: string | null = to; at !== null; at = before.get(at) ?? null) chain.push(at);
  return chain.toReversed();
}
