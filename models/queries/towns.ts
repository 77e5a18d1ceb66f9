import { type Database } from '../../ingest/tables/index.ts';

/** Sources name one town in several ways (东林, 东林镇). SQL of a table expression `(said, town)`: each spelling met in `entity` and the name by which the
 *  workspace's own layer knows the town; a spelling that the layer does not know stands for itself. */
export async function townNamesSql(db: Database): Promise<string> {
  return townNamesFromSql(await db.has('src_geo_element'));
}

/** The same, where one knows whether the workspace has the layer. */
export function townNamesFromSql(hasLayer: boolean): string {
  const said = 'select distinct town as said from entity where town is not null';
  if (!hasLayer) return `(select said, said as town from (${said}))`;
  const stem = (column: string): string => `regexp_replace(${column}, '(街道|镇|乡)$', '')`;
  return `(select s.said, coalesce(min(g.name), s.said) as town from (${said}) s
    left join src_geo_element g on g.kind = 'town' and ${stem('g.name')} = ${stem('s.said')} group by s.said)`;
}

/** SQL of a table expression `(subject_id, town)`: where a subject is, by itself or by the first of its sites; vehicles and ships have none. */
export async function subjectTownsSql(db: Database): Promise<string> {
  const names = await townNamesSql(db);
  return `(select l.subject_id, coalesce(min(own.town), min(part.town)) as town from lead l
    left join entity e on e.entity_id = l.subject_id left join ${names} own on own.said = e.town
    left join subject s on s.subject_id = l.subject_id left join entity m on m.entity_id = s.member_id and m.kind = 'site'
    left join ${names} part on part.said = m.town group by l.subject_id)`;
}
