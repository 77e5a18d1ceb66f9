import type { Database } from '../../ingest/tables/index.ts';

/** A subject by name. */
export interface SubjectLabel {
  readonly subjectId: string;
  readonly kind: string;
  readonly label: string;
}

/** Names of some subjects, in the order asked; an id that is not there keeps its id as its name. */
export async function subjectLabels(db: Database, ids: readonly string[]): Promise<SubjectLabel[]> {
  const rows = await db.rows<{ entity_id: string; kind: string; label: string | null; pseudonym: string | null }>(
    'select entity_id, kind, label, pseudonym from entity where list_contains($ids, entity_id)',
    { ids: [...ids] },
  );
  const by = new Map(rows.map((r) => [r.entity_id, r]));
  return ids.map((subjectId) => {
    const row = by.get(subjectId);
    return { subjectId, kind: row?.kind ?? '?', label: row?.pseudonym ?? row?.label ?? subjectId };
  });
}
