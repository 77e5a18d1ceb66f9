import type { Database } from '../tables/index.ts';

/** Fills `subject`: what may be ranked. A company with the sites it operates is one; a site goes to the operator named last (ties: by more rows,
 *  then the lower id). A site without operator is its own if something names it (a number or a name, not a complaint's place alone) or a check was
 *  about it; each vehicle and ship is its own; any other thing that a check was about (an inspection, a case) is an `event`. Never a person.
 *  Needs `entity`, `link`, `outcome_part`. @returns subjects by kind */
export async function addSubjects(db: Database): Promise<Record<string, number>> {
  await db.run(`insert into subject
    with operated as (
      select to_id as site, from_id as company, row_number() over (partition by to_id order by valid_from desc nulls last, weight desc, from_id) as nth
      from link join entity c on c.entity_id = from_id and c.kind = 'company' join entity s on s.entity_id = to_id and s.kind = 'site'
      where link.kind = 'operates'),
    named as (
      select distinct e.entity_id from entity_mention e join mention m using (mention_id)
      where m.kind = 'site' and coalesce(m.permit_no, m.site_code, m.meter_no, m.mn, m.key, m.name) is not null
      union select entity_id from outcome_part),
    members as (
      select entity_id as subject_id, 'company' as kind, entity_id as member_id from entity where kind = 'company'
      union all select company, 'company', site from operated where nth = 1
      union all select entity_id, 'site', entity_id from entity
        where kind = 'site' and entity_id in (select entity_id from named) and entity_id not in (select site from operated)
      union all select entity_id, kind, entity_id from entity where kind in ('vehicle', 'ship')
      union all select distinct entity_id, 'event', entity_id from outcome_part where kind not in ('company', 'site', 'vehicle', 'ship', 'person'))
    select subject_id, kind, member_id from members order by subject_id, member_id`);
  const counts = await db.rows<{ kind: string; n: number }>(
    'select kind, count(distinct subject_id) as n from subject group by kind order by kind',
  );
  return Object.fromEntries(counts.map((c) => [c.kind, c.n]));
}
