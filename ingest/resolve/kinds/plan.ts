import type { EntityKind } from '../../schema/index.ts';
import type { BlockingRule, Comparison, ExclusiveId } from '../core/index.ts';
import type { TupleField, Tuples } from '../tuples.ts';

/** How one kind of entity is resolved, given its distinct tuples. */
export interface Prepared {
  readonly rules: readonly BlockingRule[];
  readonly comparisons: readonly Comparison[];
  readonly exclusive: readonly ExclusiveId[];
  /** Identifier codes that make tuples one entity without comparison. */
  readonly together: readonly Int32Array[];
  /** Tuples whose own mentions must not be taken as one entity (a person known by name only). */
  readonly anonymous: (tuple: number) => boolean;
  /** Least mean weight between clusters that join, bits; absent = −2. −Infinity where every edge has a known thing at one end, so that nothing chains. */
  readonly linkage?: number;
  /** First guess of true pairs. */
  readonly expectedMatches: number;
  readonly nameOf: (members: readonly number[]) => EntityNaming;
}

export interface EntityNaming {
  /** Without the kind, e.g. a credit code; null = named by the hash of its smallest tuple. */
  readonly id: string | null;
  readonly label: string | null;
  readonly town: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
}

export interface KindPlan {
  readonly kind: EntityKind;
  readonly fields: readonly TupleField[];
  readonly prepare: (tuples: Tuples) => Prepared;
}
