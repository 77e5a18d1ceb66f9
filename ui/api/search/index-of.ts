import { textsOf, numbersOf } from '../../../ingest/base/index.ts';
import type { Database } from '../../../ingest/tables/index.ts';
import { type NameIndex, NameIndexBuilder } from './name-index.ts';

const _indexes = new WeakMap<Database, Promise<NameIndex>>();

/** The names of a snapshot, read at the first question and kept as long as it is served. */
export function indexOf(db: Database): Promise<NameIndex> {
  const known = _indexes.get(db);
  if (known !== undefined) return known;
  const reading = readNames(db);
  _indexes.set(db, reading);
  reading.catch(() => _indexes.delete(db));
  return reading;
}

/** Rows brought over at a time. */
const _SLICE = 200_000;

/** Persons are found by pseudonym alone, phones by nothing but their mark: no name or number of theirs is in the index. */
export function namesSql(): string {
  return `select e.entity_id as id, e.kind, e.town, coalesce(e.mentions, 0)::double as mentions,
    coalesce(case when e.kind = 'person' then e.pseudonym else e.label end, e.entity_id) as label,
    coalesce(k.keys, '') as keys
    from (select *, row_number() over (order by entity_id) as n from entity) e
    left join (select entity_id, string_agg(distinct key, chr(10) order by key) as keys from entity_key
      where kind not in ('person', 'phone') and key_kind not in ('plate_class') group by entity_id) k using (entity_id)
    where e.n > $after and e.n <= $upto order by e.n`;
}

export async function readNames(db: Database): Promise<NameIndex> {
  const builder = new NameIndexBuilder();
  for (let after = 0; ; after += _SLICE) {
    const slice = await db.columns(namesSql(), { after, upto: after + _SLICE });
    const [ids, kinds, towns] = [textsOf(slice, 'id'), textsOf(slice, 'kind'), textsOf(slice, 'town')];
    const [labels, keys] = [textsOf(slice, 'label'), textsOf(slice, 'keys')];
    const mentions = numbersOf(slice, 'mentions').values;
    for (let i = 0; i < slice.rows; i++) {
      const texts = [labels[i]!, ...keys[i]!.split('\n')];
      builder.add({ id: ids[i]!, kind: kinds[i] ?? '', town: towns[i] ?? null, mentions: mentions[i]!, texts });
    }
    if (slice.rows < _SLICE) return builder.done();
  }
}
