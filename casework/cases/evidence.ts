import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, StateError, sha256, sha256OfFile } from '../../ingest/base/index.ts';
import { appendAudit } from '../audit/index.ts';
import { type Actor, type Desk, displayNames } from '../desk/index.ts';
import { type Tables, and, asc, eq, inArray, tables } from '../store/index.ts';
import { caseRow } from './read-cases.ts';

/** Largest evidence file, bytes. */
export const EVIDENCE_MAX_BYTES = 64 * 2 ** 20;

export interface CustodyRow {
  readonly act: 'received' | 'read' | 'verified' | 'broken';
  readonly sha256: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
}

/** A file of a case, kept under its hash, with everybody who had it. */
export interface Evidence {
  readonly evidenceId: string;
  readonly caseId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly note: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly custody: readonly CustodyRow[];
}

type EvidenceRow = typeof tables.evidence.$inferSelect;

/** Keeps a file: hashed, written beside the casework under its hash, then entered. @returns its id
 *  @throws InputError `no-such-case`, `empty-file`, `too-large`; StateError `no-folder` for casework in memory */
export async function addEvidence(
  desk: Desk,
  actor: Actor,
  caseId: string,
  given: { fileName: string; mediaType: string; note: string; content: Uint8Array },
): Promise<string> {
  const { content } = given;
  if (content.length === 0) throw new InputError('empty-file', `evidence: "${given.fileName}" has no bytes`);
  if (content.length > EVIDENCE_MAX_BYTES)
    throw new InputError('too-large', `evidence: ${content.length} bytes; up to ${EVIDENCE_MAX_BYTES}`);
  await caseRow(desk.store.db, caseId);
  const hash = sha256(content);
  _write(desk, hash, content);
  return desk.store.db.transaction(async (tx) => {
    const now = desk.clock();
    const { fileName, mediaType, note } = given;
    const [row] = await tx
      .insert(tables.evidence)
      .values({
        caseId,
        fileName,
        mediaType,
        note,
        bytes: content.length,
        sha256: hash,
        by: actor.accountId,
        at: new Date(now),
      })
      .returning();
    const { evidenceId } = row!;
    await _custody(tx, desk, actor, { evidenceId, act: 'received', sha256: hash });
    await appendAudit(tx, actor, now, {
      action: 'evidence.received',
      object: `case:${caseId}`,
      detail: { evidenceId, fileName, bytes: content.length, sha256: hash },
    });
    return evidenceId;
  });
}

/** With its chain of custody. */
export async function evidenceOf(desk: Desk, caseId: string): Promise<Evidence[]> {
  const { evidence, custody } = tables;
  const db = desk.store.db;
  const rows = await db.select().from(evidence).where(eq(evidence.caseId, caseId)).orderBy(asc(evidence.at));
  if (rows.length === 0) return [];
  const acts = await db
    .select()
    .from(custody)
    .where(
      inArray(
        custody.evidenceId,
        rows.map((r) => r.evidenceId),
      ),
    )
    .orderBy(asc(custody.no));
  const names = await displayNames(
    db,
    [...rows, ...acts].map((r) => r.by),
  );
  const nameOf = (id: string): string => names.get(id) ?? id;
  return rows.map((r) => ({
    ...r,
    byName: nameOf(r.by),
    at: r.at.toISOString(),
    custody: acts
      .filter((a) => a.evidenceId === r.evidenceId)
      .map((a) => ({
        act: a.act as CustodyRow['act'],
        sha256: a.sha256,
        by: a.by,
        byName: nameOf(a.by),
        at: a.at.toISOString(),
      })),
  }));
}

/** The bytes, when they still have their hash; reading is entered in the chain.
 *  @throws StateError `evidence-broken` (also entered), InputError `no-such-evidence` */
export async function readEvidence(
  desk: Desk,
  actor: Actor,
  of: { caseId: string; evidenceId: string },
): Promise<{ fileName: string; mediaType: string; content: Buffer }> {
  const row = await _row(desk.store.db, of);
  const check = await _check(desk, row);
  await _enter(desk, actor, row, check.isWhole ? 'read' : 'broken', check.found);
  if (!check.isWhole)
    throw new StateError(
      'evidence-broken',
      `evidence: ${row.fileName} is not what was received: ${check.found ?? 'the file is gone'}, was ${row.sha256}`,
      { evidenceId: row.evidenceId, sha256: row.sha256, found: check.found },
    );
  return { fileName: row.fileName, mediaType: row.mediaType, content: readFileSync(_path(desk, row.sha256)) };
}

/** Hashes the kept file anew and enters the result in the chain. `found` null = the file is gone. */
export async function verifyEvidence(
  desk: Desk,
  actor: Actor,
  of: { caseId: string; evidenceId: string },
): Promise<{ evidenceId: string; isWhole: boolean; sha256: string; found: string | null }> {
  const row = await _row(desk.store.db, of);
  const check = await _check(desk, row);
  await _enter(desk, actor, row, check.isWhole ? 'verified' : 'broken', check.found);
  return { evidenceId: row.evidenceId, sha256: row.sha256, ...check };
}

async function _row(db: Tables, of: { caseId: string; evidenceId: string }): Promise<EvidenceRow> {
  const { evidence } = tables;
  const [row] = await db
    .select()
    .from(evidence)
    .where(and(eq(evidence.evidenceId, of.evidenceId), eq(evidence.caseId, of.caseId)));
  if (row === undefined)
    throw new InputError('no-such-evidence', `evidence: none "${of.evidenceId}" in case "${of.caseId}"`, { ...of });
  return row;
}

async function _check(desk: Desk, row: EvidenceRow): Promise<{ isWhole: boolean; found: string | null }> {
  const path = _path(desk, row.sha256);
  const found = existsSync(path) ? await sha256OfFile(path) : null;
  return { isWhole: found === row.sha256, found };
}

async function _enter(
  desk: Desk,
  actor: Actor,
  row: EvidenceRow,
  act: CustodyRow['act'],
  found: string | null,
): Promise<void> {
  const { evidenceId } = row;
  await desk.store.db.transaction(async (tx) => {
    await _custody(tx, desk, actor, { evidenceId, act, sha256: found ?? '' });
    await appendAudit(tx, actor, desk.clock(), {
      action: `evidence.${act}`,
      object: `case:${row.caseId}`,
      detail: { evidenceId, found },
    });
  });
}

async function _custody(
  tx: Tables,
  desk: Desk,
  actor: Actor,
  row: { evidenceId: string; act: CustodyRow['act']; sha256: string },
): Promise<void> {
  await tx.insert(tables.custody).values({ ...row, by: actor.accountId, at: new Date(desk.clock()) });
}

function _write(desk: Desk, hash: string, content: Uint8Array): void {
  const path = _path(desk, hash);
  if (existsSync(path) && sha256(readFileSync(path)) === hash) return;
  const temporary = `${path}.new`;
  writeFileSync(temporary, content, { mode: 0o600 });
  renameSync(temporary, path);
}

function _path(desk: Desk, hash: string): string {
  if (desk.folder === null)
    throw new StateError('no-folder', 'evidence: casework in memory keeps no files; open it with a folder');
  const folder = join(desk.folder, 'evidence', hash.slice(0, 2));
  mkdirSync(folder, { recursive: true });
  return join(folder, hash);
}
