import type { Database } from '../tables/index.ts';

/** Firms that one phone may serve before it counts as a hub: a book-keeping shop's number is on hundreds of firms and ties none of them. */
export const PHONE_DEGREE_CAP = 8;

/** Damps phones that more than {@link PHONE_DEGREE_CAP} firms share: the weight of each of their `contact_of` links becomes
 *  weight × cap / degree, so that walks and features hardly pass through them. No link is dropped. @returns phones damped */
export async function dampPhoneHubs(db: Database): Promise<number> {
  await db.run(`create or replace temp table hub as
    select from_id as phone, count(distinct to_id) as degree from link where kind = 'contact_of' and from_id like 'phone:%' group by from_id
    having count(distinct to_id) > ${PHONE_DEGREE_CAP}`);
  await db.run(`update link set weight = round(weight * ${PHONE_DEGREE_CAP} / hub.degree, 9) from hub
    where link.kind = 'contact_of' and link.from_id = hub.phone`);
  const [n] = await db.rows<{ n: number }>('select count(*) as n from hub');
  await db.run('drop table hub');
  return n!.n;
}
