import type { RuleReport } from './core/index.ts';
import type { IdentityReport } from './identity/index.ts';
import type { JudgementConflict } from './judgement/index.ts';

/** One level of one comparison with what estimation gave it. */
export interface LevelReport {
  readonly comparison: string;
  readonly level: string;
  readonly m: number;
  readonly u: number;
  /** log2(m/u), bits. */
  readonly weight: number;
}

/** What resolution did with one kind. `exact` kinds are named by their key and have no pairs. */
export interface KindReport {
  readonly kind: string;
  readonly how: 'exact' | 'compared';
  readonly mentions: number;
  readonly tuples: number;
  readonly entities: number;
  readonly candidates: number;
  readonly rules: readonly RuleReport[];
  /** Chance that a random pair of tuples is one entity; null for exact kinds. */
  readonly prior: number | null;
  readonly levels: readonly LevelReport[];
  /** Least weight of a merge, bits. */
  readonly threshold: number | null;
  readonly merges: number;
  readonly cannotLinks: number;
  readonly bridgesCut: number;
  /** Tuples that fit two rivals equally well and were kept apart. */
  readonly contested: number;
  readonly possiblySame: number;
  readonly iterations: number;
  readonly converged: boolean;
}

export interface ResolveReport {
  readonly kinds: readonly KindReport[];
  readonly mentions: number;
  readonly entities: number;
  /** Judgement rows obeyed, answered "unsure", and all that were given. */
  readonly judgements: { readonly obeyed: number; readonly unsure: number; readonly all: number };
  readonly conflicts: readonly JudgementConflict[];
  /** What became of the ids of the run before; null = there was none. */
  readonly identity: IdentityReport | null;
  /** Keys that name one entity, and spellings left out because several entities bear them. */
  readonly keys: number;
  readonly ambiguousKeys: number;
}
