import { join } from 'node:path';
import { compareNames } from '../ingest/resolve/index.ts';
import { Database, quoteText } from '../ingest/tables/index.ts';

interface NamePair {
  readonly id: string;
  readonly type: string;
  readonly name_left: string;
  readonly name_right: string;
  readonly is_match: string;
  readonly quality: string;
}

/** Labelled pairs of names: precision, recall and F1 of `compareNames` at its own cut, and the pairs of the STRONG tier that it gets wrong. */
export async function benchNamePairs(folder: string): Promise<Record<string, unknown>> {
  const db = await Database.open(':memory:');
  const rows = await db.rows<NamePair>(
    `select id, type, name_left, name_right, is_match, quality from read_csv(${quoteText(join(folder, 'pairs.csv'))}, all_varchar = true, header = true)`,
  );
  db.close();
  const before = process.hrtime.bigint();
  const said = rows.map((r) => compareNames(r.name_left, r.name_right, r.type).same);
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  const count = (of: (r: NamePair, i: number) => boolean): number => rows.filter(of).length;
  const right = count((r, i) => said[i]! && r.is_match === 'true');
  const precision =
    right /
    Math.max(
      1,
      count((_r, i) => said[i]!),
    );
  const recall =
    right /
    Math.max(
      1,
      count((r) => r.is_match === 'true'),
    );
  return {
    dataset: folder.replace(/\/+$/, '').split('/').at(-1),
    mode: 'name pairs',
    pairs: rows.length,
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    strongWrong: rows
      .filter((r, i) => r.quality === 'STRONG' && said[i] !== (r.is_match === 'true'))
      .map((r) => `${r.name_left} / ${r.name_right}`),
    microsecondsPerPair: (seconds * 1e6) / rows.length,
    seconds,
  };
}
