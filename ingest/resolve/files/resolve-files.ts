import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve as resolvePath } from 'node:path';
import { type Progress, type TextColumn, InputError, SILENT, withDefaults } from '../../base/index.ts';
import { Database, quoteIdent } from '../../tables/index.ts';
import type { EntityChange } from '../identity/index.ts';
import { LinkStore, type RawRows, openStore, saveStore, trainModel } from '../incremental/index.ts';
import { type JudgementRow, readJudgements, rulingsOf } from '../judgement/index.ts';
import {
  type Label,
  NO_TABLE_SETTINGS,
  type TableSettings,
  labelsFrom,
  tableSettingsFromYaml,
} from '../settings/index.ts';
import { type ExplainedRows, type TableReport, type TableResolution, resolveTable } from '../table/index.ts';
import { weakestOf } from './weakest.ts';
import { idColumn, loadTableFile } from './table-file.ts';
import { type Member, type Possible, keepIds, writeResolution } from './write-resolution.ts';

export interface ResolveFilesOptions {
  /** One file to find repeats in, or two to link. */
  readonly files: readonly string[];
  /** Folder for the answer. */
  readonly out: string;
  /** Column that names rows; empty = found, or rows go by number. */
  readonly id: string;
  /** YAML of settings, CSV of labels, JSON Lines of judgements; empty = none. */
  readonly settings: string;
  readonly labels: string;
  readonly judgements: string;
  /** Asked-for precision of merged pairs; 0 = none asked. */
  readonly precision: number;
  /** Folder of an earlier answer, whose entity ids live on; empty = none. */
  readonly previous: string;
  /** Folder of a link store, made or added to: rows that are not in it yet are linked to those that are; empty = none. */
  readonly store: string;
  readonly explain: readonly (readonly [string, string])[];
  readonly memoryLimit: string;
  readonly threads: number;
  readonly progress: Progress;
}

export const RESOLVE_FILES_DEFAULTS: ResolveFilesOptions = Object.freeze({
  files: Object.freeze([]),
  out: '',
  id: '',
  settings: '',
  labels: '',
  judgements: '',
  precision: 0,
  previous: '',
  store: '',
  explain: Object.freeze([]),
  memoryLimit: '',
  threads: 0,
  progress: SILENT,
});

/** What was found and where it lies. */
export interface FilesReport {
  readonly records: number;
  readonly entities: number;
  readonly possiblySame: number;
  /** `table`: trained on all at once; `store`: linked record by record under a kept model. */
  readonly how: 'table' | 'store';
  /** Why nothing was merged; null = there was something to go on. */
  readonly refused: string | null;
  readonly threshold: number;
  readonly thresholdBecause: string;
  readonly added: number;
  readonly changes: readonly EntityChange[];
  readonly explained: readonly ExplainedRows[];
  readonly table: TableReport | null;
  readonly out: string;
}

/** From this many rows of one table on, records are linked one by one under a model learnt from a sample. */
const MANY_ROWS = 200_000;
const POSSIBLE = 0.2;

/** Resolves anyone's table, or links two: one call, no settings needed. Writes entities.csv, possibly-same.csv, weak-links.csv, report.json and, with an
 *  earlier answer, changes.csv.  @throws InputError for what is wrong with files, columns or settings */
export async function resolveFiles(options: Partial<ResolveFilesOptions>): Promise<FilesReport> {
  const o = withDefaults('resolveFiles', RESOLVE_FILES_DEFAULTS, options);
  if (o.files.length < 1 || o.files.length > 2 || o.out === '')
    throw new InputError(
      'bad-tables',
      `resolveFiles: ${o.files.length} files; give one table, or two to link, and a folder for the answer`,
      {},
    );
  const settings = o.settings === '' ? NO_TABLE_SETTINGS : tableSettingsFromYaml(_file(o.settings), o.settings);
  const db = await Database.open(':memory:', { threads: o.threads, memoryLimit: o.memoryLimit });
  try {
    const tables = o.files.map((_f, i) => `table_${i + 1}`);
    let rows = 0;
    for (const [i, f] of o.files.entries()) rows += await loadTableFile(db, tables[i]!, f);
    const id = await idColumn(db, tables, settings.id ?? o.id);
    mkdirSync(o.out, { recursive: true });
    const beside = (name: string | undefined, own: string): string =>
      own !== '' || name === undefined ? own : resolvePath(dirname(o.settings), name);
    const inputs: Inputs = {
      db,
      tables,
      id,
      settings,
      labels: await _labels(db, beside(settings.labels, o.labels)),
      judgements: _judgements(beside(settings.judgements, o.judgements)),
    };
    const byStore = tables.length === 1 && (o.store !== '' || rows > MANY_ROWS);
    const report = byStore ? await _byStore(inputs, o) : await _byTable(inputs, o);
    writeFileSync(join(o.out, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
    return report;
  } finally {
    db.close();
  }
}

interface Inputs {
  readonly db: Database;
  readonly tables: readonly string[];
  readonly id: string;
  readonly settings: TableSettings;
  readonly labels: readonly Label[];
  readonly judgements: readonly JudgementRow[];
}

async function _byTable(i: Inputs, o: ResolveFilesOptions): Promise<FilesReport> {
  const r = await resolveTable(i.db, i.tables, {
    id: i.id,
    precision: o.precision,
    settings: { ...i.settings, id: i.id === '' ? undefined : i.id },
    labels: i.labels,
    judgements: i.judgements,
    explain: o.explain,
    progress: o.progress,
  });
  const members = _members(r);
  const possible: Possible[] = [];
  for (let p = 0; p < r.left.length; p++) {
    const [a, b] = [r.left[p]!, r.right[p]!];
    if (r.cluster[a] === r.cluster[b] || r.forbidden[p] === 1 || r.probability[p]! < POSSIBLE) continue;
    possible.push({ left: r.ids[a]!, right: r.ids[b]!, probability: r.probability[p]!, weight: r.weight[p]! });
  }
  const kept = await _written(i, o, members, { possible, weak: weakestOf(r, r.report.threshold) });
  return {
    ..._counts(kept.members, possible),
    how: 'table',
    refused: r.report.refused,
    threshold: r.report.threshold,
    thresholdBecause: r.report.thresholdBecause,
    added: r.ids.length,
    changes: kept.changes,
    explained: r.report.explained,
    table: r.report,
    out: o.out,
  };
}

/** Entities are named by their smallest record: by table, then id. */
function _members(r: TableResolution): Member[] {
  const two = r.side !== null;
  const own = (k: number): string => (two ? `${r.side![k]! + 1}:${r.ids[k]!}` : r.ids[k]!);
  const first = new Map<number, string>();
  r.cluster.forEach((c, k) => {
    const name = first.get(c);
    if (name === undefined || own(k) < name) first.set(c, own(k));
  });
  return r.ids.map((id, k) => ({ table: two ? r.side![k]! + 1 : 1, id, entity: first.get(r.cluster[k]!)! }));
}

async function _byStore(i: Inputs, o: ResolveFilesOptions): Promise<FilesReport> {
  if (i.labels.length > 0 || Object.keys(i.settings.compare).length > 0 || i.settings.block.only !== undefined)
    o.progress.note('labels, compare and block settings are not used with a store or a table this large');
  if (o.explain.length > 0) o.progress.note('records of a store are not explained here');
  const rows = await _rawRows(i);
  const isThere = o.store !== '' && existsSync(join(o.store, 'meta.json'));
  o.progress.step(isThere ? 'open store' : 'learn', `${rows.ids.length} rows`);
  const precision = i.settings.threshold?.precision ?? o.precision;
  const probability = i.settings.threshold?.probability ?? 0;
  const store = isThere
    ? openStore(o.store)
    : new LinkStore(
        await trainModel(i.db, rows, { precision, probability, seed: i.settings.seed, progress: o.progress }),
      );
  const known = new Set(store.state.ids);
  const fresh = rows.ids.map((id, k) => ({ id, k })).filter((x) => !known.has(x.id));
  o.progress.step('link', `${fresh.length} new rows, ${known.size} known`);
  const report = store.add({
    ids: fresh.map((f) => f.id),
    columns: Object.fromEntries(Object.entries(rows.columns).map(([name, v]) => [name, fresh.map((f) => v[f.k]!)])),
  });
  const rulings = rulingsOf(i.judgements);
  const pairs = (list: typeof rulings.same): [string, string][] => list.map((r) => [r.left, r.right]);
  const judged = store.judge(pairs(rulings.same), pairs(rulings.different));
  if (judged.refused.length > 0) o.progress.note(`${judged.refused.length} judgements could not be obeyed`);
  if (o.store !== '') saveStore(store, o.store);
  const entities = store.entities();
  const members = store.state.ids.map((id, k): Member => ({ table: 1, id, entity: entities[k]! }));
  const possible = _possibleOf(store);
  const kept = await _written(i, o, members, { possible, weak: [] });
  return {
    ..._counts(kept.members, possible),
    how: 'store',
    refused: null,
    threshold: store.state.model.threshold,
    thresholdBecause: store.state.model.thresholdBecause,
    added: fresh.length,
    changes: o.previous === '' ? [...report.changes, ...judged.changes] : kept.changes,
    explained: [],
    table: null,
    out: o.out,
  };
}

/** Pairs of a store that are likelier than one in five and apart; contents stand for their first record. */
function _possibleOf({ state: s }: LinkStore): Possible[] {
  const out: Possible[] = [];
  const least = Math.log2(POSSIBLE / (1 - POSSIBLE));
  for (let p = 0; p < s.pairs.left.length; p++) {
    const [a, b, w] = [s.pairs.left[p]!, s.pairs.right[p]!, s.pairs.weight[p]!];
    if (w < least || s.pairs.forbidden[p] === 1 || s.cluster[a] === s.cluster[b]) continue;
    out.push({ left: s.firstId[a]!, right: s.firstId[b]!, weight: w, probability: 1 / (1 + 2 ** -w) });
  }
  return out;
}

async function _rawRows(i: Inputs): Promise<RawRows> {
  const c = await i.db.columns(`select * from ${quoteIdent(i.tables[0]!)}`);
  const columns = Object.entries(c.data).filter(([name]) => name !== i.id && !i.settings.ignore.includes(name));
  const texts = (name: string): readonly (string | null)[] => (c.data[name] as TextColumn).values;
  return {
    ids: i.id === '' ? Array.from({ length: c.rows }, (_x, k) => String(k + 1)) : texts(i.id).map((v) => v!),
    columns: Object.fromEntries(columns.map(([name]) => [name, texts(name)])),
  };
}

async function _written(
  i: Inputs,
  o: ResolveFilesOptions,
  members: readonly Member[],
  more: Pick<Parameters<typeof writeResolution>[2], 'possible' | 'weak'>,
): Promise<{ members: readonly Member[]; changes: EntityChange[] }> {
  const kept = o.previous === '' ? { members, changes: [] } : await keepIds(i.db, members, o.previous, o.out);
  await writeResolution(i.db, o.out, { members: kept.members, ...more });
  return kept;
}

function _counts(
  members: readonly Member[],
  possible: readonly Possible[],
): Pick<FilesReport, 'records' | 'entities' | 'possiblySame'> {
  return {
    records: members.length,
    entities: new Set(members.map((m) => m.entity)).size,
    possiblySame: possible.length,
  };
}

function _file(path: string): string {
  if (!existsSync(path)) throw new InputError('no-such-file', `resolve: there is no file ${path}`, { path });
  return readFileSync(path, 'utf8');
}

async function _labels(db: Database, path: string): Promise<Label[]> {
  if (path === '') return [];
  await loadTableFile(db, '_labels', path);
  return labelsFrom(await db.rows<Record<string, string | null>>('select * from _labels'), path);
}

function _judgements(path: string): JudgementRow[] {
  return path === '' ? [] : readJudgements(_file(path), path);
}
