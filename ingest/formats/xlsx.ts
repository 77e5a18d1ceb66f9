import { InputError, messageOf } from '../base/index.ts';
import type { Database } from '../tables/index.ts';
import { readXlsxSheets } from './xlsx-sheets.ts';
import { refuseEmpty } from './encoding.ts';
import type { FileFacts } from './inspect-file.ts';
import { textOfCell } from './jsonl.ts';
import type { RawTable } from './raw-table.ts';
import { RecordWriter } from './record-writer.ts';

export interface XlsxOptions {
  readonly sheet?: string;
  /** 1-based; absent = 1. */
  readonly headerRow?: number;
}

/** Largest workbook read, packed; a sheet has at most 1,048,576 rows, but is held in memory whole. */
export const LARGEST_WORKBOOK_BYTES = 100_000_000;

/** Reads one sheet of a workbook into `raw`. Cells are text: numbers as JavaScript writes them, days as `2026-03-05`, moments as `2026-03-05 02:15:30`,
 *  unstyled Excel serials as numbers (cleaning knows them). Rows without any cell are no records. `line` is the row of the sheet.
 *  @throws InputError `empty-file`, `damaged-xlsx`, `xlsx-too-large`, `no-sheet`, `no-header` */
export async function readXlsx(db: Database, facts: FileFacts, options: XlsxOptions): Promise<RawTable> {
  refuseEmpty(facts);
  if (facts.bytes > LARGEST_WORKBOOK_BYTES)
    throw new InputError(
      'xlsx-too-large',
      `readXlsx: ${facts.path} has ${facts.bytes} bytes, more than ${LARGEST_WORKBOOK_BYTES}; export it as CSV`,
      { path: facts.path },
    );
  const rows = await _sheet(facts, options.sheet);
  const headerRow = options.headerRow ?? 1;
  const header = (rows[headerRow - 1] ?? []).map((cell) => (textOfCell(cell) ?? '').trim());
  if (header.every((name) => name === ''))
    throw new InputError(
      'no-header',
      `readXlsx: ${facts.path} has no header in row ${headerRow} of its sheet; state headerRow`,
      { path: facts.path, headerRow },
    );
  const writer = new RecordWriter(db, header);
  for (let i = headerRow; i < rows.length; i++) {
    const cells = rows[i]!;
    const extra = cells.slice(header.length).some((cell) => cell !== null && cell !== '');
    if (cells.every((cell) => cell === null || cell === '')) continue;
    if (extra)
      writer.bad(
        i + 1,
        JSON.stringify(cells),
        'bad-line',
        `the row has ${cells.length} cells, the header ${header.length}`,
      );
    else writer.record(i + 1, new Map(header.map((name, j) => [name, textOfCell(cells[j] ?? null)])));
    if (writer.isFull) await writer.flush();
  }
  const columns = await writer.finish();
  return { table: 'raw', columns, rowsALine: null, undecodable: true, cutColumn: null, notes: [] };
}

async function _sheet(facts: FileFacts, name: string | undefined): Promise<readonly (readonly unknown[])[]> {
  let sheets: Awaited<ReturnType<typeof readXlsxSheets>>;
  try {
    sheets = await readXlsxSheets(facts.path);
  } catch (cause) {
    throw new InputError(
      'damaged-xlsx',
      `readXlsx: ${facts.path} is cut, damaged, or not a workbook: ${messageOf(cause)}; save it again as .xlsx`,
      { path: facts.path },
      { cause },
    );
  }
  const found = name === undefined ? sheets[0] : sheets.find((s) => s.sheet === name);
  if (found === undefined)
    throw new InputError(
      'no-sheet',
      `readXlsx: ${facts.path} has no sheet "${name ?? ''}"; it has ${sheets.map((s) => s.sheet).join(', ')}`,
      { path: facts.path, name },
    );
  return found.data;
}
