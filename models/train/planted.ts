import { DAY_MS, type Random, integerIn, normal, seeded } from '../../ingest/base/index.ts';
import { createTableSql } from '../../ingest/schema/index.ts';
import { Database } from '../../ingest/tables/index.ts';

/** A small district as warehouse tables, for tests: who is bad is planted, signals see it, checks find part of it. */
export interface PlantedOptions {
  readonly subjects: number;
  readonly days: number;
  readonly seed: number;
  /** Share of subjects that run a scheme. */
  readonly bad: number;
  /** How well signals tell: chance of a signal a month for a bad one; a good one has a tenth of it. */
  readonly signalChance: number;
}

export const PLANTED_DEFAULTS: PlantedOptions = Object.freeze({
  subjects: 300,
  days: 900,
  seed: 1,
  bad: 0.15,
  signalChance: 0.6,
});

/** First day of the planted record. */
export const PLANTED_START = Date.UTC(2024, 0, 1);

/** Last moment of the planted record. */
export function plantedEnd(options: PlantedOptions = PLANTED_DEFAULTS): number {
  return PLANTED_START + options.days * DAY_MS;
}

const TABLES = [
  'entity',
  'subject',
  'signal',
  'outcome',
  'event',
  'event_participant',
  'statement',
  'link',
  'entity_key',
] as const;

/** Subjects in pairs that share a phone; a bad one is found now and then, complained about whether bad or not; random checks find whom they meet. */
export async function plantedDistrict(given: Partial<PlantedOptions> = {}): Promise<Database> {
  const o = { ...PLANTED_DEFAULTS, ...given };
  const random = seeded(`planted:${o.seed}`);
  const db = await Database.open(':memory:', { threads: 2 });
  for (const t of TABLES) await db.run(createTableSql(t));
  const rows: Record<(typeof TABLES)[number], string[]> = {
    entity: [],
    subject: [],
    signal: [],
    outcome: [],
    event: [],
    event_participant: [],
    statement: [],
    link: [],
    entity_key: [],
  };
  for (let s = 0; s < o.subjects; s++) _subject(rows, { o, random, s });
  for (const t of TABLES)
    if (rows[t].length > 0) await db.run(`insert into ${t} by name ${rows[t].join(' union all by name ')}`);
  return db;
}

interface Making {
  readonly o: PlantedOptions;
  readonly random: Random;
  readonly s: number;
}

type Rows = Record<(typeof TABLES)[number], string[]>;

function _subject(rows: Rows, { o, random, s }: Making): void {
  const id = `company:${String(s).padStart(4, '0')}`;
  const isBad = random() < o.bad;
  const from = PLANTED_START + Math.floor(random() * o.days * 0.6) * DAY_MS;
  const town = ['A', 'B', 'C'][s % 3]!;
  rows.entity.push(
    `select '${id}' as entity_id, 'company' as kind, '${id}' as label, timestamp '2020-01-01' as first_known_at, '${town}' as town`,
  );
  rows.subject.push(`select '${id}' as subject_id, 'company' as kind, '${id}' as member_id`);
  rows.statement.push(
    `select '${id}' as entity_id, 'industry' as property, '${isBad || random() < 0.3 ? '2651' : '1713'}' as value, 'mkt_entity:x:${s}' as row_id, timestamp '2020-01-01' as first_known_at`,
  );
  _link(rows, id, s);
  for (let day = 0; day < o.days; day += 30)
    _month(rows, {
      o,
      random,
      s,
      id,
      at: PLANTED_START + day * DAY_MS,
      isActive: isBad && PLANTED_START + day * DAY_MS >= from,
    });
}

function _link(rows: Rows, id: string, s: number): void {
  const phone = `phone:${Math.floor(s / 2)}`;
  if (s % 2 === 0)
    rows.entity.push(`select '${phone}' as entity_id, 'phone' as kind, timestamp '2020-01-01' as first_known_at`);
  rows.link.push(
    `select 'l${s}' as link_id, 'contact_of' as kind, '${phone}' as from_id, '${id}' as to_id, timestamp '2020-01-01' as known_at, 'recorded' as origin, ['mkt_entity:x:${s}'] as row_ids`,
  );
}

function _month(
  rows: Rows,
  m: Making & { readonly id: string; readonly at: number; readonly isActive: boolean },
): void {
  const { o, random, id, s } = m;
  const moment = (days: number): string => `epoch_ms(${Math.trunc(m.at + days * DAY_MS)}::bigint)`;
  const n = `${s}-${(m.at - PLANTED_START) / DAY_MS}`;
  if (random() < o.signalChance * (m.isActive ? 1 : 0.1)) {
    const at = integerIn(random, 0, 25);
    const strength = Math.min(1, Math.max(0.05, 0.5 + 0.15 * normal(random) + (m.isActive ? 0.2 : -0.1)));
    rows.signal
      .push(`select 'signal:${n}' as signal_id, 'T0${1 + (s % 3)}' as typology, 'r' as rule, '${id}' as subject_id, ${moment(at)} as "at", ${moment(at + 1)} as known_at, ${strength} as strength, ['eco:x:${n}'] as row_ids,
      '[{"id":"look","zh":"相似","en":"alike","tested":true,"holds":false}]' as against_json`);
  }
  if (random() < 0.08) {
    const at = integerIn(random, 0, 29);
    rows.event.push(
      `select 'event:${n}' as event_id, 'complaint' as kind, ${moment(at)} as "at", ${moment(at)} as known_at, 'hot_ticket:x:${n}' as row_id`,
    );
    rows.event_participant.push(`select 'event:${n}' as event_id, 'site' as role, '${id}' as entity_id`);
  }
  const isRandomCheck = random() < 0.03;
  if (isRandomCheck || (m.isActive && random() < 0.2)) {
    const at = integerIn(random, 0, 29);
    const verdict = m.isActive ? 'confirmed' : 'clean';
    rows.outcome
      .push(`select 'outcome:${n}' as outcome_id, '${id}' as subject_id, '${verdict}' as verdict, ${moment(at)} as found_at, ${moment(at + (isRandomCheck ? 0 : 20))} as known_at,
      '${isRandomCheck ? '随机抽查' : '投诉举报'}' as channel, 'eco_inspection:x:${n}' as row_id`);
  }
}
