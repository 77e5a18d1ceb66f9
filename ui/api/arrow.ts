import { Bool, type DataType, Field, Float64, Schema, Table, Utf8, tableToIPC, vectorFromArray } from 'apache-arrow';
import { z } from 'zod';
import { InputError } from '../../ingest/base/index.ts';

/** Media type of Arrow's stream format. */
export const ARROW = 'application/vnd.apache.arrow.stream';

/** Fields of an answer that are tables: lists of records. A graph has two, nodes and links. */
export function tablesOf(shape: z.ZodType | undefined): readonly string[] {
  if (!(shape instanceof z.ZodObject)) return [];
  return Object.entries(shape.shape)
    .filter(([, field]) => field instanceof z.ZodArray && field.element instanceof z.ZodObject)
    .map(([name]) => name);
}

/** One table of an answer as Arrow IPC. Columns follow from the contract, never from the rows, so that an empty page has them too:
 *  numbers are float64, texts utf8, all else JSON text; null stays null. What stands beside the table goes into the schema's metadata as JSON.
 *  @throws InputError `no-such-table` when `name` is none of the answer's tables */
export function arrowBytes(
  shape: z.ZodType,
  value: Readonly<Record<string, unknown>>,
  name: string | null,
): Uint8Array {
  const tables = tablesOf(shape);
  const chosen = name ?? tables[0];
  if (chosen === undefined || !tables.includes(chosen))
    throw new InputError(
      'no-such-table',
      `arrow: no table "${chosen ?? ''}" here; known are ${tables.join(', ') || 'none'}`,
    );
  const element = (shape as z.ZodObject).shape[chosen] as z.ZodArray<z.ZodObject>;
  const rows = value[chosen] as readonly Readonly<Record<string, unknown>>[];
  const columns = Object.entries(element.element.shape).map(([column, field]) => ({ column, type: typeOf(field) }));
  const vectors = Object.fromEntries(
    columns.map(({ column, type }) => [
      column,
      vectorFromArray(
        rows.map((row) => _cell(row[column], type)),
        type,
      ),
    ]),
  );
  const beside = Object.entries(value).filter(([field]) => !tables.includes(field));
  const metadata = new Map(beside.map(([field, v]) => [field, JSON.stringify(v)]));
  const fields = columns.map(({ column, type }) => new Field(column, type, true));
  return tableToIPC(new Table(new Schema(fields, metadata), vectors), 'stream');
}

/** Column type of a contract's field. */
export function typeOf(field: unknown): DataType {
  let inner = field;
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault)
    inner = inner.unwrap();
  if (inner instanceof z.ZodNumber) return new Float64();
  if (inner instanceof z.ZodBoolean) return new Bool();
  return new Utf8();
}

function _cell(value: unknown, type: DataType): unknown {
  if (value === null || value === undefined) return null;
  if (type instanceof Utf8 && typeof value !== 'string') return JSON.stringify(value);
  return value;
}
