import { cleanName } from '../clean/index.ts';
import type { Database } from '../tables/index.ts';

/** Moves `mention_raw` into `mention`, ordered by id, each name with its comparable form. Cleans every distinct name once. */
export async function fillNameNorm(db: Database): Promise<void> {
  const names = (
    await db.rows<{ name: string }>('select distinct name from mention_raw where name is not null order by name')
  ).map((r) => r.name);
  await db.tableFrom('name_norm', {
    rows: names.length,
    data: {
      name: { kind: 'text', values: names },
      norm: { kind: 'text', values: names.map((name) => cleanName(name).value) },
    },
  });
  await db.run(`insert into mention
    select m.* replace (n.norm as name_norm) from mention_raw m left join name_norm n on n.name = m.name order by m.mention_id`);
  await db.run('drop table name_norm');
}
