import type { Bilingual } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import { type LawReference, lawFor } from '../law/index.ts';
import { TYPOLOGIES, type Typology, parametersOf } from '../typologies/index.ts';
import { leadDetail } from './leads.ts';

/** One finding that stands behind a lead, in words: its value beside its peers' and the rows it rests on. */
export interface LeadSignal {
  readonly signalId: string;
  readonly typology: string;
  readonly rule: string;
  readonly ruleTitle: Bilingual;
  readonly at: string;
  readonly knownAt: string;
  readonly strength: number;
  readonly value: number | null;
  readonly unit: string | null;
  readonly peerLow: number | null;
  readonly peerHigh: number | null;
  readonly rowIds: readonly string[];
  readonly entityIds: readonly string[];
}

/** A typology that a lead touches: its name, the law by date of conduct, the evidence a case would need. */
export interface LeadMatter {
  readonly typology: string;
  readonly title: Bilingual;
  readonly conductFrom: string | null;
  readonly conductTo: string | null;
  readonly law: readonly {
    readonly name: Bilingual;
    readonly law: string;
    readonly articles: readonly string[];
    readonly grade: string;
    readonly note: string | null;
    readonly later: boolean;
  }[];
  readonly notes: readonly Bilingual[];
  readonly evidence: readonly { readonly id: string; readonly text: Bilingual; readonly from: readonly string[] }[];
}

interface Row extends Omit<LeadSignal, 'ruleTitle'> {}

/** Every signal of a lead in time order. @throws InputError `no-such-lead` */
export async function leadSignals(db: Database, leadId: string): Promise<LeadSignal[]> {
  const lead = await leadDetail(db, leadId);
  const rows = await db.rows<Row>(
    `select signal_id as "signalId", typology, rule, "at" as "at", known_at as "knownAt", strength, value, unit, peer_low as "peerLow", peer_high as "peerHigh",
     row_ids as "rowIds", entity_ids as "entityIds" from signal where signal_id in (select unnest(from_json($ids, '["varchar"]'))) order by "at", signal_id`,
    { ids: JSON.stringify(lead.signalIds) },
  );
  return rows.map((r) => ({ ...r, ruleTitle: ruleTitleOf(r.typology, r.rule) }));
}

/** The matters of a lead; articles by the latest conduct that its signals speak of. @throws InputError `no-such-lead` */
export async function leadMatters(db: Database, leadId: string): Promise<LeadMatter[]> {
  const lead = await leadDetail(db, leadId);
  const law = lead.law as { typology: string; conductFrom: string | null; conductTo: string | null }[];
  return law.flatMap(({ typology, conductFrom, conductTo }) => {
    const known = TYPOLOGIES.find((t) => t.id === typology);
    return known === undefined ? [] : [_matter(known, conductFrom, conductTo ?? lead.asOf)];
  });
}

/** A typology's name; its id where a run knew one that this version does not. */
export function typologyTitleOf(id: string): Bilingual {
  return TYPOLOGIES.find((t) => t.id === id)?.title ?? { zh: id, en: id };
}

/** A rule's name in words. */
export function ruleTitleOf(typology: string, rule: string): Bilingual {
  return TITLES().get(`${typology}/${rule}`) ?? { zh: rule, en: rule };
}

let _titles: ReadonlyMap<string, Bilingual> | null = null;
function TITLES(): ReadonlyMap<string, Bilingual> {
  return (_titles ??= new Map(
    TYPOLOGIES.flatMap((t) =>
      t.signalSql(parametersOf(t, {}), '1970-01-01 00:00:00').map((r) => [`${t.id}/${r.rule}`, r.title] as const),
    ),
  ));
}

function _matter(typology: Typology, conductFrom: string | null, conductTo: string): LeadMatter {
  const choice = lawFor(typology.id, conductTo);
  const reference = (r: LawReference, later: boolean): LeadMatter['law'][number] => ({
    name: { zh: r.zh, en: r.en },
    law: r.law,
    articles: r.articles,
    grade: r.grade,
    note: r.note,
    later,
  });
  return {
    typology: typology.id,
    title: typology.title,
    conductFrom,
    conductTo,
    law: [...choice.references.map((r) => reference(r, false)), ...choice.laterVersions.map((r) => reference(r, true))],
    notes: choice.notes,
    evidence: typology.evidence.map((e) => ({ id: e.id, text: { zh: e.zh, en: e.en }, from: e.from })),
  };
}
