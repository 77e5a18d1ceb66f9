import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../tables/index.ts';
import { binaryFile, refuseEmpty, refuseEndlessLine } from './encoding.ts';
import { type Hj212Fault, type Hj212Packet, hj212Packet } from './hj212-packet.ts';
import type { FileFacts } from './inspect-file.ts';
import { BAD_TABLE, LONGEST_REJECT, type RawTable, rawColumns } from './raw-table.ts';
import { quotePath } from './sql-path.ts';
import { writeBlocks } from './transcode.ts';

/** Columns of one factor row, as `docs/sources.md` names them, and the rest of what a packet says. */
export const HJ212_HEADERS = [
  'received_at', 'qn', 'st', 'cn', 'mn', 'hj_version', 'crc_ok', 'data_time', 'factor', 'info',
  'min_value', 'avg_value', 'max_value', 'cou_value', 'rtd_value', 'zs_min_value', 'zs_avg_value', 'zs_max_value', 'flag', 'eflag', 'sample_time',
] as const; // prettier-ignore

const FIELDS = ['Min', 'Avg', 'Max', 'Cou', 'Rtd', 'ZsMin', 'ZsAvg', 'ZsMax', 'Flag', 'EFlag', 'SampleTime'] as const;
/** Rows of one line share its number; the row's place in the line is the last three digits. */
const ROWS_A_LINE = 1000;
const LONGEST_PACKET_BYTES = 16_384;

/** Reads a log of HJ 212 packets, one a line behind the moment it was received, into one row per factor. A packet with a wrong CRC, length or shape goes to `bad`
 *  whole. Real-time packets (CN 2011) have their `Rtd` in `avg_value` too, so that one column holds the reading. Row numbers are `line.place`.
 *  @throws InputError `empty-file`, `binary-file`, `endless-line` */
export async function readHj212(
  db: Database,
  facts: FileFacts,
  options: { scratch: string; strictCrc: boolean },
): Promise<RawTable> {
  refuseEmpty(facts);
  if (facts.hasNul) throw binaryFile(facts);
  refuseEndlessLine(facts, LONGEST_PACKET_BYTES * 128);
  const good = join(options.scratch, 'packets.csv');
  const bad = join(options.scratch, 'bad.csv');
  const counts = { modbus: 0 };
  const faults: string[] = [];
  await writeBlocks(_rowsText(facts.path, options.strictCrc, faults, counts), good);
  await writeBlocks(_each(faults), bad);
  const columns = rawColumns(HJ212_HEADERS);
  const types = ["'line': 'BIGINT'", ...columns.map((c) => `'${c.name}': 'VARCHAR'`)].join(', ');
  const csv = `header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', new_line = '\\n'`;
  await db.run(`create table raw as select * from read_csv(${quotePath(good)}, columns = {${types}}, ${csv})`);
  await db.run(BAD_TABLE);
  await db.run(
    `insert into bad select * from read_csv(${quotePath(bad)}, columns = {'line': 'BIGINT', 'value': 'VARCHAR', 'rule': 'VARCHAR', 'message': 'VARCHAR'}, ${csv})`,
  );
  const notes =
    counts.modbus === 0 ? [] : [`${counts.modbus} packets accepted by CRC-16/MODBUS instead of HJ 212 Annex A`];
  return {
    table: 'raw',
    columns,
    rowsALine: ROWS_A_LINE,
    undecodable: true,
    cutColumn: null,
    notes,
  };
}

async function* _each(items: readonly string[]): AsyncGenerator<string> {
  yield await Promise.resolve(items.join(''));
}

async function* _rowsText(
  path: string,
  strictCrc: boolean,
  faults: string[],
  counts: { modbus: number },
): AsyncGenerator<string> {
  let number = 0;
  for await (const lines of _linesOf(path)) {
    let out = '';
    for (const line of lines) {
      number++;
      const at = line.indexOf('##');
      if (at < 0 && line.toString('latin1').trim() === '') continue;
      const packet =
        at < 0
          ? ({ rule: 'hj212-shape', message: 'has no ##' } satisfies Hj212Fault)
          : hj212Packet(line.subarray(at), { strictCrc });
      const fault =
        'rule' in packet
          ? packet
          : packet.rows.length >= ROWS_A_LINE || packet.rows.length === 0
            ? _noRows(packet)
            : null;
      if (fault !== null || 'rule' in packet) {
        faults.push(
          `${number * ROWS_A_LINE},${_field(line.toString('utf8').slice(0, LONGEST_REJECT))},${fault!.rule},${_field(fault!.message)}\n`,
        );
        continue;
      }
      if (!packet.crcOk) counts.modbus++;
      out += _packetText(number, line.toString('latin1', 0, at).trim(), packet);
    }
    yield out;
  }
}

function _noRows(packet: Hj212Packet): Hj212Fault {
  return {
    rule: 'hj212-shape',
    message: packet.rows.length === 0 ? 'has no factor' : `has ${packet.rows.length} factors`,
  };
}

/** Rows of a packet as CSV. Values were cut at commas, so that only a packet with a quote or a line end inside needs quoting beyond its head. */
function _packetText(number: number, received: string, packet: Hj212Packet): string {
  const { version, crcOk, dataTime } = packet;
  const head = [received, packet.qn, packet.st, packet.cn, packet.mn].map(_field).join(',');
  const shared = `${head},${version},${crcOk ? '1' : '0'},${_field(dataTime)}`;
  let out = '';
  let place = number * ROWS_A_LINE;
  for (const row of packet.rows) {
    let values = '';
    for (const name of FIELDS)
      values += ',' + (row.fields.get(name) ?? (name === 'Avg' ? row.fields.get('Rtd') : undefined) ?? '');
    const own = `,${row.factor},${row.info ?? ''}${values}`;
    out += `${++place},${shared}${QUOTED.test(own) ? _quotedText(row) : own}\n`;
  }
  return out;
}

function _quotedText(row: Hj212Packet['rows'][number]): string {
  const values = FIELDS.map(
    (name) => row.fields.get(name) ?? (name === 'Avg' ? row.fields.get('Rtd') : undefined) ?? '',
  );
  return `,${[row.factor, row.info ?? '', ...values].map(_field).join(',')}`;
}

const QUOTED = /["\r\n]/;
const RISKY = /[",\r\n]/;

function _field(text: string): string {
  return RISKY.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Lines of a file as byte views, in groups of one read block; CR before LF is dropped. */
async function* _linesOf(path: string): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const block = rest.length === 0 ? (part as Buffer) : Buffer.concat([rest, part as Buffer]);
    const lines: Buffer[] = [];
    let start = 0;
    for (let at = block.indexOf(10); at >= 0; at = block.indexOf(10, start)) {
      lines.push(block.subarray(start, at > start && block[at - 1] === 13 ? at - 1 : at));
      start = at + 1;
    }
    rest = Buffer.from(block.subarray(start));
    yield lines;
  }
  if (rest.length > 0) yield [rest];
}
