import { expect, test } from 'vitest';
import { createTableSql } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { addPossiblySameLinks } from './possibly-same.ts';

test('a pair that may be the same is a link with its probability and rows, once for two entities; a merged pair is none', async () => {
  const db = await Database.open(':memory:');
  expect(await addPossiblySameLinks(db)).toBe(0);
  for (const t of ['match', 'mention', 'entity_mention', 'link']) await db.run(createTableSql(t));
  await db.run(
    `insert into mention (mention_id, row_id, known_at) values ('a1', 'r1', '2026-01-01'), ('a2', 'r2', '2026-01-02'), ('b1', 'r3', '2026-01-03'), ('c1', 'r4', '2026-01-04')`,
  );
  await db.run(
    `insert into entity_mention values ('A', 'a1', 'k'), ('A', 'a2', 'k'), ('B', 'b1', 'k'), ('C', 'c1', 'k')`,
  );
  const pair = (l: string, r: string, p: number, decision: string): Promise<void> =>
    db.run(`insert into match values ('k', '${l}', '${r}', 0, ${p}, '${decision}', '{}', [])`);
  await pair('a1', 'b1', 0.4, 'possibly_same');
  await pair('b1', 'a2', 0.7, 'possibly_same');
  await pair('a1', 'a2', 0.6, 'possibly_same');
  await pair('a1', 'c1', 0.99, 'same');
  expect(await addPossiblySameLinks(db)).toBe(1);
  expect(
    await db.rows('select kind, from_id, to_id, origin, probability, weight, row_ids, known_at from link'),
  ).toEqual([
    {
      kind: 'possibly_same',
      from_id: 'A',
      to_id: 'B',
      origin: 'derived',
      probability: 0.7,
      weight: 2,
      row_ids: ['r1', 'r2', 'r3'],
      known_at: '2026-01-03T00:00:00.000Z',
    },
  ]);
  db.close();
});
