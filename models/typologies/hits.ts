import type { Database } from '../../ingest/tables/index.ts';
import type { Hit } from './episodes.ts';
import type { SignalRule } from './typology.ts';

/** A hit that a look-alike explains. */
export interface ExplainedHit {
  readonly hit: Hit;
  readonly lookAlike: string;
}

/** `all` = kept + aside + late + withoutSubject. */
export interface GatheredHits {
  readonly all: number;
  readonly kept: readonly Hit[];
  readonly aside: readonly ExplainedHit[];
  readonly late: number;
  readonly withoutSubject: number;
}

interface HitRow {
  readonly subject_id: string | null;
  readonly at: string;
  readonly until: string | null;
  readonly known_at: string;
  readonly value: number | null;
  readonly peer_low: number | null;
  readonly peer_high: number | null;
  readonly row_ids: readonly string[];
  readonly entity_ids: readonly (string | null)[] | null;
}

/** At most this many rows are cited by one hit; the earliest stay (rules list rows in order). */
const ROWS_MAX = 400;

/** Runs one rule and sorts what it yields.
 *  @param only  subjects whose hits are wanted; null = all. Complaints within a kilometre of every meter of a
 *  district are millions of hits, of use only to subjects that another rule found. */
export async function gatherHits(
  db: Database,
  rule: SignalRule,
  asOfMs: number,
  only: readonly string[] | null = null,
): Promise<GatheredHits> {
  const rows =
    only === null
      ? await db.rows<HitRow>(subjectOfHitsSql(rule.sql), rule.params)
      : await db.rows<HitRow>(
          subjectOfHitsSql(rule.sql, 'where s.subject_id in (select unnest($only_subjects::varchar[]))'),
          { ...rule.params, only_subjects: only },
        );
  const kept: Hit[] = [];
  const aside: ExplainedHit[] = [];
  let late = 0;
  let withoutSubject = 0;
  for (const row of rows) {
    const hit = _hitOf(rule, row);
    if (hit === null) withoutSubject++;
    else if (hit.knownAtMs > asOfMs) late++;
    else {
      const lookAlike = Object.entries(hit.against).find(([, holds]) => holds === true)?.[0];
      if (lookAlike === undefined) kept.push(hit);
      else aside.push({ hit, lookAlike });
    }
  }
  return { all: rows.length, kept, aside, late, withoutSubject };
}

/** Adds `subject_id`: the subject that the entity is a member of, else none. */
export function subjectOfHitsSql(sql: string, where = ''): string {
  return `with hits as (${sql})
    select s.subject_id, hits.* from hits
    left join (select member_id, min(subject_id) as subject_id from subject group by member_id) s on s.member_id = hits.subject_entity ${where}
    order by s.subject_id, hits.at, hits.until, hits.known_at, hits.row_ids`;
}

function _hitOf(rule: SignalRule, row: HitRow): Hit | null {
  if (row.subject_id === null || row.row_ids.length === 0) return null;
  const against: Record<string, boolean | null> = {};
  for (const [name, value] of Object.entries(row))
    if (name.startsWith('holds_')) against[name.slice(6).replaceAll('_', '-')] = value as boolean | null;
  const entityIds = (row.entity_ids ?? []).filter((e): e is string => e !== null);
  return {
    rule: rule.rule,
    subjectId: row.subject_id,
    atMs: Date.parse(row.at),
    untilMs: Date.parse(row.until ?? row.at),
    knownAtMs: Date.parse(row.known_at),
    value: _steady(row.value),
    peerLow: _steady(row.peer_low),
    peerHigh: _steady(row.peer_high),
    rowIds: [...new Set(row.row_ids)].slice(0, ROWS_MAX),
    entityIds: [...new Set(entityIds)],
    against,
  };
}

/** Twelve digits: sums over rows that threads took in another order differ in the last ones. */
function _steady(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(12));
}
