import { describe, expect, it } from 'vitest';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';
import { contractWorld } from './contract-links.ts';
import { writeWorld } from './contract-world.ts';
import { EmbeddedStore } from './embedded.ts';
import { graphStoreContract } from './store.contract.ts';

describe('the embedded home keeps the contract', () => {
  graphStoreContract(async (world) => {
    const db = await Database.open(':memory:');
    await writeWorld(db, world);
    const store = await EmbeddedStore.open(db);
    return {
      store,
      dispose: async () => {
        await store.close();
        db.close();
      },
    };
  });
});

describe('the embedded home', () => {
  it('says what it set aside, and is closed when it is closed', async () => {
    const db = await Database.open(':memory:');
    try {
      await writeWorld(db, contractWorld());
      const store = await EmbeddedStore.open(db, { withoutLinkKinds: ['located_at'] });
      expect(store.report).toMatchObject({
        read: 20_015,
        kept: 13,
        dangling: 2,
        outside: 20_000,
        danglingExamples: ['co:plant → nobody', 'no one → nothing'],
        selfLoops: 1,
        parallel: 1,
      });
      await store.close();
      await expect(store.size()).rejects.toMatchObject({ code: 'store-closed' });
      expect(await db.has('graph_link')).toBe(false);
    } finally {
      db.close();
    }
  });

  it('stands on an empty warehouse, and names a missing table', async () => {
    const db = await Database.open(':memory:');
    try {
      await expect(EmbeddedStore.open(db)).rejects.toMatchObject({ code: 'sql-failed' });
      await db.run(createTableSql('entity'));
      await db.run(createTableSql('link'));
      const store = await EmbeddedStore.open(db);
      expect(await store.size()).toEqual({ nodes: 0, links: 0 });
      await expect(store.expand('a')).rejects.toMatchObject({ code: 'no-such-node' });
    } finally {
      db.close();
    }
  });

  it('notices that the snapshot it was built from is no longer there', async () => {
    const db = await Database.open(':memory:');
    try {
      await writeWorld(db, { entities: [['a', 'thing', 'A']], links: [['l', 'owns', 'a', 'a']] });
      const store = await EmbeddedStore.open(db);
      await db.run('delete from link');
      await expect(store.among(['a'], { evidence: true })).rejects.toMatchObject({ code: 'snapshot-changed' });
    } finally {
      db.close();
    }
  });
});
