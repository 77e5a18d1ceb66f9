import { InputError } from '../base/index.ts';
import { type OutcomeDescription, type SourceDescription, VERDICTS } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { mentionIdSql, roleSql, rowsSql } from './role-sql.ts';

const PART = `outcome_id varchar, entity_id varchar, kind varchar, verdict varchar, act varchar, conduct_at timestamp, found_at timestamp,
  known_at timestamp, channel varchar, reason varchar, row_id varchar`;

/** Collects the outcomes of every description that are known by `asOf` in `outcome_part`, each with the entity it is about.
 *  @throws InputError `bad-verdict` when an expression yields a word that is no verdict */
export async function collectOutcomes(
  db: Database,
  descriptions: readonly SourceDescription[],
  asOf: string,
): Promise<void> {
  await db.run(`create or replace temp table outcome_part (${PART})`);
  for (const d of descriptions)
    for (const [i, o] of d.outcomes.entries()) {
      await _checkVerdicts(db, d, o, i);
      await db.run(_partSql(d, o, i, asOf));
    }
}

/** Writes `outcome` with the subject that each entity belongs to; needs `subject`. @returns outcomes written */
export async function addOutcomes(db: Database): Promise<number> {
  await db.run(`insert into outcome
    select o.outcome_id, s.subject_id, o.verdict, o.act, o.conduct_at, o.found_at, o.known_at, o.channel, o.reason, o.row_id
    from outcome_part o join subject s on s.member_id = o.entity_id order by o.outcome_id`);
  await db.run('drop table outcome_part');
  const [n] = await db.rows<{ n: number }>('select count(*) as n from outcome');
  return n!.n;
}

async function _checkVerdicts(db: Database, d: SourceDescription, o: OutcomeDescription, index: number): Promise<void> {
  const known = VERDICTS.map(quoteText).join(', ');
  const wrong = await db.rows<{ v: string }>(
    `select distinct v from (select cast((${o.verdict}) as varchar) as v from ${rowsSql(d, [])}) where v is not null and v not in (${known}) order by v limit 10`,
  );
  if (wrong.length > 0)
    throw new InputError(
      'bad-verdict',
      `buildFacts: ${d.id}.outcomes[${index}].verdict gives ${wrong.map((w) => `"${w.v}"`).join(', ')}; it must give one of ${VERDICTS.join(', ')} or null`,
      { source: d.id, index },
    );
}

function _partSql(d: SourceDescription, o: OutcomeDescription, index: number, asOf: string): string {
  const role = roleSql(d.mentions.find((m) => m.role === o.subject)!);
  const when = o.when === undefined ? '' : ` and (${o.when})`;
  const text = (sql: string | undefined) => (sql === undefined ? 'null' : `cast((${sql}) as varchar)`);
  const moment = (sql: string | undefined) => (sql === undefined ? 'null::timestamp' : `cast((${sql}) as timestamp)`);
  const fields = role.fields.map((f) => `${f.sql} as ${quoteIdent(`f_${f.field}`)}`);
  const item = role.mention.each === undefined ? [] : ['item_no'];
  const rows = `select row_id, ${[...item, ...fields].join(', ')}, ${text(o.verdict)} as verdict_, ${text(o.act)} as act_, ${moment(o.conductAt)} as conduct_,
      ${moment(o.foundAt)} as found_, ${moment(o.knownAt)} as known_, ${text(o.channel)} as channel_, ${text(o.reason)} as reason_
    from ${rowsSql(d, [role.mention])} where ${role.condition}${when}`;
  const number = item.length === 0 ? '' : ` || '#' || item_no`;
  return `insert into outcome_part
    select row_id || ${quoteText(`#${o.subject}#${index}`)}${number}, e.entity_id, e.kind, verdict_, act_, conduct_, found_, known_, channel_, reason_, row_id
    from (select *, ${mentionIdSql(d, role, 'f_')} as mention_id from (${rows})) join entity_mention e using (mention_id)
    where verdict_ is not null and known_ <= ${asOf}`;
}
