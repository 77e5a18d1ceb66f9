import type { EntityKind, MentionDescription, SourceDescription } from '../schema/index.ts';
import { quoteIdent, quoteText } from '../tables/index.ts';

/** Standard fields of a mention in the order of the `mention` table. */
export const MENTION_FIELDS = [
  'name',
  'uscc',
  'old_names',
  'plate',
  'plate_class',
  'mmsi',
  'person_hash',
  'phone_hash',
  'address',
  'lon',
  'lat',
  'permit_no',
  'site_code',
  'meter_no',
  'mn',
  'key',
] as const;
export type MentionField = (typeof MENTION_FIELDS)[number];

/** Fields of which one must be there for a row to mention the kind at all; for a kind not listed, any field. */
const IDENTIFYING: Partial<Record<EntityKind, readonly MentionField[]>> = {
  company: ['name', 'uscc', 'permit_no', 'key'],
  person: ['name', 'person_hash', 'key'],
  vehicle: ['plate', 'key'],
  ship: ['mmsi', 'name', 'key'],
};

/** One role of a source, as SQL over `src_<id>`. */
export interface RoleSql {
  readonly mention: MentionDescription;
  /** Fields that the role has, each with its expression, in the order of MENTION_FIELDS. */
  readonly fields: readonly { readonly field: MentionField; readonly sql: string }[];
  /** Rows that mention it. */
  readonly condition: string;
}

/** The role as SQL. Columns of `each` come as `item` and `item_no` of {@link rowsSql}. */
export function roleSql(mention: MentionDescription): RoleSql {
  const fields = MENTION_FIELDS.flatMap((field) => {
    const text = mention.fields[field];
    if (text === undefined) return [];
    const value = text.startsWith('=') ? `(${text.slice(1)})` : quoteIdent(text);
    return [{ field, sql: `cast(${value} as ${typeOfField(field)})` }];
  });
  const identifying = IDENTIFYING[mention.kind];
  const needed = fields.filter((f) => identifying === undefined || identifying.includes(f.field));
  const present = needed.map((f) => `${f.sql} is not null`).join(' or ');
  const when = mention.when === undefined ? '' : ` and (${mention.when})`;
  return { mention, fields, condition: `(${present === '' ? 'false' : present})${when}` };
}

/** DuckDB type of a mention's field. */
export function typeOfField(field: MentionField): string {
  return field === 'old_names' ? 'VARCHAR[]' : field === 'lon' || field === 'lat' ? 'DOUBLE' : 'VARCHAR';
}

/** `src_<id>`, with `item` and `item_no` of the roles' list columns: a row for each element, and none for an empty list. */
export function rowsSql(d: SourceDescription, roles: readonly MentionDescription[]): string {
  const lists = [...new Set(roles.flatMap((r) => r.each ?? []))];
  const table = quoteIdent(`src_${d.id}`);
  if (lists.length === 0) return table;
  const list = quoteIdent(lists[0]!);
  return `(select *, unnest(${list}) as item, unnest(generate_series(1, len(${list}))) as item_no from ${table} where len(${list}) > 0)`;
}

/** `mention_id` of a role from a relation that has `row_id` (and `item_no`), or, for a distinct role, its fields named `<prefix><field>`. */
export function mentionIdSql(d: SourceDescription, role: RoleSql, prefix = ''): string {
  if (role.mention.distinct === true) {
    const tuple = role.fields.map((f) => lengthPrefixed(quoteIdent(`${prefix}${f.field}`)));
    return `${quoteText(`${d.id}#${role.mention.role}#`)} || md5(${tuple.join(' || ')})`;
  }
  const own = `row_id || ${quoteText(`#${role.mention.role}`)}`;
  return role.mention.each === undefined ? own : `${own} || '#' || item_no`;
}

/** A value as text that cannot run into its neighbour: `5:apple`, `-` for none. */
export function lengthPrefixed(sql: string): string {
  return `coalesce(length((${sql})::varchar) || ':' || (${sql})::varchar, '-')`;
}
