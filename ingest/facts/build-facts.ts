import { type Progress, SILENT, withDefaults } from '../base/index.ts';
import { type SourceDescription, createTableSql } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { addEvents } from './events.ts';
import { dampPhoneHubs } from './hubs.ts';
import { addRecordedLinks } from './links.ts';
import { addOutcomes, collectOutcomes } from './outcomes.ts';
import { addPossiblySameLinks } from './possibly-same.ts';
import { addStatements } from './statements.ts';
import { addSubjects } from './subjects.ts';
import { addWithinLinks } from './within.ts';

export interface FactsOptions {
  readonly progress: Progress;
}

export interface FactsReport {
  readonly statements: number;
  /** Recorded links, and groups of rows that would have linked a thing to itself. */
  readonly links: number;
  readonly selfLinks: number;
  readonly withinLinks: number;
  /** Pairs of entities that may be the same and were kept apart. */
  readonly possiblySame: number;
  /** Phones shared by so many firms that their links were damped. */
  readonly phoneHubs: number;
  readonly events: number;
  readonly participants: number;
  /** Events not known by the run's date. */
  readonly eventsUnknown: number;
  /** Subjects by kind. */
  readonly subjects: Readonly<Record<string, number>>;
  readonly outcomes: number;
}

/** Builds `statement`, `link`, `event`, `event_participant`, `subject` and `outcome` from `src_*`, `mention`, `entity`, `entity_mention` and `as_of`,
 *  as the descriptions say. Same tables, same bytes. Cost: a pass over each source for each of its links, events and outcomes.
 *  @throws InputError `bad-verdict` · ExternalError `sql-failed` */
export async function buildFacts(
  db: Database,
  descriptions: readonly SourceDescription[],
  options: Partial<FactsOptions> = {},
): Promise<FactsReport> {
  const { progress } = withDefaults('buildFacts', { progress: SILENT } as FactsOptions, options);
  for (const t of ['statement', 'link', 'event', 'event_participant', 'subject', 'outcome'])
    await db.run(createTableSql(t));
  const asOf = '(select max(as_of) from as_of)';
  progress.step('facts', 'statements');
  const statements = await addStatements(db, descriptions);
  progress.step('facts', 'links');
  const { links, selfLinks } = await addRecordedLinks(db, descriptions);
  const withinLinks = await addWithinLinks(db, descriptions);
  const phoneHubs = await dampPhoneHubs(db);
  const possiblySame = await addPossiblySameLinks(db);
  progress.step('facts', 'events');
  const e = await addEvents(db, descriptions, asOf);
  progress.step('facts', 'subjects and outcomes');
  await collectOutcomes(db, descriptions, asOf);
  const subjects = await addSubjects(db);
  const outcomes = await addOutcomes(db);
  return {
    statements,
    links,
    selfLinks,
    withinLinks,
    possiblySame,
    phoneHubs,
    events: e.events,
    participants: e.participants,
    eventsUnknown: e.unknown,
    subjects,
    outcomes,
  };
}
