import { InputError } from './errors.ts';

/** Numbers; where `valid` is given, rows with `valid[i] === 0` are missing and `values[i]` means nothing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Float64Array;
  readonly valid: Uint8Array | null;
}

/** Texts; missing is `null`. */
export interface TextColumn {
  readonly kind: 'text';
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | TextColumn;

/** A table as plain data: `rows` values in each named column. Crosses folders, workers and files. */
export interface Columns {
  readonly rows: number;
  readonly data: Readonly<Record<string, Column>>;
}

/** The numbers of one column. @throws InputError when the column is absent or holds text */
export function numbersOf(columns: Columns, name: string): NumberColumn {
  const column = columns.data[name];
  if (column?.kind !== 'number') {
    throw new InputError(
      'no-such-column',
      `numbersOf: no number column "${name}"; there are ${Object.keys(columns.data).join(', ')}`,
      { name },
    );
  }
  return column;
}

/** The texts of one column. @throws InputError when the column is absent or holds numbers */
export function textsOf(columns: Columns, name: string): readonly (string | null)[] {
  const column = columns.data[name];
  if (column?.kind !== 'text') {
    throw new InputError(
      'no-such-column',
      `textsOf: no text column "${name}"; there are ${Object.keys(columns.data).join(', ')}`,
      { name },
    );
  }
  return column.values;
}
