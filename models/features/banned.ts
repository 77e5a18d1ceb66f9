import { InputError } from '../../ingest/base/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { quoteIdent } from '../../ingest/tables/index.ts';

/** Names that no feature may carry, with the reason. Persons' traits, reporters, who inspected; town and plate province are slices only (domain §4.3, §6.4). */
export const BANNED: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /(^|_)(legal_)?rep(_|$)|person|driver|owner_hash|(^|_)boss/, why: 'a trait of a natural person' },
  {
    pattern: /ethnic|relig|health|politic|gender|(^|_)sex(_|$)|birth|home_?town|native_place|id_hash|face/,
    why: 'a protected trait',
  },
  { pattern: /caller|reporter|complainant|informant/, why: 'who reported' },
  { pattern: /officer|inspector/, why: 'who inspects says nothing of what is inspected' },
  { pattern: /(^|_)town(ship)?(_|$)|plate_province|(^|_)province/, why: 'a fairness slice, never a feature' },
];

/** Why a name may not be a feature; null when it may. `extra` are names or globs (`outcome_*`) banned by the task. */
export function bannedReason(name: string, extra: readonly string[] = []): string | null {
  for (const { pattern, why } of BANNED) if (pattern.test(name.toLowerCase())) return why;
  return extra.some((glob) => _matches(glob, name)) ? 'banned by the task' : null;
}

/** Refuses names that no feature may carry.
 *  @throws InputError `banned-feature` naming each one and why */
export function refuseBanned(where: string, names: readonly string[], extra: readonly string[] = []): void {
  const found = names.flatMap((name) => {
    const why = bannedReason(name, extra);
    return why === null ? [] : [`"${name}" (${why})`];
  });
  if (found.length > 0)
    throw new InputError('banned-feature', `${where}: not allowed as features: ${found.join(', ')}; remove them`, {
      found,
    });
}

/** Refuses rows whose subject is a natural person.
 *  @throws InputError `person-subject` with how many and the first */
export async function refusePersons(db: Database, rowTable: string): Promise<void> {
  if (!(await db.has('entity'))) return;
  const found = await db.rows<{ subject_id: string; n: number }>(
    `select min(r.subject_id) as subject_id, count(distinct r.subject_id) as n
     from ${quoteIdent(rowTable)} r join entity e on e.entity_id = r.subject_id where e.kind = 'person' having count(*) > 0`,
  );
  if (found.length === 0) return;
  const { n, subject_id } = found[0]!;
  throw new InputError(
    'person-subject',
    `buildFeatures: ${n} subjects are natural persons (first ${subject_id}); persons are never scored, remove them`,
    { n, subject_id },
  );
}

function _matches(glob: string, name: string): boolean {
  const parts = glob.split('*').map((p) => p.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}
