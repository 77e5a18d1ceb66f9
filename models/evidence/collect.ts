import { join } from 'node:path';
import { InputError, canonicalJson, sha256, sha256OfFile } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type ChainItem, type ChainLinkName, type EvidenceBundle, chainOf } from './chain.ts';
import { lakeRowHashes, tableRowHashes } from './row-hash.ts';

export interface EvidenceOptions {
  readonly workspace: string;
  readonly runId: string;
  readonly codeVersion: string;
  readonly modelId: string;
  /** Workspace-relative path of the model file. */
  readonly modelPath: string;
  /** Workspace-relative paths of the lead's report files. */
  readonly reportPaths: readonly string[];
  /** Hash and workspace-relative path of the finished snapshot; null while the run is still being built. */
  readonly warehouse: ChainItem | null;
}

interface SourceFile {
  readonly source: string;
  readonly file_name: string;
  readonly sha256: string;
  readonly lake_path: string;
  readonly lake_sha256: string;
}

/** Builds the evidence chain of one lead from what is on disk and in the snapshot now.
 *  @throws InputError `no-such-lead` */
export async function collectEvidence(db: Database, leadId: string, options: EvidenceOptions): Promise<EvidenceBundle> {
  const lead = (
    await db.rows<{ subject_id: string; as_of: string; row_ids: string[]; signal_ids: string[] }>(
      'select * from lead where lead_id = $leadId',
      { leadId },
    )
  )[0];
  if (lead === undefined)
    throw new InputError(
      'no-such-lead',
      `collectEvidence: no lead "${leadId}" in run ${options.runId}; "tributary leads" lists them`,
      { leadId },
    );
  const files = await _sourceFilesOf(db, lead.row_ids);
  const rows = await _rowItems(db, options.workspace, files, lead.row_ids);
  const parts: Record<ChainLinkName, ChainItem[]> = {
    input: files.map((f) => ({ id: `${f.source}/${f.file_name}`, sha256: f.sha256 })),
    lake: files.map((f) => ({ id: f.lake_path, sha256: f.lake_sha256, path: f.lake_path })),
    row: rows,
    warehouse: options.warehouse === null ? [] : [options.warehouse],
    signal: _items(await tableRowHashes(db, 'signal', 'signal_id', lead.signal_ids)),
    feature: await featureItems(db, lead.subject_id),
    model: [
      {
        id: options.modelId,
        sha256: await sha256OfFile(join(options.workspace, options.modelPath)),
        path: options.modelPath,
      },
    ],
    lead: _items(await tableRowHashes(db, 'lead', 'lead_id', [leadId])),
    report: await Promise.all(
      options.reportPaths.map(async (path) => ({
        id: path,
        sha256: await sha256OfFile(join(options.workspace, path)),
        path,
      })),
    ),
  };
  const { links, head } = chainOf(parts);
  return {
    format: 'tributary-evidence-1',
    leadId,
    runId: options.runId,
    codeVersion: options.codeVersion,
    links,
    head,
  };
}

/** The feature row that a subject was scored on, as one chain item. */
export async function featureItems(db: Database, subjectId: string): Promise<ChainItem[]> {
  const rows = await db.rows('select name, value from feature where subject_id = $subjectId order by name', {
    subjectId,
  });
  return rows.length === 0 ? [] : [{ id: subjectId, sha256: sha256(canonicalJson(rows)) }];
}

function _items(hashes: ReadonlyMap<string, string>): ChainItem[] {
  return [...hashes].map(([id, hash]) => ({ id, sha256: hash }));
}

async function _sourceFilesOf(db: Database, rowIds: readonly string[]): Promise<SourceFile[]> {
  return db.rows<SourceFile>(
    `with cited as (select distinct split_part(r, ':', 1) as source, split_part(r, ':', 2) as hash8 from (select unnest(from_json($ids, '["varchar"]')) as r))
     select f.source, f.file_name, f.sha256, f.lake_path, f.lake_sha256 from source_file f join cited c on f.source = c.source and f.sha256[1:8] = c.hash8
     order by f.source, f.file_name, f.sha256`,
    { ids: JSON.stringify(rowIds) },
  );
}

async function _rowItems(
  db: Database,
  workspace: string,
  files: readonly SourceFile[],
  rowIds: readonly string[],
): Promise<ChainItem[]> {
  const out: ChainItem[] = [];
  for (const file of files) {
    const prefix = `${file.source}:${file.sha256.slice(0, 8)}:`;
    const wanted = rowIds.filter((id) => id.startsWith(prefix));
    const hashes = await lakeRowHashes(db, join(workspace, file.lake_path), wanted);
    for (const [id, hash] of hashes) out.push({ id, sha256: hash, path: file.lake_path });
  }
  return out;
}
