import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type Clock, InputError, type Progress } from '../../../ingest/base/index.ts';
import { ingestFiles } from '../../../ingest/lake/index.ts';
import { descriptionsFromYaml } from '../../../ingest/sources/index.ts';
import {
  type WorkspacePaths,
  descriptionsOf,
  readSettings,
  rememberIngest,
  withWorkspaceLock,
} from '../../../models/workspace/index.ts';
import type { Committed, Mapping } from '../../contract/index.ts';
import { descriptionOf, formatOf, yamlOf } from './describe.ts';
import { uploadFolder, uploadedFile } from './draft.ts';

/** Saves a mapping as `sources/<id>.yaml` and takes the file into the lake with it, as the only writer of the workspace. A mapping of the same name that the page
 *  made before is replaced; one of the built-in tables is not.
 *  @throws InputError `bad-description`, `source-taken` · StateError `workspace-locked`, `lake-busy` */
export async function commitMapping(
  paths: WorkspacePaths,
  of: { readonly uploadId: string; readonly mapping: Mapping; readonly progress: Progress; readonly clock: Clock },
): Promise<Committed> {
  const path = uploadedFile(paths, of.uploadId);
  const yaml = yamlOf(descriptionOf(of.mapping, formatOf(basename(path))!));
  const file = join(paths.sources, `${of.mapping.id}.yaml`);
  const [description] = descriptionsFromYaml(yaml, basename(file));
  return withWorkspaceLock(paths, async () => {
    const settings = readSettings(paths);
    if (!existsSync(file) && descriptionsOf(paths, settings).some((d) => d.id === of.mapping.id))
      throw new InputError(
        'source-taken',
        `upload: this workspace describes a source "${of.mapping.id}" already; choose another name`,
        { id: of.mapping.id },
      );
    mkdirSync(paths.sources, { recursive: true });
    const kept = join(paths.root, 'uploads', of.mapping.id);
    mkdirSync(kept, { recursive: true });
    const input = join(kept, basename(path));
    renameSync(path, input);
    of.progress.step('ingest', basename(path));
    const report = await ingestFiles({
      workspace: paths.root,
      paths: [input],
      descriptions: [description!],
      progress: of.progress,
      clock: of.clock,
      strictCrc: settings.strictCrc,
    });
    writeFileSync(`${file}.part`, yaml);
    renameSync(`${file}.part`, file);
    rememberIngest(paths, report.files, new Date(of.clock()).toISOString());
    rmSync(uploadFolder(paths, of.uploadId), { recursive: true, force: true });
    const done = report.files[0]!;
    return {
      source: of.mapping.id,
      yaml: relative(paths.root, file),
      readRows: done.readRows,
      acceptedRows: done.acceptedRows,
      refusedRows: done.refusedRows,
      state: done.state,
      reasons: [...done.reasons],
      outcome: done.outcome,
    };
  });
}
