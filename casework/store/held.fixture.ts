import { openStore, tables } from './index.ts';

/** A process that opens the folder and commits row after row until it is killed. */
const store = await openStore({ folder: process.argv[2]!, clock: () => 0 });
for (let i = 1; ; i++) {
  await store.db.insert(tables.setting).values({ name: `n${i}`, value: 'x' });
  process.stdout.write(`row ${i}\n`);
}
