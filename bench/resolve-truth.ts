import { join } from 'node:path';
import { evaluateClusters } from '../ingest/resolve/index.ts';
import type { SourceDescription } from '../ingest/schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../ingest/tables/index.ts';

/** One kind of entity of a district against its truth. */
export interface KindScore {
  readonly kind: string;
  readonly mentions: number;
  readonly precision: number;
  readonly recall: number;
  readonly b3F1: number;
}

const KINDS = ['company', 'site', 'vehicle', 'ship', 'person'] as const;

/** Grades the entities of a snapshot by the district's `gt_alias`: a mention's truth is that of its row and role; a mention made of many rows is graded by its first.
 *  Sites are graded where the truth names a place (not the haulier behind it), with and without places told by complainants.
 *  @param db  a snapshot opened for writing temp tables, with `src_*`, `mention`, `entity_mention` */
export async function gradeEntities(
  db: Database,
  truth: string,
  descriptions: readonly SourceDescription[],
): Promise<KindScore[]> {
  await db.run(`create temp table _gt as select * from ${quoteText(join(truth, 'gt_alias.parquet'))}`);
  await db.run('create temp table _label (mention_id varchar, entity varchar, kind varchar, source varchar)');
  for (const d of descriptions) await _label(db, d);
  await db.run(
    `delete from _label where kind = 'site' and not (entity like 'meter:%' or entity like 'element:%' or length(entity) > 18)`,
  );
  const out: KindScore[] = [];
  for (const kind of KINDS) out.push(await _score(db, kind, kind, 'true'));
  out.push(await _score(db, 'site', 'site, complaints left out', `source <> 'hot_ticket'`));
  for (const t of ['_gt', '_label']) await db.run(`drop table ${t}`);
  return out;
}

async function _label(db: Database, d: SourceDescription): Promise<void> {
  const columns = await db.rows<{ name: string; type: string }>(
    'select column_name as name, data_type as type from information_schema.columns where table_name = $t',
    { t: `src_${d.id}` },
  );
  if (columns.length === 0) return;
  for (const how of ['china', 'utc', 'month'] as const) {
    const key = d.key.map((k) => _keyText(k, columns.find((c) => c.name === k)?.type ?? '', how)).join(` || '|' || `);
    await db.run(
      `insert into _label select m.mention_id, min(g.entity), min(m.kind), min(m.source)
        from (select row_id, ${key} as row_key from ${quoteIdent(`src_${d.id}`)}) s
        join _gt g on g.source = ${quoteText(d.id)} and g.row_key = s.row_key
        join mention m on m.row_id = s.row_id and m.source = ${quoteText(d.id)} and m.role = g.role
        where m.mention_id not in (select mention_id from _label) and (m.mention_id not like '%#%#%' or m.plate is null or m.mention_id like ${quoteText(`${d.id}#%`)} or g.value = m.plate)
        group by m.mention_id`,
    );
  }
}

/** A key column as the truth may write it: China time, UTC or months; days. */
function _keyText(name: string, type: string, how: 'china' | 'utc' | 'month'): string {
  const id = quoteIdent(name);
  if (type === 'DATE') return how === 'month' ? `strftime(${id}, '%Y-%m')` : `strftime(${id}, '%Y-%m-%d')`;
  if (type.startsWith('TIMESTAMP'))
    return `strftime(${id}${how === 'china' ? ' + interval 8 hour' : ''}, '%Y-%m-%d %H:%M:%S')`;
  return `${id}::varchar`;
}

async function _score(db: Database, kind: string, title: string, where: string): Promise<KindScore> {
  const rows = await db.rows<{ m: string; t: string; p: string }>(
    `select l.mention_id as m, l.entity as t, e.entity_id as p from _label l join entity_mention e on e.mention_id = l.mention_id
      where l.kind = ${quoteText(kind)} and ${where} order by m`,
  );
  const s = evaluateClusters(new Map(rows.map((r) => [r.m, r.p])), new Map(rows.map((r) => [r.m, r.t])));
  return { kind: title, mentions: s.items, precision: s.precision, recall: s.recall, b3F1: s.b3.f1 };
}
