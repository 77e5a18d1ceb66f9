import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Clock, InputError } from '../../../ingest/base/index.ts';
import { buildFacts, buildMentions, buildSources } from '../../../ingest/facts/index.ts';
import { ingestFiles } from '../../../ingest/lake/index.ts';
import { resolveEntities } from '../../../ingest/resolve/index.ts';
import type { SourceDescription } from '../../../ingest/schema/index.ts';
import { descriptionsFromYaml } from '../../../ingest/sources/index.ts';
import { Database } from '../../../ingest/tables/index.ts';
import { type WorkspacePaths, pseudonymKeyOf } from '../../../models/workspace/index.ts';
import type { Mapping, MappingPreview } from '../../contract/index.ts';
import { descriptionOf, formatOf, yamlOf } from './describe.ts';
import { uploadFolder, uploadedFile } from './draft.ts';

const SHOWN = 20;
const NOTHING: MappingPreview = {
  faults: [],
  readRows: 0,
  acceptedRows: 0,
  refusedRows: 0,
  rejects: [],
  rejectsNotShown: 0,
  entities: [],
  entityTotal: 0,
  links: [],
  linkTotal: 0,
  yaml: '',
  state: null,
  reasons: [],
};

/** What a mapping would make of the uploaded file, worked out in a lake of its own that is thrown away: nothing of the workspace changes (a2).
 *  Faults of the mapping come back as data. */
export async function previewMapping(
  paths: WorkspacePaths,
  of: { readonly uploadId: string; readonly mapping: Mapping; readonly clock: Clock },
): Promise<MappingPreview> {
  const path = uploadedFile(paths, of.uploadId);
  const yaml = yamlOf(descriptionOf(of.mapping, formatOf(basename(path))!));
  const scratch = mkdtempSync(join(uploadFolder(paths, of.uploadId), '.preview-'));
  try {
    const [description] = descriptionsFromYaml(yaml, `${of.mapping.id}.yaml`);
    return {
      ...(await _preview(scratch, path, {
        description: description!,
        clock: of.clock,
        pseudonymKey: pseudonymKeyOf(paths),
      })),
      yaml,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const faults = error.detail['faults'];
    return {
      ...NOTHING,
      yaml,
      faults: Array.isArray(faults)
        ? (faults as MappingPreview['faults'])
        : [{ path: of.mapping.id, message: error.message }],
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function _preview(
  workspace: string,
  path: string,
  of: { readonly description: SourceDescription; readonly clock: Clock; readonly pseudonymKey: string },
): Promise<MappingPreview> {
  mkdirSync(workspace, { recursive: true });
  const descriptions = [of.description];
  const report = await ingestFiles({ workspace, paths: [path], descriptions, clock: of.clock, memoryLimit: '1GB' });
  const file = report.files[0];
  if (file === undefined)
    throw new InputError(
      'file-not-named',
      `preview: the pattern "${of.description.files.join(', ')}" does not name ${basename(path)}; change it`,
    );
  if (file.error !== null) throw new InputError(file.error.code, file.error.message, file.error.detail);
  const db = await Database.open(':memory:', { memoryLimit: '1GB', tempFolder: workspace });
  try {
    await buildSources(db, { workspace, descriptions, asOf: of.clock() });
    await buildMentions(db, descriptions);
    await resolveEntities(db, { pseudonymKey: of.pseudonymKey });
    await buildFacts(db, descriptions);
    const personal = of.description.columns.filter((c) => c.personal === true || c.kind === 'hash').map((c) => c.name);
    const count = async (table: string): Promise<number> =>
      (await db.rows<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;
    const rejects = await db.rows<{
      row_id: string;
      column_name: string | null;
      value: string | null;
      message: string;
    }>(`select row_id, column_name, value, message from reject order by row_id, column_name, rule limit ${SHOWN}`);
    return {
      ...NOTHING,
      readRows: file.readRows,
      acceptedRows: file.acceptedRows,
      refusedRows: file.refusedRows,
      state: file.state,
      reasons: [...file.reasons],
      rejects: rejects.map((r) => {
        const hide = r.column_name !== null && personal.includes(r.column_name);
        return {
          line: r.row_id.split(':').slice(2).join(':'),
          column: r.column_name,
          value: hide ? null : r.value,
          message: hide ? '' : r.message,
        };
      }),
      rejectsNotShown: Math.max(0, (await count('reject')) - SHOWN),
      entities: await db.rows<MappingPreview['entities'][number]>(
        `select entity_id as id, kind, coalesce(pseudonym, label, entity_id) as label, mentions from entity order by mentions desc, kind, entity_id limit ${SHOWN}`,
      ),
      entityTotal: await count('entity'),
      links: await db.rows<MappingPreview['links'][number]>(
        `select l.kind, coalesce(a.pseudonym, a.label, l.from_id) as "from", coalesce(b.pseudonym, b.label, l.to_id) as "to" from link l
         left join entity a on a.entity_id = l.from_id left join entity b on b.entity_id = l.to_id order by l.kind, l.from_id, l.to_id limit ${SHOWN}`,
      ),
      linkTotal: await count('link'),
    };
  } finally {
    db.close();
  }
}
