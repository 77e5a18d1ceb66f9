import type { Database } from '../../ingest/tables/index.ts';

/** What became known since a day, by channel and verdict: what a retraining learns that the last one could not. */
export interface ClosedSince {
  readonly channel: string;
  readonly verdict: string;
  readonly outcomes: number;
  readonly subjects: number;
}

export function closedSinceSql(since: number): { sql: string; params: Record<string, string> } {
  return {
    sql: `select coalesce(channel, '?') as channel, verdict, count(*)::integer as outcomes, count(distinct subject_id)::integer as subjects
      from outcome where known_at >= $since::timestamp group by all order by channel, verdict`,
    params: { since: new Date(since).toISOString() },
  };
}

/** Outcomes of the snapshot known on or after a moment (ms UTC). */
export function closedSince(db: Database, since: number): Promise<readonly ClosedSince[]> {
  const { sql, params } = closedSinceSql(since);
  return db.rows<ClosedSince>(sql, params);
}
