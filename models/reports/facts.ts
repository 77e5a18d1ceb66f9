import { chinaTime } from '../../ingest/base/index.ts';
import type { Bilingual, ColumnDescription, SourceDescription } from '../../ingest/schema/index.ts';
import { type Database, quoteIdent } from '../../ingest/tables/index.ts';
import type { Against, LawMatter, Reason } from '../leads/explanation.ts';
import { type LeadDetail, leadDetail } from '../queries/index.ts';

/** A cited row of a department's table, as a report may show it: personal columns never leave the warehouse. */
export interface EvidenceRow {
  readonly rowId: string;
  readonly mark: string;
  readonly source: string;
  readonly title: Bilingual;
  readonly department: string;
  readonly atMs: number | null;
  readonly at: string;
  /** `column=value` of the columns that may be shown, shortened; columns by the department's own header in Chinese. */
  readonly summary: Bilingual;
}

export interface SignalFact {
  readonly signalId: string;
  readonly mark: string;
  readonly typology: string;
  readonly rule: string;
  readonly atMs: number;
  readonly at: string;
  readonly strength: number;
  readonly value: number | null;
  readonly unit: string | null;
  readonly peerLow: number | null;
  readonly peerHigh: number | null;
  readonly rowIds: readonly string[];
  readonly entityIds: readonly string[];
}

export interface EntityFact {
  readonly id: string;
  readonly kind: string;
  /** Pseudonym for a person. */
  readonly label: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly town: string | null;
}

export interface LinkFact {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly origin: string;
  readonly probability: number | null;
  readonly weight: number;
}

/** Everything a report says, gathered once; the sections only word it. */
export interface ReportFacts {
  readonly lead: LeadDetail;
  readonly reasons: readonly Reason[];
  readonly against: readonly Against[];
  readonly law: readonly LawMatter[];
  readonly subject: EntityFact;
  readonly members: readonly EntityFact[];
  readonly properties: readonly {
    readonly property: string;
    readonly value: string;
    readonly rowId: string;
    readonly mark: string;
  }[];
  readonly rows: readonly EvidenceRow[];
  readonly signals: readonly SignalFact[];
  readonly entities: readonly EntityFact[];
  readonly links: readonly LinkFact[];
}

const MAX_ROWS = 40;
const MAX_NODES = 18;
/** Relations that are many and say little alone; they fill the excerpt last. */
const BULK_LINKS =
  "('seen_at', 'stopped_at', 'within', 'located_at', 'part_of', 'origin_of', 'carrier_of', 'receiver_of', 'carried_by', 'inspected', 'complained_about')";

/** Gathers the facts of one lead. @throws InputError `no-such-lead` */
export async function reportFacts(
  db: Database,
  leadId: string,
  descriptions: readonly SourceDescription[],
): Promise<ReportFacts> {
  const lead = await leadDetail(db, leadId);
  const rowIds = [...new Set(lead.rowIds)].slice(0, MAX_ROWS);
  const rows = await evidenceRows(db, rowIds, descriptions);
  const memberIds = (
    await db.rows<{ id: string }>('select distinct member_id as id from subject where subject_id = $s order by 1', {
      s: lead.subjectId,
    })
  ).map((r) => r.id);
  const signals = await _signals(db, lead.signalIds);
  const centre = [...new Set([lead.subjectId, ...memberIds, ...signals.flatMap((s) => s.entityIds)])];
  const links = await _links(db, centre);
  const nodeIds = _nodesOf([lead.subjectId, ...memberIds], links).slice(0, MAX_NODES);
  const entities = await _entities(db, [...new Set([...nodeIds, lead.subjectId])]);
  const known = new Map(entities.map((e) => [e.id, e]));
  const subject = known.get(lead.subjectId) ?? {
    id: lead.subjectId,
    kind: lead.kind,
    label: lead.label,
    lon: null,
    lat: null,
    town: null,
  };
  return {
    lead,
    reasons: lead.reasons as Reason[],
    against: lead.against as Against[],
    law: lead.law as LawMatter[],
    subject,
    members: memberIds
      .filter((id) => id !== lead.subjectId)
      .map((id) => known.get(id))
      .filter((e) => e !== undefined),
    properties: await _properties(db, lead.subjectId, memberIds),
    rows,
    signals,
    entities,
    links: links.filter((l) => known.has(l.from) && known.has(l.to)),
  };
}

/** Cited rows with what may be shown of them, in time order; marks R1, R2 … follow that order. */
export async function evidenceRows(
  db: Database,
  rowIds: readonly string[],
  descriptions: readonly SourceDescription[],
): Promise<EvidenceRow[]> {
  const found: Omit<EvidenceRow, 'mark'>[] = [];
  const sources = [...new Set(rowIds.map((id) => id.split(':')[0]!))].sort();
  for (const source of sources) {
    const description = descriptions.find((d) => d.id === source);
    if (description === undefined || !(await db.has(`src_${source}`))) continue;
    const shown = description.columns.filter((c) => c.personal !== true && c.kind !== 'drop' && c.kind !== 'hash');
    const rows = await db.rows<Record<string, unknown>>(
      `select * from ${quoteIdent(`src_${source}`)} where row_id in (select unnest(from_json($ids, '["varchar"]'))) order by row_id`,
      { ids: JSON.stringify(rowIds.filter((id) => id.startsWith(`${source}:`))) },
    );
    for (const row of rows) {
      const at = typeof row['event_at'] === 'string' ? Date.parse(row['event_at']) : null;
      found.push({
        rowId: String(row['row_id']),
        source,
        title: description.title,
        department: description.department,
        atMs: at,
        at: at === null ? '—' : chinaTime(at),
        summary: { zh: _summary(row, shown, 'zh'), en: _summary(row, shown, 'en') },
      });
    }
  }
  found.sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0) || (a.rowId < b.rowId ? -1 : 1));
  return found.map((r, i) => ({ ...r, mark: `R${i + 1}` }));
}

/** Hides what can name a person in free text: mobile numbers and resident-identity numbers. */
export function withoutPersonNumbers(text: string): string {
  return text
    .replace(/(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])/g, '〔证件号已隐〕')
    .replace(/(?<![0-9A-Za-z])1\d{10}(?![0-9A-Za-z])/g, '〔电话已隐〕');
}

function _summary(row: Record<string, unknown>, shown: readonly ColumnDescription[], language: 'zh' | 'en'): string {
  const header = (c: ColumnDescription): string =>
    language === 'en' ? c.name : typeof c.header === 'string' ? c.header : (c.header?.[0] ?? c.name);
  const parts = shown
    .filter((c) => row[c.name] !== null && row[c.name] !== undefined && row[c.name] !== '')
    .map((c) => `${header(c)}=${_short(row[c.name])}`);
  return withoutPersonNumbers(parts.slice(0, 12).join(language === 'zh' ? '；' : '; '));
}

function _short(value: unknown): string {
  if (typeof value === 'number') return String(Math.round(value * 1000) / 1000);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? chinaTime(Date.parse(text)) : text;
  return moment.length > 60 ? `${moment.slice(0, 59)}…` : moment;
}

async function _signals(db: Database, ids: readonly string[]): Promise<SignalFact[]> {
  const rows = await db.rows<{
    signal_id: string;
    typology: string;
    rule: string;
    at: string;
    strength: number;
    value: number | null;
    unit: string | null;
    peer_low: number | null;
    peer_high: number | null;
    row_ids: string[];
    entity_ids: string[];
  }>(
    `select * from signal where signal_id in (select unnest(from_json($ids, '["varchar"]'))) order by "at", signal_id`,
    { ids: JSON.stringify(ids) },
  );
  return rows.map((r, i) => ({
    signalId: r.signal_id,
    mark: `S${i + 1}`,
    typology: r.typology,
    rule: r.rule,
    atMs: Date.parse(r.at),
    at: chinaTime(Date.parse(r.at)),
    strength: r.strength,
    value: r.value,
    unit: r.unit,
    peerLow: r.peer_low,
    peerHigh: r.peer_high,
    rowIds: r.row_ids ?? [],
    entityIds: r.entity_ids ?? [],
  }));
}

async function _links(db: Database, centre: readonly string[]): Promise<LinkFact[]> {
  return db.rows<LinkFact>(
    `with c as (select unnest(from_json($ids, '["varchar"]')) as id),
     found as (select kind, from_id as "from", to_id as "to", min(origin) as origin, max(probability) as probability, sum(weight) as weight from link
       where from_id in (select id from c) or to_id in (select id from c) group by kind, from_id, to_id)
     select * from found order by (kind in ${BULK_LINKS}), weight desc, kind, "from", "to" limit 40`,
    { ids: JSON.stringify(centre) },
  );
}

/** The middle of the excerpt and what the strongest links reach; a signal's entity without any link among these is left to its row. */
function _nodesOf(subjectIds: readonly string[], links: readonly LinkFact[]): string[] {
  return [...new Set([...subjectIds.slice(0, MAX_NODES / 3), ...links.flatMap((l) => [l.from, l.to])])];
}

async function _entities(db: Database, ids: readonly string[]): Promise<EntityFact[]> {
  return db.rows<EntityFact>(
    `select entity_id as id, kind, coalesce(pseudonym, label, entity_id) as label, lon, lat, town from entity
     where entity_id in (select unnest(from_json($ids, '["varchar"]'))) order by entity_id`,
    { ids: JSON.stringify(ids) },
  );
}

async function _properties(
  db: Database,
  subjectId: string,
  members: readonly string[],
): Promise<ReportFacts['properties']> {
  const rows = await db.rows<{ property: string; value: string; row_id: string }>(
    `select property, value, min(row_id) as row_id from statement where entity_id in (select unnest(from_json($ids, '["varchar"]')))
     and property not in ('person_hash', 'phone_hash', 'legal_rep', 'rep') group by property, value order by property, value limit 24`,
    { ids: JSON.stringify([subjectId, ...members]) },
  );
  return rows.map((r, i) => ({
    property: r.property,
    value: withoutPersonNumbers(r.value),
    rowId: r.row_id,
    mark: `P${i + 1}`,
  }));
}
