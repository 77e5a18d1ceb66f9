import type { Bilingual, SubjectKind } from '../../ingest/schema/index.ts';
import type { Sql } from '../../ingest/tables/index.ts';

/** A figure of a typology that an officer may change; forms and checks read this record. */
export interface TypologyParameter {
  readonly id: string;
  readonly label: Bilingual;
  readonly type: 'number' | 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** Parameter values by id. */
export type ParameterValues = Readonly<Record<string, number>>;

/** An innocent explanation that a rule tests, or says it could not test. */
export interface LookAlike extends Bilingual {
  readonly id: string;
}

/** One item of the evidence a case needs; `from` names the tables that can hold it, empty = only people can bring it. */
export interface EvidenceItem extends Bilingual {
  readonly id: string;
  readonly from: readonly string[];
}

/** One test of a typology, as SQL that yields *hits*: `subject_entity` (an entity id), `at`, `until`, `known_at` (the latest of the rows it
 *  rests on), `value`, `peer_low`, `peer_high`, `row_ids`, `entity_ids`, and for each look-alike it tests a BOOLEAN `holds_<id with _>`
 *  (true = explained innocently: set aside; false = tested, does not explain; null = could not be tested). */
export interface SignalRule extends Sql {
  readonly rule: string;
  readonly title: Bilingual;
  readonly unit: string;
  /** Tables without which the rule cannot speak; the rule is skipped by name when one is absent. */
  readonly needs: readonly string[];
  /** False: it supports other rules of its typology, but opens no signal by itself. */
  readonly alone: boolean;
  /** Hits whose windows are at most this far apart are one episode. */
  readonly gapDays: number;
  /** A supporting rule that speaks of every place around: only subjects of the typology's opening rules are asked about, and only their hits are counted. */
  readonly wide?: boolean;
}

/** A scheme of domain.md §3 as data and SQL. */
export interface Typology {
  readonly id: string;
  readonly title: Bilingual;
  readonly subjectKinds: readonly SubjectKind[];
  readonly parameters: readonly TypologyParameter[];
  /** Ids of `models/law` references; which version applies follows from the date of conduct. */
  readonly lawMatters: readonly string[];
  readonly evidence: readonly EvidenceItem[];
  readonly lookAlikes: readonly LookAlike[];
  /** Source tables it reads; without any of them the typology is skipped, and says so. */
  readonly reads: readonly string[];
  /** Ids of prepared tables (`prepared/`) that its rules read. */
  readonly prepared: readonly string[];
  /** Its rules under given figures. `asOf` is a UTC timestamp text. */
  readonly signalSql: (parameters: ParameterValues, asOf: string) => readonly SignalRule[];
}

/** A table that several rules share, made once in a run. `sql` are whole statements, run in order. */
export interface Prepared {
  readonly id: string;
  /** Tables or prepared tables it cannot do without. */
  readonly reads: readonly string[];
  readonly sql: readonly string[];
  /** Further tables that `sql` makes on the way. */
  readonly also?: readonly string[];
  /** Makes it empty where a table of `reads` is absent, for rules that can do without; else such rules are skipped. */
  readonly otherwise?: string;
  /** Stays in the warehouse for reports; the others are dropped after the run. */
  readonly stays?: boolean;
}

/** A number parameter in one line. */
export function parameter(
  id: string,
  label: readonly [zh: string, en: string],
  figure: { value: number; min: number; max: number; unit: string; integer?: boolean },
): TypologyParameter {
  return {
    id,
    label: { zh: label[0], en: label[1] },
    type: figure.integer === true ? 'integer' : 'number',
    default: figure.value,
    min: figure.min,
    max: figure.max,
    unit: figure.unit,
  };
}
