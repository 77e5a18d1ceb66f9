/** What a person can say about two records. `unsure` binds nothing; it is kept so that nobody is asked again. */
export const JUDGED = ['same', 'different', 'unsure'] as const;
export type Judged = (typeof JUDGED)[number];

/** What a person said about two records, as a row that is appended and never changed: who, when, why. */
export interface Judgement {
  readonly id: string;
  /** Mention ids (of a snapshot) or record ids (of a table); order does not matter. */
  readonly left: string;
  readonly right: string;
  readonly verdict: Judged;
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly why: string;
}

/** A row that takes an earlier row back, itself a row and takeable back. */
export interface Undo {
  readonly id: string;
  readonly undoes: string;
  readonly by: string;
  readonly at: string;
  readonly why: string;
}

export type JudgementRow = Judgement | Undo;

/** Whether a row takes another back. */
export function isUndo(row: JudgementRow): row is Undo {
  return 'undoes' in row;
}

/** What became of a row in a run. */
export type JudgementState =
  | 'obeyed'
  | 'unsure'
  | 'undone'
  | 'superseded'
  | 'contradicted'
  | 'unknown record'
  | 'kinds differ'
  | 'exact kind'
  | 'undo';
