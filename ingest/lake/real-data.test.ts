import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { descriptionsFromYaml } from '../sources/index.ts';
import { ingestFiles } from './index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const data = join(root, '../shared/data/leads');
const present = existsSync(data);

describe.skipIf(!present)(
  `real data by YAML${present ? '' : ': skipped, the public data sets are not beside the project (../shared/data/leads)'}`,
  () => {
    let workspace = '';
    beforeAll(() => void (workspace = mkdtempSync(join(tmpdir(), 'tributary-'))));
    afterAll(() => rmSync(workspace, { recursive: true, force: true }));

    test.each([
      ['chicago', 'chicago-food-inspections', { inspection: 18_712 }],
      ['pole', 'pole-crime', { crime: 28_762 }],
    ] as const)('%s: every row of every file is claimed, nothing is refused', async (name, files, some) => {
      const descriptions = descriptionsFromYaml(
        readFileSync(join(root, 'fixtures', name, 'sources.yaml'), 'utf8'),
        name,
      );
      const report = await ingestFiles({
        workspace: join(workspace, name),
        paths: [join(data, files)],
        descriptions,
        clock: () => Date.UTC(2026, 10, 24),
      });
      expect(report.files.filter((f) => f.state !== 'green')).toEqual([]);
      expect(report.unclaimedRows).toEqual([]);
      expect(report.files.every((f) => f.readRows === f.acceptedRows + f.refusedRows && f.refusedRows === 0)).toBe(
        true,
      );
      for (const [source, rows] of Object.entries(some))
        expect(report.files.find((f) => f.source === source)?.acceptedRows).toBe(rows);
    });
  },
);
