import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Database } from '../tables/index.ts';
import { binaryFile, encodingOf, refuseEmpty, refuseEndlessLine } from './encoding.ts';
import { InputError } from '../base/index.ts';
import type { FileFacts } from './inspect-file.ts';
import { LONGEST_LINE_BYTES, type RawTable } from './raw-table.ts';
import { RecordWriter } from './record-writer.ts';

/** Reads JSON Lines (UTF-8, one object a line) into `raw` and `bad`. Nested objects become dotted headers, lists JSON text; `null` is missing.
 *  A line that is no JSON object goes to `bad`; blank lines are no records. A whole number beyond 2^53 has lost digits in JSON and goes in as U+FFFD, so that it is refused.
 *  @throws InputError `empty-file`, `binary-file`, `wrong-encoding`, `endless-line` */
export async function readJsonl(db: Database, facts: FileFacts): Promise<RawTable> {
  refuseEmpty(facts);
  const { encoding } = encodingOf(facts, undefined);
  if (facts.hasNul) throw binaryFile(facts);
  if (encoding !== 'utf-8')
    throw new InputError('wrong-encoding', `readJsonl: ${facts.path} is not UTF-8, as JSON must be; save it as UTF-8`, {
      path: facts.path,
    });
  refuseEndlessLine(facts, LONGEST_LINE_BYTES);
  const writer = new RecordWriter(db);
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(facts.path, 'utf8'), crlfDelay: Infinity })) {
    line++;
    const bare = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (bare.trim() === '') continue;
    const record = objectOf(bare);
    if (record === null) writer.bad(line, bare, 'bad-json', 'the line is not one JSON object');
    else writer.record(line, flattened(record));
    if (writer.isFull) await writer.flush();
  }
  const columns = await writer.finish();
  return { table: 'raw', columns, rowsALine: null, undecodable: true, cutColumn: null, notes: [] };
}

/** The JSON object that a text holds, or null. */
export function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** An object as header → text: nested objects by dotted path, lists as JSON text. */
export function flattened(
  record: Readonly<Record<string, unknown>>,
  prefix = '',
  out: Map<string, string | null> = new Map(),
): Map<string, string | null> {
  for (const [key, value] of Object.entries(record)) {
    const header = prefix + key;
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      out.set(header, JSON.stringify(value));
      flattened(value as Record<string, unknown>, `${header}.`, out);
    } else out.set(header, textOfCell(value));
  }
  return out;
}

/** One value of JSON or of a workbook as text; a whole number that a float64 cannot hold exactly becomes U+FFFD, which cleaning refuses. */
export function textOfCell(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number')
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? '\uFFFD' : String(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof Date)
    return Number.isNaN(value.getTime())
      ? '\uFFFD'
      : value.toISOString().slice(0, 19).replace('T', ' ').replace(' 00:00:00', '');
  return JSON.stringify(value);
}
