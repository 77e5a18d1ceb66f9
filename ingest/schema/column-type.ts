import type { CleaningKind, SourceDescription } from './source.ts';

/** DuckDB type of a cleaned column, in the lake and in `src_*`. A `month` is its first day; its name says the precision. `drop` has none. */
const TYPE_OF_KIND: Readonly<Record<Exclude<CleaningKind, 'drop'>, string>> = Object.freeze({
  text: 'VARCHAR',
  name: 'VARCHAR',
  'company-name': 'VARCHAR',
  address: 'VARCHAR',
  category: 'VARCHAR',
  list: 'VARCHAR[]',
  json: 'VARCHAR',
  hash: 'VARCHAR',
  number: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  month: 'DATE',
  uscc: 'VARCHAR',
  plate: 'VARCHAR',
  mmsi: 'VARCHAR',
  'permit-no': 'VARCHAR',
  'manifest-no': 'VARCHAR',
  'waste-code': 'VARCHAR',
  'industry-code': 'VARCHAR',
  'penalty-no': 'VARCHAR',
  lon: 'DOUBLE',
  lat: 'DOUBLE',
});

export interface TypedColumn {
  readonly name: string;
  readonly type: string;
}

/** Cleaned columns of a source with their DuckDB types, in the order described; dropped ones left out. */
export function typedColumns(description: Pick<SourceDescription, 'columns'>): TypedColumn[] {
  return description.columns.flatMap((c) => (c.kind === 'drop' ? [] : [{ name: c.name, type: TYPE_OF_KIND[c.kind] }]));
}
