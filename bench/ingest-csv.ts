import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inspectFile, readFile, writeBlocks } from '../ingest/formats/index.ts';
import { ingestFiles } from '../ingest/lake/index.ts';
import { districtSources } from '../ingest/sources/index.ts';
import { Database, quoteText } from '../ingest/tables/index.ts';

/** How fast does a GB18030 CSV of gate passes (14 columns, 6 % of plates in need of cleaning) come in, beside DuckDB's own `read_csv` of the same table in UTF-8?
 *  `npm run bench -- ingest-csv [--rows 2000000] [--rounds 3]`. Each variant runs in a fresh process, in turn; median and spread of wall time. */
const VARIANTS = ['duckdb-read', 'duckdb-parquet', 'our-read', 'our-ingest'] as const;
type Variant = (typeof VARIANTS)[number];

interface Once {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rows: number;
  readonly peakMb: number;
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string', default: '2000000' },
      rounds: { type: 'string', default: '3' },
      once: { type: 'string' },
      folder: { type: 'string' },
    },
  });
  if (values.once !== undefined && values.folder !== undefined) {
    console.log(JSON.stringify(await _once(values.once as Variant, values.folder)));
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'tributary-bench-'));
  try {
    await _makeTable(folder, Number(values.rows));
    const mb = statSync(join(folder, 'in/pol_gate_pass-202603.csv')).size / 1e6;
    const found = new Map<Variant, Once[]>(VARIANTS.map((v) => [v, []]));
    for (let round = 0; round < Number(values.rounds); round++)
      for (const variant of round % 2 === 0 ? VARIANTS : VARIANTS.toReversed())
        found.get(variant)!.push(_inFreshProcess(variant, folder));
    console.log(JSON.stringify(_summary(found, mb), null, 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function _makeTable(folder: string, rows: number): Promise<void> {
  const db = await Database.open(':memory:');
  const utf8 = join(folder, 'utf8.csv');
  mkdirSync(join(folder, 'in'));
  try {
    await db.run(`copy (select 'GC' || lpad(i::varchar, 10, '0') as gcbh, 'gate-' || (i % 40) as kkbh, (i % 4)::varchar as cdh,
        case when hash(i * 3) % 25 = 0 then '浙e·' || lpad((hash(i) % 300000)::varchar, 5, '0') when hash(i * 5) % 50 = 0 then 'E' || lpad((hash(i) % 100000)::varchar, 5, '0')
          when hash(i * 7) % 20 = 0 then null else '浙E' || lpad((hash(i) % 90000)::varchar, 5, '0') end as hphm,
        '0' || (1 + i % 2) as hpzl, (1 + i % 5)::varchar as hpys, (50 + i % 50)::varchar as kxd, strftime(timestamp '2026-03-01' + to_seconds(i::bigint), '%Y%m%d%H%M%S') as gcsj,
        (20 + i % 60)::varchar as clsd, case when i % 2 = 0 then 'in' else 'out' end as fx, '0' as zd, '东风' as clpp, '蓝' as csys, left(md5(i::varchar), 16) as tphash
      from range(${rows}) r(i)) to ${quoteText(utf8)} (header)`);
  } finally {
    db.close();
  }
  await writeBlocks(_gb18030(utf8), join(folder, 'in/pol_gate_pass-202603.csv'));
}

/** UTF-8 text as GB18030, by the inverse of the platform's decoder. */
async function* _gb18030(path: string): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  const codes = new Map<string, number>();
  for (const c of '浙东风蓝·') {
    for (let pair = 0x8140; pair <= 0xfefe && !codes.has(c); pair++) {
      try {
        if (decoder.decode(Uint8Array.of(pair >> 8, pair & 255)) === c) codes.set(c, pair);
      } catch {
        continue; // an unassigned pair
      }
    }
  }
  const { createReadStream } = await import('node:fs');
  for await (const part of createReadStream(path, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const text = part as string;
    const out = Buffer.allocUnsafe(text.length * 2);
    let at = 0;
    for (let i = 0; i < text.length; i++) {
      const point = text.charCodeAt(i);
      if (point < 128) out[at++] = point;
      else at = out.writeUInt16BE(codes.get(text[i]!)!, at);
    }
    yield out.subarray(0, at);
  }
}

function _inFreshProcess(variant: Variant, folder: string): Once {
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, process.argv[1]!, 'ingest-csv', '--once', variant, '--folder', folder],
    { encoding: 'utf8' },
  );
  if (child.status !== 0) throw new Error(`ingest-csv: ${variant} failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as Once;
}

async function _once(variant: Variant, folder: string): Promise<Once> {
  const work = join(folder, `work-${variant}`);
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const rows = await WORK[variant](folder, work);
  const { user, system } = process.cpuUsage(cpu);
  return {
    ms: performance.now() - start,
    cpuMs: (user + system) / 1000,
    rows,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

const WORK: Readonly<Record<Variant, (folder: string, work: string) => Promise<number>>> = {
  'duckdb-read': (folder) =>
    _duckdb(`create table t as select * from read_csv(${quoteText(join(folder, 'utf8.csv'))})`, 't'),
  'duckdb-parquet': async (folder, work) => {
    const out = quoteText(join(work, 't.parquet'));
    return _duckdb(
      `copy (select * from read_csv(${quoteText(join(folder, 'utf8.csv'))})) to ${out} (format parquet, compression zstd)`,
      `read_parquet(${out})`,
    );
  },
  'our-read': async (folder, work) => {
    const db = await Database.open(':memory:');
    const facts = await inspectFile(join(folder, 'in/pol_gate_pass-202603.csv'));
    await readFile(db, facts, { format: { kind: 'csv', encoding: 'gb18030' }, scratch: work, strictCrc: true });
    const [count] = await db.rows<{ n: number }>('select count(*) as n from raw');
    db.close();
    return count!.n;
  },
  'our-ingest': async (folder, work) => {
    const report = await ingestFiles({
      workspace: work,
      paths: [join(folder, 'in')],
      descriptions: districtSources(),
      clock: () => Date.UTC(2026, 6, 1),
    });
    return report.files[0]!.acceptedRows;
  },
};

async function _duckdb(sql: string, from: string): Promise<number> {
  const db = await Database.open(':memory:');
  await db.run(sql);
  const [count] = await db.rows<{ n: number }>(`select count(*) as n from ${from}`);
  db.close();
  return count!.n;
}

function _summary(found: ReadonlyMap<Variant, readonly Once[]>, mb: number): Record<string, unknown> {
  const median = (list: readonly number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1]!;
  const rows = [...found].map(([variant, runs]) => {
    const ms = runs.map((r) => r.ms);
    return {
      variant,
      medianMs: Math.round(median(ms)),
      fromMs: Math.round(Math.min(...ms)),
      toMs: Math.round(Math.max(...ms)),
      cpuMs: Math.round(median(runs.map((r) => r.cpuMs))),
      rows: runs[0]!.rows,
      rowsPerSecond: Math.round((runs[0]!.rows / median(ms)) * 1000),
      mbPerSecond: Math.round((mb / median(ms)) * 1000),
      peakMb: Math.round(Math.max(...runs.map((r) => r.peakMb))),
    };
  });
  const of = (variant: Variant): (typeof rows)[number] => rows.find((r) => r.variant === variant)!;
  const times = (a: Variant, b: Variant): number => Number((of(a).medianMs / of(b).medianMs).toFixed(2));
  const cpuTimes = (a: Variant, b: Variant): number => Number((of(a).cpuMs / of(b).cpuMs).toFixed(2));
  return {
    gb18030Mb: Math.round(mb),
    variants: rows,
    readOverDuckdbRead: times('our-read', 'duckdb-read'),
    ingestOverDuckdbRead: times('our-ingest', 'duckdb-read'),
    ingestOverDuckdbParquet: times('our-ingest', 'duckdb-parquet'),
    readOverDuckdbReadCpu: cpuTimes('our-read', 'duckdb-read'),
    ingestOverDuckdbReadCpu: cpuTimes('our-ingest', 'duckdb-read'),
  };
}
