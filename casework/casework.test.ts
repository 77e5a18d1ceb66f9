import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsContract } from './contract/accounts.contract.ts';
import { auditContract } from './contract/audit.contract.ts';
import { type Bench, openBench } from './contract/bench.ts';
import { casesContract } from './contract/cases.contract.ts';
import { leadsContract } from './contract/leads.contract.ts';
import { personsContract } from './contract/persons.contract.ts';
import { viewsContract } from './contract/views.contract.ts';
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
    test('after all of it the log is whole', async () => {
      expect(await verifyAudit(open.desk.store.db)).toMatchObject({ isWhole: true });
    });
  });
});
