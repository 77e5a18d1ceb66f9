import { DAY_MS, InputError, messageOf } from '../base/index.ts';
import type { CleaningKind } from '../schema/index.ts';
import { type Database, quoteIdent, quoteText } from '../tables/index.ts';
import { type CleanedTable, cleanedSql } from './cleaned-sql.ts';
import { fileOfSql } from './stride.ts';

/** Kinds that name a thing: a missing one is unknown, not equal to another missing one. */
const IDENTITY: ReadonlySet<CleaningKind> = new Set<CleaningKind>([
  'uscc',
  'plate',
  'mmsi',
  'permit-no',
  'manifest-no',
  'name',
  'company-name',
  'penalty-no',
]);
/** Moments after the clock by more than this are not believed. */
const FUTURE_DAYS = 400;
const EARLIEST = '1900-01-02';

/** Marks every row of `half` in table `flags` (`line`, `rule`, `part`, `h`): rule null = accepted, `outside` = another description's row, else why it is set aside.
 *  Among rows with one key the first line stays; the others are `duplicate`. A row whose key lacks an identity is the same as another only if all its columns are.
 *  @throws InputError `bad-description` when one of the description's expressions does not bind */
export async function flagRows(
  db: Database,
  table: CleanedTable,
  options: { readonly nowMs: number; readonly file: string },
): Promise<void> {
  const { description } = table;
  const named = _namesIn(table, [description.where, description.eventAt, description.knownAt].join(' '));
  const required = table.plans.filter((p) => p.column.required === true).map((p) => p.column.name);
  const keys = description.key;
  const identities = table.plans.filter((p) => keys.includes(p.column.name) && IDENTITY.has(p.column.kind));
  const only = identities.length > 0 ? undefined : new Set([...named, ...required, ...keys]);
  const source = only === undefined ? cleanedSql(table) : cleanedSql(table, { only });
  const hashed =
    keys.length === 0
      ? 'null::ubigint'
      : _hashSql(
          keys,
          identities.map((p) => p.column.name),
          table,
        );
  const latest = new Date(options.nowMs + FUTURE_DAYS * DAY_MS).toISOString().slice(0, 10);
  const moment = (name: string): string => `${name} not between timestamp '${EARLIEST}' and timestamp '${latest}'`;
  const cases = [
    description.where === undefined ? '' : `when not coalesce((${description.where}), false) then 'outside'`,
    ...required.map((name) => `when ${quoteIdent(name)} is null then 'required'`),
    `when known_at is null then 'no-known-at'`,
    `when ${moment('known_at')} or coalesce(${moment('event_at')}, false) then 'implausible-time'`,
  ];
  const part = required.map((name) => `when ${quoteIdent(name)} is null then ${quoteText(name)}`);
  try {
    await db.run(`create or replace temp table flags as select line, case ${cases.join(' ')} end as rule,
      ${part.length === 0 ? 'null::varchar' : `case ${part.join(' ')} end`} as part, null::bigint as first, ${hashed} as h
      from (select *, (${description.eventAt})::timestamp as event_at, (${description.knownAt})::timestamp as known_at from (${source}))`);
  } catch (cause) {
    if (!/Binder Error|Parser Error|Catalog Error|Conversion Error/.test(messageOf(cause))) throw cause;
    throw new InputError(
      'bad-description',
      `ingestFiles: description "${description.id}" fails on ${options.file}: ${messageOf(cause).split('\n')[0]}; correct its where, eventAt or knownAt`,
      { source: description.id },
      { cause },
    );
  }
  if (keys.length > 0)
    await _flagDuplicates(
      db,
      table,
      identities.map((p) => p.column.name),
    );
}

function _namesIn(table: CleanedTable, text: string): string[] {
  return table.plans
    .map((p) => p.column.name)
    .filter((name) => new RegExp(`(?<![\\w])${name}(?![\\w])`, 'i').test(text));
}

function _list(names: readonly string[]): string {
  return names.map(quoteIdent).join(', ');
}

function _unknownSql(identities: readonly string[]): string {
  return `(${identities.map((name) => `${quoteIdent(name)} is null`).join(' or ')})`;
}

function _hashSql(keys: readonly string[], identities: readonly string[], table: CleanedTable): string {
  if (identities.length === 0) return `hash(${fileOfSql('line')}, ${_list(keys)})`;
  return `case when ${_unknownSql(identities)} then hash(${fileOfSql('line')}, ${_list(table.plans.map((p) => p.column.name))}) else hash(${fileOfSql('line')}, ${_list(keys)}) end`;
}

async function _flagDuplicates(db: Database, table: CleanedTable, identities: readonly string[]): Promise<void> {
  await db.run(
    `create or replace temp table same as select line from flags where rule is null and h in (select h from flags where rule is null group by h having count(*) > 1)`,
  );
  const [candidates] = await db.rows<{ n: number }>('select count(*) as n from same');
  if (candidates!.n === 0) return;
  const all = table.plans.map((p) => p.column.name);
  const source = cleanedSql(table, { where: 'half.line in (select line from same)' });
  const later = (columns: readonly string[], condition: string): string => {
    const window = `(partition by ${fileOfSql('line')}, ${_list(columns)} order by line)`;
    return `select line, first_value(line) over ${window} as first, row_number() over ${window} as n from (${source}) where ${condition}`;
  };
  const queries =
    identities.length === 0
      ? [later(table.description.key, 'true')]
      : [later(table.description.key, `not ${_unknownSql(identities)}`), later(all, _unknownSql(identities))];
  await db.run(
    `create or replace temp table twice as select line, first from (${queries.join(' union all ')}) where n > 1`,
  );
  await db.run(`update flags set rule = 'duplicate', first = twice.first from twice where flags.line = twice.line`);
}
