import { DuckDBTypeId, type DuckDBVector } from '@duckdb/node-api';
import type { NumberColumn } from '../base/index.ts';

type Items =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

const DIRECT = new Set<DuckDBTypeId>([
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
]);

/** One chunk's numeric vector as float64, or null when the type is not a number, a truth value, or a moment.
 *  Reads the binding's private `items` typed array (ten times the speed of row objects); falls back to `getItem`. */
export function numberColumnOf(vector: DuckDBVector, typeId: DuckDBTypeId, count: number): NumberColumn | null {
  const convert = _converter(typeId);
  if (convert === null) return null;
  const values = new Float64Array(count);
  const inner = vector as unknown as { items?: Items; validity?: { itemValid(i: number): boolean; data: unknown } };
  let valid: Uint8Array | null = null;
  if (DIRECT.has(typeId) && inner.items !== undefined && inner.validity !== undefined) {
    const items = inner.items;
    if (items instanceof BigInt64Array || items instanceof BigUint64Array)
      for (let i = 0; i < count; i++) values[i] = Number(items[i]!);
    else values.set(items.length === count ? items : items.subarray(0, count));
    if (inner.validity.data !== null) {
      for (let i = 0; i < count; i++) {
        if (!inner.validity.itemValid(i)) {
          valid ??= new Uint8Array(count).fill(1);
          valid[i] = 0;
          values[i] = 0;
        }
      }
    }
    return { kind: 'number', values, valid };
  }
  for (let i = 0; i < count; i++) {
    const item = vector.getItem(i) as unknown;
    if (item === null || item === undefined) {
      valid ??= new Uint8Array(count).fill(1);
      valid[i] = 0;
    } else values[i] = convert(item);
  }
  return { kind: 'number', values, valid };
}

function _converter(typeId: DuckDBTypeId): ((item: unknown) => number) | null {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return (v) => (v === true ? 1 : 0);
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return (v) => Number((v as { micros: bigint }).micros / 1000n);
    case DuckDBTypeId.TIMESTAMP_MS:
      return (v) => Number((v as { millis: bigint }).millis);
    case DuckDBTypeId.DATE:
      return (v) => (v as { days: number }).days * 86_400_000;
    case DuckDBTypeId.DECIMAL:
    case DuckDBTypeId.HUGEINT:
      return (v) => Number(String(v));
    default:
      return DIRECT.has(typeId) ? Number : null;
  }
}
