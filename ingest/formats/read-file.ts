import type { FormatDescription } from '../schema/index.ts';
import type { Database } from '../tables/index.ts';
import { readCsv } from './csv.ts';
import { readGeojson } from './geojson.ts';
import { readHj212 } from './hj212.ts';
import type { FileFacts } from './inspect-file.ts';
import { readJsonl } from './jsonl.ts';
import { readParquet } from './parquet.ts';
import type { RawTable } from './raw-table.ts';
import { readXlsx } from './xlsx.ts';

export interface ReadOptions {
  /** Folder for decoded copies; the caller empties it. */
  readonly scratch: string;
  /** Refuses HJ 212 packets that carry CRC-16/MODBUS. */
  readonly strictCrc: boolean;
}

/** Reads one file into `raw` and `bad` of an empty database, by its described format.
 *  @throws InputError with a stable code when the file as a whole cannot be read; single bad records go to `bad` */
export async function readFile(
  db: Database,
  facts: FileFacts,
  options: ReadOptions & { format: FormatDescription },
): Promise<RawTable> {
  const { format, scratch, strictCrc } = options;
  switch (format.kind) {
    case 'csv':
      return readCsv(db, facts, { ...format, scratch });
    case 'xlsx':
      return readXlsx(db, facts, format);
    case 'jsonl':
      return readJsonl(db, facts);
    case 'parquet':
      return readParquet(db, facts);
    case 'geojson':
      return readGeojson(db, facts);
    case 'hj212':
      return readHj212(db, facts, { scratch, strictCrc });
  }
}
