import type { TextColumn } from '../../base/index.ts';
import { createTableSql } from '../../schema/index.ts';
import type { Database } from '../../tables/index.ts';
import { type JudgementRow, isUndo } from './judgement.ts';
import { type Rulings, rulingsOf } from './rulings.ts';

/** Rules on the judgement rows of a run and keeps them, each with what became of it, in `judgement` and `judgement_conflict`.
 *  @param compared  kinds whose records are compared; a row about another kind, or two kinds, is kept and not obeyed */
export async function writeJudgements(
  db: Database,
  rows: readonly JudgementRow[],
  compared: readonly string[],
): Promise<Rulings> {
  await db.run(createTableSql('judgement'));
  await db.run(createTableSql('judgement_conflict'));
  const kinds = await _kindsOf(db, rows);
  const rulings = rulingsOf(rows, (left, right) => {
    const [a, b] = [kinds.get(left), kinds.get(right)];
    if (a === undefined || b === undefined) return 'unknown record';
    if (a !== b) return 'kinds differ';
    return compared.includes(a) ? null : 'exact kind';
  });
  await _write(db, rows, rulings);
  return rulings;
}

async function _kindsOf(db: Database, rows: readonly JudgementRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.flatMap((r) => (isUndo(r) ? [] : [r.left, r.right])))].sort();
  if (ids.length === 0) return new Map();
  const found = await db.rows<{ id: string; kind: string }>(
    'select mention_id as id, kind from mention where mention_id in (select unnest($ids)) and kind is not null order by 1',
    { ids },
  );
  return new Map(found.map((f) => [f.id, f.kind]));
}

const _text = (values: readonly (string | null)[]): TextColumn => ({ kind: 'text', values });

async function _write(db: Database, rows: readonly JudgementRow[], rulings: Rulings): Promise<void> {
  if (rows.length === 0) return;
  const pair = (of: (r: { left: string; right: string; verdict: string }) => string): TextColumn =>
    _text(rows.map((r) => (isUndo(r) ? null : of(r))));
  await db.tableFrom('_judgement', {
    rows: rows.length,
    data: {
      id: _text(rows.map((r) => r.id)),
      l: pair((r) => r.left),
      r: pair((r) => r.right),
      verdict: pair((r) => r.verdict),
      undoes: _text(rows.map((r) => (isUndo(r) ? r.undoes : null))),
      by: _text(rows.map((r) => r.by)),
      at: _text(rows.map((r) => r.at)),
      why: _text(rows.map((r) => r.why)),
      state: _text(rows.map((r) => rulings.states.get(r.id)!)),
    },
  });
  await db.run(
    `insert into judgement select id, l, r, verdict, undoes, "by", strptime("at", '%Y-%m-%dT%H:%M:%S.%gZ'), why, state from _judgement order by "at", id`,
  );
  await db.run('drop table if exists _judgement');
  for (const c of rulings.conflicts)
    await db.run('insert into judgement_conflict values ($left, $right, $through, $ids, $aside)', {
      left: c.left,
      right: c.right,
      through: [...c.through],
      ids: [...c.judgementIds],
      aside: c.setAside,
    });
}

/** The obeyed judgements as pairs of the tuples in `_tuple_of`; those about other kinds are not among them. */
export async function judgedTuples(
  db: Database,
  rulings: Rulings,
): Promise<{ must: [number, number][]; cannot: [number, number][] }> {
  const all = [...rulings.same, ...rulings.different];
  const ids = [...new Set(all.flatMap((r) => [r.left, r.right]))].sort();
  if (ids.length === 0) return { must: [], cannot: [] };
  const found = await db.rows<{ id: string; tuple: number }>(
    'select mention_id as id, tuple from _tuple_of where mention_id in (select unnest($ids)) order by 1',
    { ids },
  );
  const of = new Map(found.map((f) => [f.id, f.tuple]));
  const pairs = (list: Rulings['same']): [number, number][] =>
    list.flatMap((r) => {
      const [a, b] = [of.get(r.left), of.get(r.right)];
      return a === undefined || b === undefined ? [] : [[a, b] as [number, number]];
    });
  return { must: pairs(rulings.same), cannot: pairs(rulings.different) };
}
