import { existsSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Database } from '../../ingest/tables/index.ts';
import { writeWorld } from './contract-world.ts';
import { openStored } from './stored-graph.ts';

it('builds once, reopens the same, and builds anew what is stale, damaged or cannot be kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tributary-'));
  const db = await Database.open(':memory:');
  const notes: string[] = [];
  const note = (text: string): void => void notes.push(text);
  const path = join(folder, 'graph.bin');
  try {
    await writeWorld(db, {
      entities: [
        ['a', 'site', 'A'],
        ['b', 'site', 'B'],
      ],
      links: [['l', 'met', 'a', 'b']],
    });
    const built = await openStored(db, { path, source: 'r1', note });
    expect(built.report).not.toBeNull();
    expect(existsSync(path)).toBe(true);
    const reopened = await openStored(db, { path, source: 'r1', note });
    expect(reopened.report).toBeNull();
    expect(await reopened.expand('a')).toEqual(await built.expand('a'));
    expect((await openStored(db, { path, source: 'r2', note })).report).not.toBeNull();
    expect(notes.splice(0).join()).toContain('was built from r1, not r2');
    truncateSync(path, 40);
    expect((await openStored(db, { path, source: 'r2', note })).report).not.toBeNull();
    expect(notes.splice(0)).toHaveLength(1);
    const nowhere = join(folder, 'no', 'folder', 'graph.bin');
    expect((await openStored(db, { path: nowhere, source: 'r2', note })).graph.nodeCount).toBe(2);
    expect(notes.splice(0)).toHaveLength(1);
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
