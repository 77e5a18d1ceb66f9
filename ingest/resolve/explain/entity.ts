import { InputError } from '../../base/index.ts';
import type { Database } from '../../tables/index.ts';
import { type ClusterPair, type WeakLink, weakLinks } from './weak-links.ts';

/** One original record behind an entity, values as its source wrote them (cleaned); absent fields are left out. */
export interface OriginalRecord {
  readonly mentionId: string;
  readonly source: string;
  readonly rowId: string | null;
  readonly role: string;
  readonly knownAt: string | null;
  readonly values: Readonly<Record<string, unknown>>;
}

/** A record that may be the same as one of the entity's, kept apart from it. */
export interface PossiblySame {
  readonly mine: string;
  readonly other: string;
  readonly otherEntity: string;
  readonly probability: number;
  readonly weight: number;
}

/** An entity taken apart again: everything that went into it, what holds it together, what was left out. */
export interface EntityParts {
  readonly entityId: string;
  readonly kind: string;
  readonly records: readonly OriginalRecord[];
  readonly weakLinks: readonly WeakLink[];
  readonly possiblySame: readonly PossiblySame[];
}

const BOOKKEEPING = ['mention_id', 'source', 'row_id', 'role', 'kind', 'known_at', 'event_at', 'rows_count'];

/** Every original value of an entity with its source, its weakest links and what may belong to it: a merge loses nothing.
 *  @throws InputError `no-such-entity` */
export async function entityParts(db: Database, entityId: string): Promise<EntityParts> {
  const rows = await db.rows<Record<string, unknown>>(
    'select m.* from entity_mention e join mention m on m.mention_id = e.mention_id where e.entity_id = $id order by m.mention_id',
    { id: entityId },
  );
  if (rows.length === 0)
    throw new InputError('no-such-entity', `entityParts: no entity "${entityId}" in this snapshot`, { entityId });
  const kind = rows[0]!['kind'] as string;
  const [model] = await db.rows<{ threshold: number | null }>(
    'select min(threshold) as threshold from match_model where kind = $kind',
    { kind },
  );
  const pairs = await db.rows<ClusterPair>(
    `select left_id as "left", right_id as "right", weight from match where kind = $kind and decision = 'same'
      and left_id in (select mention_id from entity_mention where entity_id = $id) order by all`,
    { kind, id: entityId },
  );
  const ends = [...new Set(pairs.flatMap((p) => [p.left, p.right]))].sort();
  return {
    entityId,
    kind,
    records: rows.map(_original),
    weakLinks: weakLinks(ends, pairs, { threshold: model?.threshold ?? 0 }),
    possiblySame: await _possibly(db, kind, entityId),
  };
}

function _original(row: Record<string, unknown>): OriginalRecord {
  const text = (field: string): string | null => (typeof row[field] === 'string' ? row[field] : null);
  const values = Object.entries(row).filter(([k, v]) => v !== null && !BOOKKEEPING.includes(k));
  return {
    mentionId: text('mention_id') ?? '',
    source: text('source') ?? '',
    rowId: text('row_id'),
    role: text('role') ?? '',
    knownAt: text('known_at'),
    values: Object.fromEntries(values),
  };
}

async function _possibly(db: Database, kind: string, id: string): Promise<PossiblySame[]> {
  return db.rows<PossiblySame>(
    `with p as (select left_id as mine, right_id as other, probability, weight from match where kind = $kind and decision = 'possibly_same'
      union all select right_id, left_id, probability, weight from match where kind = $kind and decision = 'possibly_same')
      select p.mine, p.other, o.entity_id as "otherEntity", p.probability, p.weight from p
      join entity_mention e on e.mention_id = p.mine and e.entity_id = $id join entity_mention o on o.mention_id = p.other
      where o.entity_id <> $id order by p.weight desc, p.mine, p.other`,
    { kind, id },
  );
}
