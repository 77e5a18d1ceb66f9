import type { Database } from '../tables/index.ts';
import { LINK_ROWS_CAP, linkIdSql } from './links.ts';

/** Pairs of records that may be the same and were kept apart, as links between their entities: `possibly_same`, with the probability of the likeliest
 *  pair, `weight` = pairs, known when both records were. Read from `match`; a pair whose records came together all the same makes none.
 *  Adds to `link`.  @returns links added */
export async function addPossiblySameLinks(db: Database): Promise<number> {
  if (!(await db.has('match'))) return 0;
  await db.run(`insert into link
    with p as (select least(a.entity_id, b.entity_id) as from_id, greatest(a.entity_id, b.entity_id) as to_id, m.probability,
        greatest(l.known_at, r.known_at) as known_at, l.row_id as left_row, r.row_id as right_row
      from match m join entity_mention a on a.mention_id = m.left_id join entity_mention b on b.mention_id = m.right_id
      join mention l on l.mention_id = m.left_id join mention r on r.mention_id = m.right_id
      where m.decision = 'possibly_same' and a.entity_id <> b.entity_id)
    select ${linkIdSql("'possibly_same'", 'from_id', 'to_id', "'derived'")}, 'possibly_same', from_id, to_id, null, null, min(known_at), 'derived',
      max(probability), count(*)::double, list_sort(list_distinct(flatten(list([left_row, right_row]))))[1:${LINK_ROWS_CAP}]
    from p group by from_id, to_id order by from_id, to_id`);
  const [n] = await db.rows<{ n: number }>(`select count(*) as n from link where kind = 'possibly_same'`);
  return n!.n;
}
