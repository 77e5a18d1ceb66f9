import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request } from 'express';
import { InputError } from '../../../ingest/base/index.ts';
import { inspectFile, readFile } from '../../../ingest/formats/index.ts';
import { matches } from '../../../ingest/lake/index.ts';
import type { SourceDescription } from '../../../ingest/schema/index.ts';
import { Database, quoteIdent } from '../../../ingest/tables/index.ts';
import type { WorkspacePaths } from '../../../models/workspace/index.ts';
import type { UploadDraft } from '../../contract/index.ts';
import { formatOf } from './describe.ts';
import { guessKind, guessName, guessPersonal } from './guess.ts';

/** Largest upload. */
export const UPLOAD_MAX_BYTES = 512 * 1024 * 1024;
const EXAMPLES = 5;
const SAMPLE = 2000;

/** Folder of an upload, `uploads/<id>` in the workspace; hidden from ingest by its leading dot. @throws InputError `no-such-upload` */
export function uploadFolder(paths: WorkspacePaths, id: string): string {
  const folder = join(paths.root, '.uploads', id);
  if (!/^[0-9a-f-]{36}$/.test(id) || !existsSync(folder))
    throw new InputError('no-such-upload', `upload: there is no upload "${id}"; send the file again`, { id });
  return folder;
}

/** The one file of an upload. @throws InputError `no-such-upload` */
export function uploadedFile(paths: WorkspacePaths, id: string): string {
  const folder = uploadFolder(paths, id);
  const name = readdirSync(folder).find((n) => !n.startsWith('.'));
  if (name === undefined)
    throw new InputError('no-such-upload', `upload: upload "${id}" has no file; send it again`, { id });
  return join(folder, name);
}

/** Keeps a request's body as a file and says what its columns seem to be.
 *  @throws InputError `bad-file-name`, `unknown-format`, `too-large`, or what the format says of a file that cannot be read */
export async function takeUpload(
  request: Request,
  of: {
    readonly paths: WorkspacePaths;
    readonly fileName: string;
    readonly descriptions: readonly SourceDescription[];
  },
): Promise<UploadDraft> {
  const fileName = basename(of.fileName.replaceAll('\\', '/'));
  if (fileName.startsWith('.') || /\p{Cc}/u.test(fileName))
    throw new InputError('bad-file-name', `upload: "${fileName}" is no name for a file of data; rename it`, {
      fileName,
    });
  if (formatOf(fileName) === null)
    throw new InputError(
      'unknown-format',
      `upload: "${fileName}" is none of csv, csv.gz, xlsx, jsonl, parquet, geojson; export it as one of them`,
      { fileName },
    );
  const uploadId = randomUUID();
  const folder = join(of.paths.root, '.uploads', uploadId);
  mkdirSync(folder, { recursive: true });
  try {
    await pipeline(request, _bounded(), createWriteStream(join(folder, fileName)));
    return await inspectUpload({ ...of, uploadId });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** What an upload's columns seem to be. */
export async function inspectUpload(of: {
  readonly paths: WorkspacePaths;
  readonly uploadId: string;
  readonly descriptions: readonly SourceDescription[];
}): Promise<UploadDraft> {
  const path = uploadedFile(of.paths, of.uploadId);
  const fileName = basename(path);
  const facts = await inspectFile(path);
  const scratch = join(uploadFolder(of.paths, of.uploadId), '.scratch');
  mkdirSync(scratch, { recursive: true });
  const db = await Database.open(':memory:', { memoryLimit: '1GB', tempFolder: scratch });
  try {
    const raw = await readFile(db, facts, { format: formatOf(fileName)!, scratch, strictCrc: true });
    const count = async (table: string): Promise<number> =>
      (await db.rows<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;
    const taken = new Set<string>();
    const columns: UploadDraft['columns'] = [];
    for (const [place, c] of raw.columns.entries()) {
      const text = `${quoteIdent(c.name)}::varchar`;
      const [stats] = await db.rows<{ filled: number | null; distinct: number }>(
        `select avg((${text} is not null and trim(${text}) <> '')::integer) as filled, count(distinct ${text}) as "distinct" from raw`,
      );
      const sample = (
        await db.rows<{ v: string }>(
          `select v from (select ${text} as v from raw order by line limit ${SAMPLE}) where v is not null and trim(v) <> ''`,
        )
      ).map((r) => r.v);
      const name = guessName(c.header, place, taken);
      taken.add(name);
      const isPersonal = guessPersonal(c.header);
      columns.push({
        header: c.header,
        name,
        kind: guessKind(c.header, sample, stats!.distinct),
        personal: isPersonal,
        filled: stats!.filled ?? 0,
        distinct: stats!.distinct,
        examples: isPersonal ? [] : [...new Set(sample)].slice(0, EXAMPLES).map((v) => v.slice(0, 80)),
      });
    }
    return {
      uploadId: of.uploadId,
      fileName,
      bytes: facts.bytes,
      sha256: facts.sha256,
      rows: await count('raw'),
      unreadable: await count('bad'),
      columns,
      known: of.descriptions.filter((d) => matches(fileName, d)).map((d) => d.id),
      notes: [...raw.notes],
    };
  } finally {
    db.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Lets bytes through up to the limit. */
function _bounded(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      if (bytes > UPLOAD_MAX_BYTES)
        next(
          new InputError(
            'too-large',
            `upload: more than ${UPLOAD_MAX_BYTES / 2 ** 20} MB; put the file on the server and use "tributary ingest"`,
          ),
        );
      else next(null, chunk);
    },
  });
}
