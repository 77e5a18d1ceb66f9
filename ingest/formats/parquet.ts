import { ExternalError, InputError, messageOf } from '../base/index.ts';
import { type Database, quoteIdent } from '../tables/index.ts';
import { refuseEmpty } from './encoding.ts';
import type { FileFacts } from './inspect-file.ts';
import { BAD_TABLE, type RawColumn, type RawTable } from './raw-table.ts';
import { quotePath } from './sql-path.ts';

/** Reads a Parquet file as a view: nothing is copied, types stay. Lists and structs become JSON text.
 *  @throws InputError `empty-file`, `damaged-parquet` */
export async function readParquet(db: Database, facts: FileFacts): Promise<RawTable> {
  refuseEmpty(facts);
  const from = `read_parquet(${quotePath(facts.path)}, file_row_number = true)`;
  const described = await _describe(db, facts, from);
  const columns = described.map((c, i): RawColumn => ({ header: c.name, name: `r${i}`, type: c.type }));
  const list = described.map((c, i) => `${c.sql} as r${i}`);
  await db.run(
    `create view raw as select file_row_number + 1 as line${list.map((item) => `, ${item}`).join('')} from ${from}`,
  );
  await db.run(BAD_TABLE);
  return { table: 'raw', columns, rowsALine: null, undecodable: false, cutColumn: null, notes: [] };
}

interface _Described {
  readonly name: string;
  readonly type: RawColumn['type'];
  readonly sql: string;
}

async function _describe(db: Database, facts: FileFacts, from: string): Promise<_Described[]> {
  try {
    const rows = await db.rows<{ column_name: string; column_type: string }>(
      `describe select * exclude (file_row_number) from ${from}`,
    );
    return rows.map((row) => _columnOf(row.column_name, row.column_type));
  } catch (cause) {
    if (!(cause instanceof ExternalError)) throw cause;
    throw new InputError(
      'damaged-parquet',
      `readParquet: ${facts.path} is cut, damaged, or not Parquet: ${messageOf(cause).split('\n')[0]}; export it again`,
      { path: facts.path },
      { cause },
    );
  }
}

function _columnOf(name: string, type: string): _Described {
  const ident = quoteIdent(name);
  if (
    /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|DECIMAL.*)$/.test(type)
  )
    return { name, type: 'number', sql: ident };
  if (type === 'TIMESTAMP WITH TIME ZONE')
    return { name, type: 'text', sql: `strftime(${ident}, '%Y-%m-%dT%H:%M:%S.%gZ')` };
  if (/^(TIMESTAMP(_NS|_MS|_S)?|DATE)$/.test(type)) return { name, type: 'moment', sql: `${ident}::timestamp` };
  if (type === 'BOOLEAN') return { name, type: 'boolean', sql: ident };
  if (type === 'VARCHAR') return { name, type: 'text', sql: ident };
  if (/[[(]/.test(type)) return { name, type: 'text', sql: `to_json(${ident})::varchar` };
  return { name, type: 'text', sql: `${ident}::varchar` };
}
