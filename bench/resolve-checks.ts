import type { Database } from '../ingest/tables/index.ts';
import { type TableResolution } from '../ingest/resolve/index.ts';

/** Merges that must never be: members of one cluster with different numbers of one exclusive document, and a junior with a senior.
 *  Reads the raw columns by itself, apart from the engine's own reading. Null where the set has no such column. */
export async function forbiddenMerges(
  db: Database,
  tables: readonly string[],
  r: Pick<TableResolution, 'ids' | 'cluster'>,
): Promise<{ exclusiveConflicts: number | null; generationConflicts: number | null }> {
  const rows = (
    await Promise.all(tables.map((t) => db.rows<Record<string, string | null>>(`select * from ${t}`)))
  ).flat();
  const byId = new Map(rows.map((row) => [row['id'] ?? '', row]));
  const headers = Object.keys(rows[0] ?? {});
  const documents = headers.filter((h) =>
    /ssn|passport_number|licen[cs]e_number|national_id_number|tax_id_number|lei_number/i.test(h),
  );
  const names = headers.filter((h) => /name/i.test(h));
  const members = new Map<number, Record<string, string | null>[]>();
  r.cluster.forEach((c, i) => {
    const row = byId.get(r.ids[i]!);
    if (row !== undefined) members.set(c, [...(members.get(c) ?? []), row]);
  });
  let exclusive = 0;
  let generation = 0;
  let stated = 0;
  for (const list of members.values()) {
    for (const d of documents) {
      const values = new Set(
        list.map((row) => (row[d] ?? '').replace(/\W/g, '').toLowerCase()).filter((v) => v !== ''),
      );
      if (values.size > 1) exclusive++;
    }
    const kinds = new Set(
      list.map((row) => _generation(names.map((n) => row[n] ?? '').join(' '))).filter((g) => g > 0),
    );
    stated += kinds.size;
    if (kinds.size > 1) generation++;
  }
  return {
    exclusiveConflicts: documents.length === 0 ? null : exclusive,
    generationConflicts: stated === 0 ? null : generation,
  };
}

function _generation(names: string): number {
  return /\b(?:jr|junior|ii)\b/i.test(names) ? 2 : /\b(?:sr|senior)\b/i.test(names) ? 1 : 0;
}
