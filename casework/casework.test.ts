import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsContract } from './contract/accounts.contract.ts';
import { auditContract } from './contract/audit.contract.ts';
import { type Bench, openBench } from './contract/bench.ts';
import { casesContract } from './contract/cases.contract.ts';
import { leadsContract } from './contract/leads.contract.ts';
import { personsContract } from './contract/persons.contract.ts';
import { viewsContract } from './contract/views.contract.ts';
import { readJudgements } from '../ingest/resolve/index.ts';
import { decidedOf } from '../models/pipeline/decided.ts';
import { workspacePaths } from '../models/workspace/index.ts';
import { exportDecisions } from './exports/index.ts';
import { verifyAudit } from './index.ts';

/** One contract, two homes. PostgreSQL runs where DATABASE_URL names an empty database (.ci/postgres makes one). */
const url = process.env['DATABASE_URL'] ?? null;
const homes = [
  { home: 'PGlite', url: null, skip: false },
  { home: url === null ? 'PostgreSQL (skipped: DATABASE_URL is not set)' : 'PostgreSQL', url, skip: url === null },
];

describe.each(homes)('$home', ({ url: address, skip }) => {
  let open: Bench;
  let folder: string;
  const bench = (): Bench => open;
  beforeAll(async () => {
    if (skip) return;
    folder = mkdtempSync(join(tmpdir(), 'tributary-casework-'));
    open = await openBench(address, folder);
  });
  afterAll(async () => {
    if (skip) return;
    await open.desk.close();
    rmSync(folder, { recursive: true, force: true });
  });
  describe.skipIf(skip)('contract', () => {
    accountsContract(bench);
    auditContract(bench);
    leadsContract(bench);
    viewsContract(bench);
    casesContract(bench, () => folder);
    personsContract(bench);
    test('what was decided lies in files that the next run reads, and the rows of others stay', async () => {
      const lines = (name: string): Record<string, unknown>[] =>
        readFileSync(join(folder, name), 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>);
      const judged = lines('judgements.jsonl');
      expect(judged.map((j) => [j['id'], j['verdict'] ?? j['undoes']])).toEqual([
        ['J1', 'different'],
        ['J2', 'same'],
        ['J3', 'same'],
        ['J4', 'J3'],
      ]);
      expect(readJudgements(readFileSync(join(folder, 'judgements.jsonl'), 'utf8'), 'x')).toHaveLength(4);
      expect(lines('outcomes.jsonl')).toMatchObject([{ id: 'V3', decision: 'confirmed', label: 1, by: 'eve' }]);
      expect(decidedOf({ ...workspacePaths(folder), casework: folder }).rows).toHaveLength(1);
      writeFileSync(
        join(folder, 'judgements.jsonl'),
        `${JSON.stringify({ id: 'by-hand', left: 'a', right: 'b', verdict: 'same', by: 'x', at: '2026-01-01T00:00Z', why: 'x' })}\n`,
      );
      await exportDecisions(open.desk);
      expect(lines('judgements.jsonl').map((j) => j['id'])).toEqual(['by-hand', 'J1', 'J2', 'J3', 'J4']);
    });
    test('after all of it the log is whole', async () => {
      expect(await verifyAudit(open.desk.store.db)).toMatchObject({ isWhole: true });
    });
  });
});
