import type { Database } from '../../tables/index.ts';
import type { Judged, JudgementState } from '../judgement/index.ts';

/** One judgement row about a pair, as the run took it. */
export interface PairJudgement {
  readonly id: string;
  readonly verdict: Judged;
  readonly by: string;
  readonly at: string;
  readonly why: string;
  readonly state: JudgementState;
}

/** The rows about two mentions, oldest first; none where the snapshot is older than judgements. */
export async function pairJudgements(db: Database, left: string, right: string): Promise<PairJudgement[]> {
  if (!(await db.has('judgement'))) return [];
  return db.rows<PairJudgement>(
    `select judgement_id as id, verdict, judged_by as "by", judged_at as "at", why, state from judgement
      where (left_id = $left and right_id = $right) or (left_id = $right and right_id = $left) order by judged_at, judgement_id`,
    { left, right },
  );
}

const WORDS: Readonly<Record<Judged, string>> = { same: 'the same', different: 'different', unsure: 'undecided' };

/** Sentences of what the judgements did to the pair. */
export function judgementReasons(rows: readonly PairJudgement[]): string[] {
  return rows.map((j) => {
    const said = `${j.by} judged them ${WORDS[j.verdict]} on ${j.at.slice(0, 10)} (${j.why})`;
    if (j.state === 'obeyed') return `${said}; that decides`;
    if (j.state === 'unsure') return `${said}; that binds nothing`;
    if (j.state === 'contradicted') return `${said}; it was set aside, since it contradicts other judgements`;
    return `${said}; it does not count: ${j.state}`;
  });
}
