import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TextColumn, InputError } from '../ingest/base/index.ts';
import { Database, quoteText } from '../ingest/tables/index.ts';

/** A benchmark folder: `records.csv[.gz]` (source, id, fields), `matches.csv[.gz]` (id_left, id_right), for one-file sets `clusters.csv`. */
export interface BenchSet {
  readonly name: string;
  readonly db: Database;
  /** Tables to resolve: one, or two to link across. */
  readonly tables: readonly string[];
  /** True pairs as `[smaller id, larger id]`. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly records: number;
}

/** Whether a folder is a matching set. */
export function isMatchingSet(folder: string): boolean {
  return _file(folder, 'records') !== null && _file(folder, 'matches') !== null;
}

/** Matching sets and name-pair sets below a folder, by name. */
export function setsBelow(root: string): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((d) => d.isDirectory())
    .map((d) => d.name)
    .filter((n) => isMatchingSet(join(root, n)) || existsSync(join(root, n, 'pairs.csv')))
    .sort();
}

/** Opens a set in a memory database. Truth is read for scoring only and never reaches the engine. */
export async function openSet(folder: string, threads: number): Promise<BenchSet> {
  const records = _file(folder, 'records');
  const matches = _file(folder, 'matches');
  if (records === null || matches === null)
    throw new InputError('no-set', `bench resolve: ${folder} holds no records.csv and matches.csv (or .gz)`, {
      folder,
    });
  const db = await Database.open(':memory:', { threads });
  const csv = (f: string): string =>
    `read_csv(${quoteText(f)}, all_varchar = true, header = true, quote = '"', max_line_size = 20000000)`;
  await db.run(`create table records as select * from ${csv(records)}`);
  const sources = await db.rows<{ source: string }>('select distinct source from records order by source');
  const two = _file(folder, 'clusters') === null && sources.length === 2;
  const tables = two ? ['left_records', 'right_records'] : ['all_records'];
  if (two) {
    for (const [i, t] of tables.entries())
      await db.run(
        `create table ${t} as select * exclude (source) from records where source = ${quoteText(sources[i]!.source)}`,
      );
  } else await db.run('create table all_records as select * exclude (source) from records');
  const m = await db.columns(
    `select least(id_left, id_right) as a, greatest(id_left, id_right) as b from ${csv(matches)}`,
  );
  const a = (m.data['a'] as TextColumn).values;
  const b = (m.data['b'] as TextColumn).values;
  const [n] = await db.rows<{ n: number }>('select count(*) as n from records');
  return {
    name: folder.replace(/\/+$/, '').split('/').at(-1)!,
    db,
    tables,
    pairs: a.map((x, i) => [x!, b[i]!] as const),
    records: n!.n,
  };
}

function _file(folder: string, name: string): string | null {
  for (const end of ['.csv', '.csv.gz']) {
    const path = join(folder, name + end);
    if (existsSync(path)) return path;
  }
  return null;
}
