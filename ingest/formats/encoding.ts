import { InputError } from '../base/index.ts';
import type { FileFacts } from './inspect-file.ts';
import type { Encoding } from './transcode.ts';

const NAMES: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  cp936: 'gb18030',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  big5: 'big5',
};

/** Share of undecodable sequences among non-ASCII characters above which a file is refused as of another encoding. */
export const MOST_INVALID_SHARE = 0.02;

/** The encoding to read a text file with: a byte-order mark, else UTF-8 where the bytes are valid UTF-8 beyond chance, else what was stated, else GB18030.
 *  @throws InputError `unknown-encoding`, `binary-file`, `wrong-encoding` (stated UTF-8, but mostly not) */
export function encodingOf(facts: FileFacts, stated: string | undefined): { encoding: Encoding; note: string | null } {
  const wanted = stated === undefined ? null : NAMES[stated.toLowerCase()];
  if (wanted === undefined) {
    throw new InputError(
      'unknown-encoding',
      `encodingOf: "${stated}" is not an encoding read here; there are ${Object.keys(NAMES).join(', ')}`,
      { stated },
    );
  }
  const [a, b] = facts.head;
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', note: null };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', note: null };
  if (wanted === 'utf-16le' || wanted === 'utf-16be') return { encoding: wanted, note: null };
  if (facts.hasNul) throw binaryFile(facts);
  if (facts.isUtf8) {
    const differs = wanted !== null && wanted !== 'utf-8' && facts.head.some((byte) => byte >= 0x80);
    return { encoding: 'utf-8', note: differs ? `stated ${stated}, but the bytes are UTF-8; read as UTF-8` : null };
  }
  return { encoding: wanted ?? 'gb18030', note: null };
}

/** Refuses a file whose bytes mostly do not fit the encoding. */
export function refuseWrongEncoding(
  facts: FileFacts,
  encoding: Encoding,
  result: { readonly invalid: number; readonly wide: number },
): void {
  if (result.invalid <= 2 || result.invalid <= (result.wide + result.invalid) * MOST_INVALID_SHARE) return;
  const other = encoding === 'utf-8' ? 'gb18030' : 'utf-8';
  throw new InputError(
    'wrong-encoding',
    `readCsv: ${facts.path} is not ${encoding}: ${result.invalid} undecodable sequences beside ${result.wide} characters beyond ASCII; state the right encoding, perhaps ${other}`,
    { path: facts.path, encoding, ...result },
  );
}

const MAGIC: readonly (readonly [string, string])[] = [
  ['504b0304', 'a ZIP archive or XLSX workbook'],
  ['d0cf11e0', 'an old XLS or DOC file'],
  ['25504446', 'a PDF'],
  ['1f8b', 'a gzip archive'],
  ['50415231', 'a Parquet file'],
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
];

/** The error for bytes where text was expected; names the kind of file when its first bytes tell. */
export function binaryFile(facts: FileFacts): InputError {
  const hex = facts.head.subarray(0, 8).toString('hex');
  const kind = MAGIC.find(([magic]) => hex.startsWith(magic))?.[1] ?? 'binary (it has NUL bytes)';
  return new InputError(
    'binary-file',
    `readText: ${facts.path} is ${kind}, not text; export it in the format that the source describes`,
    {
      path: facts.path,
    },
  );
}

/** Refuses an empty file. */
export function refuseEmpty(facts: FileFacts): void {
  if (facts.bytes > 0) return;
  throw new InputError('empty-file', `readFile: ${facts.path} has 0 bytes; export it again`, { path: facts.path });
}

/** Refuses a text file without lines before anything tries to hold one in memory. */
export function refuseEndlessLine(facts: FileFacts, mostBytes: number): void {
  if (facts.longestRunBytes <= mostBytes) return;
  throw new InputError(
    'endless-line',
    `readText: ${facts.path} has a line of ${facts.longestRunBytes} bytes or more, more than ${mostBytes}; it is not a table of lines, or its line ends are lost`,
    { path: facts.path, bytes: facts.longestRunBytes },
  );
}
