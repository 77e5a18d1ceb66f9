import { afterAll, beforeEach, expect, test } from 'vitest';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { workspacePaths } from '../workspace/index.ts';
import { addDecided, decidedOf } from './decided.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-decided-'));
const paths = workspacePaths(root);
mkdirSync(paths.casework);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const row = (id: string, given: object = {}): string =>
  JSON.stringify({
    id,
    leadId: `L-${id}`,
    subjectId: 'company:1',
    decision: 'confirmed',
    reason: 'found-on-site',
    label: 1,
    pick: 'ranked',
    foundAt: '2026-06-01T02:00:00.000Z',
    knownAt: '2026-06-02T02:00:00.000Z',
    ...given,
  });
const write = (...lines: string[]): void => writeFileSync(join(paths.casework, 'outcomes.jsonl'), lines.join('\n'));
let db: Database;
beforeEach(async () => {
  db = await Database.open(':memory:');
  for (const t of ['outcome', 'subject']) await db.run(createTableSql(t));
  await db.run(`insert into subject values ('company:1', 'company', 'company:1'), ('company:1', 'company', 'site:9')`);
});

test('no file, and an empty one, are no verdicts', () => {
  rmSync(join(paths.casework, 'outcomes.jsonl'), { force: true });
  expect(decidedOf(paths)).toEqual({ rows: [], sha256: null });
  write('', ' ');
  expect(decidedOf(paths)).toEqual({ rows: [], sha256: null });
});

test('f4 verdicts become outcomes of the subject, each with its label, and the counts add up', async () => {
  write(
    row('V1'),
    row('V2', { subjectId: 'site:9', decision: 'dismissed', reason: 'nothing-found', label: 0, pick: 'exploration' }),
    row('V3', { decision: 'dismissed', reason: 'known-already', label: null }),
    row('V4', { subjectId: 'company:gone' }),
    row('V5', { knownAt: '2026-07-02T00:00:00.000Z' }),
  );
  const decided = decidedOf(paths);
  expect(decided.sha256).toMatch(/^[0-9a-f]{64}$/);
  const report = await addDecided(db, decided, Date.UTC(2026, 5, 30));
  expect(report).toEqual({ added: 3, later: 1, unknown: 1 });
  expect(report.added + report.later + report.unknown).toBe(decided.rows.length);
  const rows = await db.rows(
    `select outcome_id as id, subject_id as subject, verdict, channel, reason, row_id from outcome order by outcome_id`,
  );
  expect(rows).toEqual([
    {
      id: 'casework:V1',
      subject: 'company:1',
      verdict: 'confirmed',
      channel: '线索核查',
      reason: 'found-on-site',
      row_id: null,
    },
    {
      id: 'casework:V2',
      subject: 'company:1',
      verdict: 'clean',
      channel: '线索核查·探索',
      reason: 'nothing-found',
      row_id: null,
    },
    {
      id: 'casework:V3',
      subject: 'company:1',
      verdict: 'unverifiable',
      channel: '线索核查',
      reason: 'known-already',
      row_id: null,
    },
  ]);
  const [times] = await db.rows(
    `select epoch_ms(found_at)::double as found, epoch_ms(known_at)::double as known from outcome where outcome_id = 'casework:V1'`,
  );
  expect(times).toEqual({ found: Date.UTC(2026, 5, 1, 2), known: Date.UTC(2026, 5, 2, 2) });
});

test('every faulty line is named at once', () => {
  write(row('V1'), '{', row('', { decision: 'guilty' }));
  expect(() => decidedOf(paths)).toThrow(/line 2: .*line 3: id.*decision/s);
});
