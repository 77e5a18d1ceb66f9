import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { ExternalError, InputError } from '../base/index.ts';
import { type Database, quoteText } from '../tables/index.ts';
import { firstRecord, sniffedDelimiter } from './csv-header.ts';
import { encodingOf, refuseEmpty, refuseEndlessLine, refuseWrongEncoding } from './encoding.ts';
import { type FileFacts, inspectFile } from './inspect-file.ts';
import {
  BAD_TABLE,
  LONGEST_LINE_BYTES,
  LONGEST_REJECT,
  type RawColumn,
  type RawTable,
  rawColumns,
} from './raw-table.ts';
import { quotePath } from './sql-path.ts';
import { evenLineEnds, transcode, unpack } from './transcode.ts';

export interface CsvOptions {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly gzip?: boolean;
}

/** Reads a delimited file into `raw` (all text) and `bad`. Text that is not UTF-8 is decoded in a stream to a file in `scratch` first; the parsing is DuckDB's.
 *  A line with too few or too many fields, a broken quote, or an over-long line goes to `bad`; blank lines are no records.
 *  @throws InputError `empty-file`, `binary-file`, `wrong-encoding`, `endless-line`, `damaged-gzip`, `no-header` */
export async function readCsv(
  db: Database,
  facts: FileFacts,
  options: CsvOptions & { scratch: string },
): Promise<RawTable> {
  refuseEmpty(facts);
  const text = await _asUtf8(facts, options);
  const head = await _head(text.path);
  const delimiter = options.delimiter ?? sniffedDelimiter(head);
  const header = firstRecord(head, delimiter);
  const names = header.fields.map((name) => name.replace(/^\uFEFF/, '').trim());
  if (names.every((name) => name === ''))
    throw new InputError('no-header', `readCsv: ${facts.path} has no header in its first line`, { path: facts.path });
  const columns = rawColumns(names);
  await db.run(BAD_TABLE);
  if (header.complete) await _load(db, text.path, delimiter, columns, options.scratch);
  else
    await db.run(
      `create view raw as select null::bigint as line, ${columns.map((c) => `null::varchar as ${c.name}`).join(', ')} where false`,
    );
  const cut = header.complete && !text.endsWithNewline ? columns.at(-1)!.name : null;
  return {
    table: 'raw',
    columns,
    rowsALine: null,
    undecodable: text.invalid > 0,
    cutColumn: cut,
    notes: text.notes,
  };
}

interface _Utf8Text {
  readonly path: string;
  readonly endsWithNewline: boolean;
  readonly invalid: number;
  readonly notes: readonly string[];
}

/** The file itself where it is plain UTF-8, else a decoded copy in the scratch folder. */
async function _asUtf8(facts: FileFacts, options: CsvOptions & { scratch: string }): Promise<_Utf8Text> {
  const gzip = options.gzip ?? (facts.head[0] === 0x1f && facts.head[1] === 0x8b);
  if (gzip) {
    const unpacked = join(options.scratch, 'unpacked.csv');
    await unpack(facts.path, unpacked);
    const inner = await inspectFile(unpacked);
    refuseEmpty(inner);
    return _asUtf8(inner, { ...options, gzip: false });
  }
  const { encoding, note } = encodingOf(facts, options.encoding);
  const notes = note === null ? [] : [note];
  if (encoding === 'utf-8' && facts.isUtf8) {
    refuseEndlessLine(facts, LONGEST_LINE_BYTES);
    return { path: facts.path, endsWithNewline: facts.endsWithNewline, invalid: 0, notes };
  }
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') refuseEndlessLine(facts, LONGEST_LINE_BYTES);
  const path = join(options.scratch, 'utf8.csv');
  const result = await transcode(facts.path, path, encoding);
  refuseWrongEncoding(facts, encoding, result);
  if (encoding === 'utf-16le' || encoding === 'utf-16be')
    refuseEndlessLine(await inspectFile(path), LONGEST_LINE_BYTES);
  return { path, endsWithNewline: result.endsWithNewline, invalid: result.invalid, notes };
}

async function _head(path: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of createReadStream(path, { end: LONGEST_LINE_BYTES - 1 })) {
    parts.push(part as Buffer);
    if ((part as Buffer).includes(10)) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

async function _load(
  db: Database,
  path: string,
  delimiter: string,
  columns: readonly RawColumn[],
  scratch: string,
): Promise<void> {
  const into = async (file: string): Promise<void> =>
    db.run(`create table records as select * from read_csv(${quotePath(file)}, ${_optionsSql(columns, delimiter)})`);
  try {
    await into(path);
  } catch (error) {
    if (!(error instanceof ExternalError) || !error.message.includes('state machine')) throw error;
    const even = join(scratch, 'even.csv'); // line ends of two kinds, which DuckDB's strict parser gives up on
    await evenLineEnds(path, even);
    await into(even);
  }
  await db.run(`insert into bad select line, left(any_value(trim(csv_line, chr(10) || chr(13))), ${LONGEST_REJECT}), 'bad-line',
    'expected ${columns.length} fields: ' || string_agg(distinct lower(error_type::varchar), ', ' order by lower(error_type::varchar)) from csv_errors group by line order by line`);
  await db.run('drop table csv_errors');
  await db.run('drop table csv_scans');
  await _numberLines(db, columns);
}

/** Lines as numbered in the file, the header being 1: a record's place among the read ones plus the unreadable ones before it. */
async function _numberLines(db: Database, columns: readonly RawColumn[]): Promise<void> {
  const list = columns.map((c) => c.name).join(', ');
  const [bad] = await db.rows<{ n: number }>('select count(*) as n from bad');
  if (bad!.n === 0) {
    await db.run(`create view raw as select rowid + 2 as line, ${list} from records`);
    return;
  }
  await db.run(`create table raw as with shifts as (
      select after, max(shift) as shift from (select line - n - 1 as after, n as shift from (select line, row_number() over (order by line) as n from bad)) group by after)
    select records.rowid + 2 + coalesce(shifts.shift, 0) as line, ${list} from records asof left join shifts on records.rowid >= shifts.after order by line`);
  await db.run('drop table records');
}

function _optionsSql(columns: readonly RawColumn[], delimiter: string): string {
  const types = columns.map((c) => `'${c.name}': 'VARCHAR'`).join(', ');
  return `columns = {${types}}, header = false, skip = 1, auto_detect = false, delim = ${quoteText(delimiter)}, quote = '"', escape = '"', null_padding = false,
    max_line_size = ${LONGEST_LINE_BYTES}, store_rejects = true, rejects_limit = 0, rejects_table = 'csv_errors', rejects_scan = 'csv_scans'`;
}
