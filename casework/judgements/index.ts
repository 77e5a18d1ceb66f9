/** Judgements on whether records are one: only ever added, undone by another row. */
export type { Contradiction } from './contradictions.ts';
export {
  type Judgement,
  type JudgementVerdict,
  type NewJudgement,
  type StandingJudgement,
  judge,
  listJudgements,
  standingJudgements,
  withdrawJudgement,
} from './judgements.ts';
