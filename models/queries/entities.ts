import { InputError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';

export interface EntityDetail {
  readonly entityId: string;
  readonly kind: string;
  /** A pseudonym for a person. */
  readonly label: string;
  readonly lon: number | null;
  readonly lat: number | null;
  /** Every value with the row it stands in; conflicting values side by side. Empty for a person: nothing of one is shown before an unlock. */
  readonly statements: readonly {
    readonly property: string;
    readonly value: string;
    readonly rowId: string;
    readonly firstKnownAt: string | null;
  }[];
}

/** One entity of the served run. @throws InputError `no-such-entity` */
export async function entityDetail(db: Database, entityId: string): Promise<EntityDetail> {
  const row = (
    await db.rows<{ entity_id: string; kind: string; label: string; lon: number | null; lat: number | null }>(
      'select entity_id, kind, coalesce(pseudonym, label, entity_id) as label, lon, lat from entity where entity_id = $entityId',
      { entityId },
    )
  )[0];
  if (row === undefined)
    throw new InputError('no-such-entity', `entityDetail: no entity "${entityId}" in the served run`, { entityId });
  const statements =
    row.kind === 'person' || row.kind === 'phone'
      ? []
      : await db.rows<EntityDetail['statements'][number]>(
          `select property, value, row_id as "rowId", first_known_at as "firstKnownAt" from statement where entity_id = $entityId
           and property not in ('person_hash', 'phone_hash', 'legal_rep', 'rep') order by property, value, row_id limit 500`,
          { entityId },
        );
  return { entityId: row.entity_id, kind: row.kind, label: row.label, lon: row.lon, lat: row.lat, statements };
}

/** Files of the run with their counts. */
export async function sourceFiles(db: Database): Promise<
  {
    source: string;
    fileName: string;
    sha256: string;
    readRows: number;
    acceptedRows: number;
    rejectedRows: number;
    ingestedAt: string | null;
  }[]
> {
  return db.rows(
    `select source, file_name as "fileName", sha256, read_rows as "readRows", accepted_rows as "acceptedRows", rejected_rows as "rejectedRows",
     ingested_at as "ingestedAt" from source_file order by source, file_name, sha256`,
  );
}

/** The first mention of an entity by id: what stands for it in a judgement. @throws InputError `no-such-entity` */
export async function firstMention(db: Database, entityId: string): Promise<string> {
  const [row] = await db.rows<{ id: string | null }>(
    'select min(mention_id) as id from entity_mention where entity_id = $entityId',
    { entityId },
  );
  if (row === undefined || row.id === null)
    throw new InputError('no-such-entity', `firstMention: no mention of "${entityId}" in the served run`, { entityId });
  return row.id;
}
