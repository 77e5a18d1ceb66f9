import type { Bilingual } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { LeadSummary } from './leads.ts';
import { subjectTownsSql } from './towns.ts';

/** A lead in the queue: with where it is, and its strongest reason in words. */
export interface LeadItem extends LeadSummary {
  readonly subjectId: string;
  /** Null for a subject without a fixed place (vehicles, ships). */
  readonly town: string | null;
  readonly because: Bilingual | null;
}

/** What a queue can be narrowed by. */
export const LEAD_FACETS = ['kind', 'town', 'typology', 'pick', 'grade'] as const;
export type LeadFacetName = (typeof LEAD_FACETS)[number];

/** The value wanted of each facet; null = any, `''` = those that have none. */
export type LeadFilter = Readonly<Record<LeadFacetName, string | null>>;

/** How many leads each value of a facet would leave, with the other filters kept. */
export interface LeadFacet {
  readonly value: string;
  readonly leads: number;
}

export interface LeadPage {
  /** Leads of the run. */
  readonly total: number;
  /** Leads that pass the filter; `leads` is a window of them. */
  readonly matching: number;
  readonly leads: readonly LeadItem[];
  readonly facets: Readonly<Record<LeadFacetName, readonly LeadFacet[]>>;
}

/** Every lead of the run by rank. Cost: a list's worth of rows, and each one's reasons parsed; a caller may keep it as long as the snapshot. */
export async function leadItems(db: Database): Promise<LeadItem[]> {
  const rows = await db.rows<
    Omit<LeadItem, 'because' | 'typologies'> & { typologies: string[] | null; reasons_json: string }
  >(
    `with wanted as (select lead_id, unnest(signal_ids) as signal_id from lead),
     kinds as (select w.lead_id, list(distinct s.typology order by s.typology) as typologies from wanted w join signal s on s.signal_id = w.signal_id group by w.lead_id)
     select l.lead_id as "leadId", l.rank, l.subject_id as "subjectId", l.kind, coalesce(e.pseudonym, e.label, l.subject_id) as label, l.probability, l.low, l.high,
       l.grade, l.confidence, l.pick, l.pick_chance as "pickChance", k.typologies, t.town, l.reasons_json
     from lead l left join entity e on e.entity_id = l.subject_id left join kinds k on k.lead_id = l.lead_id
       left join ${await subjectTownsSql(db)} t on t.subject_id = l.subject_id order by l.rank`,
  );
  return rows.map(({ reasons_json, typologies, ...row }) => ({
    ...row,
    typologies: typologies ?? [],
    because: strongestReason(JSON.parse(reasons_json) as ReasonText[]),
  }));
}

/** The leads that pass a filter, a window of them by rank, with the counts that its choices would leave. */
export function leadPage(
  items: readonly LeadItem[],
  filter: LeadFilter,
  window: { readonly top: number; readonly offset: number },
): LeadPage {
  const found = items.filter((i) => LEAD_FACETS.every((name) => _passes(i, name, filter)));
  const facets = Object.fromEntries(
    LEAD_FACETS.map((name) => {
      const others = LEAD_FACETS.filter((n) => n !== name);
      return [
        name,
        _facet(
          items.filter((i) => others.every((n) => _passes(i, n, filter))),
          name,
        ),
      ];
    }),
  ) as unknown as LeadPage['facets'];
  return {
    total: items.length,
    matching: found.length,
    leads: found.slice(window.offset, window.offset + window.top),
    facets,
  };
}

interface ReasonText {
  readonly id: string;
  readonly family: string;
  readonly direction: string;
  readonly text: Bilingual;
}

/** What a list says of a lead in one line: its strongest named signal, else its strongest reason for. */
export function strongestReason(reasons: readonly ReasonText[]): Bilingual | null {
  const speaking = reasons.filter((r) => r.direction === 'for' && r.family !== 'rest');
  const named = speaking.find((r) => r.family === 'signals' && r.id !== 'signal:any');
  return (named ?? speaking[0] ?? reasons[0])?.text ?? null;
}

function _values(item: LeadItem, name: LeadFacetName): readonly string[] {
  if (name === 'typology') return item.typologies.length === 0 ? [''] : item.typologies;
  return [item[name] ?? ''];
}

function _passes(item: LeadItem, name: LeadFacetName, filter: LeadFilter): boolean {
  const wanted = filter[name];
  return wanted === null || _values(item, name).includes(wanted);
}

function _facet(items: readonly LeadItem[], name: LeadFacetName): LeadFacet[] {
  const counts = new Map<string, number>();
  for (const item of items) for (const value of _values(item, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, leads]) => ({ value, leads }))
    .sort((a, b) => b.leads - a.leads || (a.value < b.value ? -1 : 1));
}
