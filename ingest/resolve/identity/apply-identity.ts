import type { TextColumn } from '../../base/index.ts';
import { type Database, quoteText } from '../../tables/index.ts';
import type { Rulings } from '../judgement/index.ts';
import { type Overlap, assignIds } from './assign-ids.ts';
import { type EntityChange, entityChanges } from './changes.ts';

export interface IdentityOptions {
  readonly runId: string;
  readonly rulings: Rulings;
  /** Secret behind the pseudonyms of persons. */
  readonly pseudonymKey: string;
}

/** Entities that kept the id of the run before, were new, merged, split or went. */
export interface IdentityReport {
  readonly kept: number;
  readonly fresh: number;
  readonly merged: number;
  readonly split: number;
  readonly gone: number;
}

/** Gives the entities of this run the ids they had in `_before` (see `assignIds`) in `entity` and `entity_mention`, and appends merges, splits and
 *  disappearances to `entity_change`, with the reason. Run before `entity_key` is written. */
export async function applyIdentity(db: Database, o: IdentityOptions): Promise<IdentityReport> {
  const overlaps = await db.rows<Overlap>(
    `select e.kind, b.entity_id as "before", e.entity_id as "now", count(*) as mentions from entity_mention e
      join _before b on b.mention_id = e.mention_id and b.kind = e.kind group by all order by all`,
  );
  const now = await db.rows<{ id: string }>('select distinct entity_id as id from entity_mention order by 1');
  const before = await db.rows<{ kind: string; id: string }>(
    'select distinct kind, entity_id as id from _before order by all',
  );
  const ids = assignIds(
    overlaps,
    now.map((n) => n.id),
    new Set(before.map((b) => b.id)),
  );
  await _rename(db, ids, o.pseudonymKey);
  const named = overlaps.map((p) => ({ ...p, now: ids.get(p.now)! }));
  const changes = entityChanges(named, before);
  await _log(db, changes, o);
  await db.run('drop table if exists _before');
  const met = new Set(overlaps.map((p) => p.now));
  const of = (change: string): number => changes.filter((c) => c.change === change).length;
  return {
    kept: met.size,
    fresh: ids.size - met.size,
    merged: of('merged'),
    split: of('split'),
    gone: of('gone'),
  };
}

async function _rename(db: Database, ids: ReadonlyMap<string, string>, pseudonymKey: string): Promise<void> {
  const changed = [...ids].filter(([own, given]) => own !== given);
  if (changed.length === 0) return;
  const text = (at: 0 | 1): TextColumn => ({ kind: 'text', values: changed.map((c) => c[at]) });
  await db.tableFrom('_rename', { rows: changed.length, data: { own: text(0), given: text(1) } });
  const given = 'coalesce(r.given, e.entity_id)';
  await db.run(
    `create or replace temp table _em as select ${given} as entity_id, e.mention_id, e.kind from entity_mention e left join _rename r on r.own = e.entity_id`,
  );
  const alias = `'人员-' || upper(left(sha256(${quoteText(`${pseudonymKey}\u0001`)} || ${given}), 8))`;
  await db.run(
    `create or replace temp table _e as select e.* replace (${given} as entity_id,
      case when e.kind = 'person' then ${alias} else e.label end as label, case when e.kind = 'person' then ${alias} else e.pseudonym end as pseudonym)
      from entity e left join _rename r on r.own = e.entity_id`,
  );
  await db.run('delete from entity_mention');
  await db.run('insert into entity_mention select * from _em order by kind, entity_id, mention_id');
  await db.run('delete from entity');
  await db.run('insert into entity select * from _e order by kind, entity_id');
  for (const t of ['_rename', '_em', '_e']) await db.run(`drop table if exists ${t}`);
}

/** Appends the changes with why: a judgement that binds records on both sides, else a record that is no longer there, else new records, else the
 *  rules or settings, since nothing else is left. */
async function _log(db: Database, changes: readonly EntityChange[], o: IdentityOptions): Promise<void> {
  if (changes.length === 0) return;
  const touched = [...new Set(changes.flatMap((c) => [...c.from, ...c.into]))].sort();
  const rows = await db.rows<{ id: string; mention: string; isNew: boolean; isGone: boolean }>(
    `select coalesce(e.entity_id, b.entity_id) as id, coalesce(e.mention_id, b.mention_id) as mention, b.mention_id is null as "isNew", e.mention_id is null as "isGone"
      from (select * from entity_mention where entity_id in (select unnest($ids))) e
      full join (select * from _before where entity_id in (select unnest($ids))) b on b.mention_id = e.mention_id order by all`,
    { ids: touched },
  );
  const facts = new Map<string, { fresh: boolean; lost: boolean }>();
  for (const r of rows) {
    const f = facts.get(r.id) ?? { fresh: false, lost: false };
    facts.set(r.id, { fresh: f.fresh || r.isNew, lost: f.lost || r.isGone });
  }
  const judged = await _judgementsOf(db, o.rulings);
  for (const c of changes) {
    const ids = new Set([...c.from, ...c.into]);
    const kinds = c.change === 'merged' ? judged.same : judged.different;
    const by = c.change === 'gone' ? [] : kinds.filter((j) => j.entities.some((e) => ids.has(e))).map((j) => j.id);
    const some = (of: 'fresh' | 'lost'): boolean => [...ids].some((i) => facts.get(i)?.[of] === true);
    const why =
      by.length > 0
        ? 'judgement'
        : c.change === 'gone' || (c.change === 'split' && some('lost'))
          ? 'removed record'
          : some('fresh')
            ? 'new evidence'
            : some('lost')
              ? 'removed record'
              : 'rules or settings';
    await db.run(
      'insert into entity_change values ($run, $kind, $change, $entity, $from, $into, $why, $by, $mentions)',
      {
        run: o.runId,
        kind: c.kind,
        change: c.change,
        entity: c.entityId,
        from: [...c.from],
        into: [...c.into],
        why,
        by,
        mentions: c.mentions,
      },
    );
  }
}

interface JudgedEntities {
  readonly id: string;
  readonly entities: readonly string[];
}

/** The entities that each obeyed judgement's records are in now. */
async function _judgementsOf(
  db: Database,
  rulings: Rulings,
): Promise<{ same: JudgedEntities[]; different: JudgedEntities[] }> {
  const ids = [...new Set([...rulings.same, ...rulings.different].flatMap((r) => [r.left, r.right]))].sort();
  if (ids.length === 0) return { same: [], different: [] };
  const found = await db.rows<{ m: string; e: string }>(
    'select mention_id as m, entity_id as e from entity_mention where mention_id in (select unnest($ids)) order by all',
    { ids },
  );
  const of = new Map(found.map((f) => [f.m, f.e]));
  const list = (rows: Rulings['same']): JudgedEntities[] =>
    rows.map((r) => ({ id: r.judgementId, entities: [of.get(r.left)!, of.get(r.right)!] }));
  return { same: list(rulings.same), different: list(rulings.different) };
}
