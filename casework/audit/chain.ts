import { canonicalJson, sha256 } from '../../ingest/base/index.ts';

/** One row of the log as it is hashed. */
export interface AuditContent {
  readonly no: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly action: string;
  readonly object: string | null;
  readonly purposeId: string | null;
  /** Canonical JSON. */
  readonly detail: string;
}

export const FIRST_HASH = '0'.repeat(64);

/** SHA-256 over the previous row's hash and everything in this row: a changed, removed or moved row breaks every later hash. */
export function chainHash(previous: string, row: AuditContent): string {
  const { no, at, actorId, actorName, action, object, purposeId, detail } = row;
  return sha256(
    canonicalJson({ previous, no, at: at.toISOString(), actorId, actorName, action, object, purposeId, detail }),
  );
}
