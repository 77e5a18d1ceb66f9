import type { FeatureBlock, FeatureContext, FeatureDefinition, FeatureFamily } from './feature.ts';
import { blockFrom, splitBy } from './block.ts';
import { DAYS_SINCE_SQL, LOOK_BACK_DAYS, WINDOWS, withinSql } from './windows.ts';

/** Kinds that other families read: an outcome is history, not activity. */
const ELSEWHERE = ['penalty', 'inspection'];

/** Past this many kinds the rarer ones are left out. */
const MAX_KINDS = 24;

/** Kinds with words of their own; any other kind speaks by its name. */
const WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  complaint: ['投诉', 'complaints'],
  complaint_verdict: ['投诉办结', 'closed complaints'],
  waste_shipment: ['危废转移', 'waste shipments'],
  waste_ledger: ['危废台账月报', 'monthly waste ledgers'],
  muck_trip: ['渣土运单', 'muck trips'],
  case: ['案件警情', 'police cases'],
};

/** Things that happened to the subject, by kind: complaints, manifests, trips, cases; how many, how lately, how much at night. */
export const EVENTS: FeatureFamily = {
  id: 'events',
  label: { zh: '投诉与活动', en: 'Complaints and activity' },
  needs: ['event', 'event_participant'],
  groups: [],
  async build(context) {
    const kinds = await _kinds(context);
    const each = splitBy(await context.db.columns(eventsSql(context.rowTable)), 'kind');
    return kinds.map((kind): FeatureBlock => {
      const answer = each.get(kind) ?? EMPTY;
      return blockFrom(answer, context, _features(kind));
    });
  },
};

const NUMBERS = { kind: 'number' as const, values: new Float64Array(0), valid: null };
const EMPTY = {
  rows: 0,
  data: Object.fromEntries(
    ['row', ...WINDOWS.map((d) => `n_${d}`), 'days_since', 'night_share', 'latest_known_at'].map((n) => [n, NUMBERS]),
  ),
};

/** One row per subject row and kind of event. Night is 22:00–05:00 in China. */
export function eventsSql(rowTable: string): string {
  const counts = WINDOWS.map((d) => `count(*) ${withinSql(d)} as n_${d}`).join(', ');
  const hour = `hour(f."at" + interval 8 hour)`;
  return `with facts as (
      select distinct m.subject_id, e.kind, e.event_id, e."at", greatest(e."at", e.known_at) as known_at
      from event e join event_participant p using (event_id) join feature_member m on m.member_id = p.entity_id
      where e."at" is not null and e.known_at is not null and e.kind not in (${ELSEWHERE.map((k) => `'${k}'`).join(', ')}))
    select r."row", f.kind, ${counts}, ${DAYS_SINCE_SQL} as days_since,
      count(*) filter (where ${hour} >= 22 or ${hour} < 5) / count(*) as night_share, max(f.known_at) as latest_known_at
    from ${rowTable} r join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of
      and f."at" > r.as_of - interval ${LOOK_BACK_DAYS} day
    group by r."row", f.kind`;
}

async function _kinds(context: FeatureContext): Promise<readonly string[]> {
  if (context.wanted !== null)
    return [...new Set(context.wanted.filter((f) => f.family === 'events').map((f) => f.group.slice('event:'.length)))];
  const found = await context.db.rows<{ kind: string }>(
    `select e.kind from event e join event_participant p using (event_id) join feature_member m on m.member_id = p.entity_id
     where e.known_at <= (select max(as_of) from ${context.rowTable}) and e.kind not in (${ELSEWHERE.map((k) => `'${k}'`).join(', ')}) group by e.kind order by count(*) desc, e.kind limit ${MAX_KINDS}`,
  );
  return found.map((r) => r.kind);
}

function _features(kind: string): { definition: FeatureDefinition; column: string; absent: number }[] {
  const [zh, en] = WORDS[kind] ?? [kind, `${kind} events`];
  const base = { family: 'events', group: `event:${kind}`, monotone: 0 } as const;
  const counts = WINDOWS.map((d) => ({
    definition: {
      ...base,
      id: `event_${kind}_n_${d}d`,
      label: { zh: `近${d}天${zh}数`, en: `${en}, last ${d} days` },
      explain: { zh: `近${d}天${zh} {value} 次`, en: `{value} ${en} in the last ${d} days` },
    },
    column: `n_${d}`,
    absent: 0,
  }));
  return [
    ...counts,
    {
      definition: {
        ...base,
        id: `event_${kind}_days_since`,
        label: { zh: `距最近${zh}天数`, en: `days since the last of ${en}` },
        explain: { zh: `最近一次${zh}距今 {value} 天`, en: `the last of its ${en} was {value} days ago` },
      },
      column: 'days_since',
      absent: Number.NaN,
    },
    {
      definition: {
        ...base,
        id: `event_${kind}_night_share`,
        label: { zh: `${zh}夜间占比`, en: `night share of ${en}` },
        explain: { zh: `${zh}夜间（22–5时）占比 {value}`, en: `share of its ${en} at night (22–05): {value}` },
      },
      column: 'night_share',
      absent: Number.NaN,
    },
  ];
}
