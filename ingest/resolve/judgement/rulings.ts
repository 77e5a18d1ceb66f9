import { type Judgement, type JudgementRow, type JudgementState, isUndo } from './judgement.ts';

/** Judgements that contradict one another: `left` and `right` are different, and yet a chain of "same" joins them. */
export interface JudgementConflict {
  readonly left: string;
  readonly right: string;
  /** Records between the two, in order: for A≠B, C=A, C=B it is [C]. */
  readonly through: readonly string[];
  /** The "different" and the "same" rows of the chain. */
  readonly judgementIds: readonly string[];
  /** The row that was not obeyed: the latest "same" of the contradiction. */
  readonly setAside: string;
}

/** Two records and the row that rules on them. */
export interface Ruling {
  readonly left: string;
  readonly right: string;
  readonly judgementId: string;
}

/** What judgement rows amount to. Every row has one state. */
export interface Rulings {
  readonly same: readonly Ruling[];
  readonly different: readonly Ruling[];
  readonly unsure: readonly Ruling[];
  readonly conflicts: readonly JudgementConflict[];
  readonly states: ReadonlyMap<string, JudgementState>;
}

/** Whether two records can be judged in this run, or why not. */
export type CanJudge = (left: string, right: string) => JudgementState | null;

/** Works out which rows hold. Rows count in order of (at, id): an undo takes back one earlier row (or undo), the last standing row of a pair
 *  rules, and "different" is stronger than a chain of "same": a "same" that would put two judged apart together is set aside and named as a conflict.
 *  @param barred  why a row cannot count in this run (a record is not there, kinds differ), null = it can  O(rows · chain) */
export function rulingsOf(rows: readonly JudgementRow[], barred: CanJudge = () => null): Rulings {
  const ordered = [...rows].sort((a, b) => _cmp(a.at, b.at) || _cmp(a.id, b.id));
  const states = new Map<string, JudgementState>();
  const standing = _standing(ordered, states);
  const last = new Map<string, Judgement>();
  for (const row of standing) {
    const reason = barred(row.left, row.right);
    if (reason !== null) {
      states.set(row.id, reason);
      continue;
    }
    const key = JSON.stringify(row.left < row.right ? [row.left, row.right] : [row.right, row.left]);
    const before = last.get(key);
    if (before !== undefined) states.set(before.id, 'superseded');
    last.set(key, row);
    states.set(row.id, row.verdict === 'unsure' ? 'unsure' : 'obeyed');
  }
  const held = [...last.values()].sort((a, b) => _cmp(a.at, b.at) || _cmp(a.id, b.id));
  const ruling = (j: Judgement): Ruling => ({ left: j.left, right: j.right, judgementId: j.id });
  const different = held.filter((j) => j.verdict === 'different').map(ruling);
  const { same, conflicts } = _consistent(held.filter((j) => j.verdict === 'same').map(ruling), different);
  for (const c of conflicts) states.set(c.setAside, 'contradicted');
  return { same, different, unsure: held.filter((j) => j.verdict === 'unsure').map(ruling), conflicts, states };
}

/** Judgements that no standing undo takes back, oldest first; states of the others. */
function _standing(ordered: readonly JudgementRow[], states: Map<string, JudgementState>): Judgement[] {
  const taken = new Set<string>();
  const out: Judgement[] = [];
  for (let i = ordered.length - 1; i >= 0; i--) {
    const row = ordered[i]!;
    const isTaken = taken.has(row.id);
    states.set(row.id, isTaken ? 'undone' : isUndo(row) ? 'undo' : 'obeyed');
    if (isTaken) continue;
    if (isUndo(row)) taken.add(row.undoes);
    else out.push(row);
  }
  return out.reverse();
}

/** "Same" rows in order of time, less those that would join two records judged different. */
function _consistent(
  same: readonly Ruling[],
  different: readonly Ruling[],
): { same: Ruling[]; conflicts: JudgementConflict[] } {
  const kept: Ruling[] = [];
  const conflicts: JudgementConflict[] = [];
  const near = new Map<string, { to: string; id: string }[]>();
  const groups = new Map<string, Set<string>>();
  const groupOf = (r: string): Set<string> => groups.get(r) ?? new Set([r]);
  for (const s of same) {
    const a = groupOf(s.left);
    const b = groupOf(s.right);
    const clash = a === b ? undefined : different.find((d) => _across(a, b, d));
    _edge(near, s);
    if (clash === undefined) {
      const all = new Set([...a, ...b]);
      for (const r of all) groups.set(r, all);
      kept.push(s);
      continue;
    }
    const chain = _chain(near, clash.left, clash.right);
    conflicts.push({
      left: clash.left,
      right: clash.right,
      through: chain.records,
      judgementIds: [clash.judgementId, ...chain.ids],
      setAside: s.judgementId,
    });
    _cut(near, s);
  }
  return { same: kept, conflicts };
}

const _across = (a: ReadonlySet<string>, b: ReadonlySet<string>, d: Ruling): boolean =>
  (a.has(d.left) && b.has(d.right)) || (a.has(d.right) && b.has(d.left));

function _edge(near: Map<string, { to: string; id: string }[]>, s: Ruling): void {
  for (const [from, to] of [
    [s.left, s.right],
    [s.right, s.left],
  ] as const) {
    const list = near.get(from);
    if (list === undefined) near.set(from, [{ to, id: s.judgementId }]);
    else list.push({ to, id: s.judgementId });
  }
}

function _cut(near: Map<string, { to: string; id: string }[]>, s: Ruling): void {
  for (const r of [s.left, s.right])
    near.set(
      r,
      near.get(r)!.filter((e) => e.id !== s.judgementId),
    );
}

/** Shortest chain of "same" rows between two records (breadth first, oldest rows first). */
function _chain(
  near: ReadonlyMap<string, readonly { to: string; id: string }[]>,
  from: string,
  to: string,
): { records: string[]; ids: string[] } {
  const came = new Map<string, { from: string; id: string }>();
  const queue = [from];
  for (let i = 0; i < queue.length && !came.has(to); i++) {
    for (const e of near.get(queue[i]!) ?? []) {
      if (e.to === from || came.has(e.to)) continue;
      came.set(e.to, { from: queue[i]!, id: e.id });
      queue.push(e.to);
    }
  }
  const records: string[] = [];
  const ids: string[] = [];
  for (let at = to; at !== from;) {
    const step = came.get(at)!;
    ids.unshift(step.id);
    at = step.from;
    if (at !== from) records.unshift(at);
  }
  return { records, ids };
}

const _cmp = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
