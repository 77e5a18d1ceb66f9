import { rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError, sha256 } from '../ingest/base/index.ts';
import {
  LinkStore,
  evaluateClusters,
  openStore,
  saveStore,
  trainModel,
  type RawRows,
} from '../ingest/resolve/index.ts';
import { Database } from '../ingest/tables/index.ts';
import { madePersons } from './resolve-million-data.ts';

const USAGE =
  'bench resolve-million: --data <folder of the historical set>; --records 1000000 --new 10000 --threads 0 --store <folder to keep> --seed million';

interface Lap {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** A million person records without labels or settings, then ten thousand new ones into them. The last line is one JSON object; `sha256` is that of every
 *  record with its entity, so that runs can be held against one another. */
export async function run(args: readonly string[]): Promise<void> {
  const { values: v } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      records: { type: 'string', default: '1000000' },
      new: { type: 'string', default: '10000' },
      threads: { type: 'string', default: '0' },
      store: { type: 'string', default: '' },
      seed: { type: 'string', default: 'million' },
    },
  });
  if (v.data === undefined) throw new InputError('usage', USAGE, {});
  const [records, fresh] = [Number(v.records), Number(v.new)];
  const made = await madePersons(v.data, records + fresh, v.seed);
  const first = _slice(made.rows, 0, records);
  const db = await Database.open(':memory:', { threads: Number(v.threads) });
  const training = _lap();
  const model = await trainModel(db, first);
  const trained = training();
  db.close();
  const linking = _lap();
  const store = new LinkStore(model);
  const report = store.add(first);
  const linked = linking();
  const entities = store.entities();
  const score = _score(first.ids, entities, made.who);
  const hash = sha256(first.ids.map((id, i) => `${id} ${entities[i]!}`).join('\n'));
  const folder = v.store === '' ? join(tmpdir(), `tributary-million-${process.pid}`) : v.store;
  const saving = _lap();
  saveStore(store, folder);
  const saved = saving();
  const more = fresh === 0 ? null : _increment(folder, _slice(made.rows, records, records + fresh), made.who);
  if (v.store === '') rmSync(folder, { recursive: true, force: true });
  process.stdout.write(
    `${JSON.stringify({
      records,
      seconds: trained.seconds + linked.seconds,
      cpuSeconds: trained.cpuSeconds + linked.cpuSeconds,
      trained,
      linked,
      saved,
      peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
      rules: model.rules,
      pairs: report.pairsAdded,
      cappedKeys: report.cappedKeys,
      entities: report.entities,
      ...score,
      increment: more,
      threads: Number(v.threads),
      load: loadavg().map((l) => Number(l.toFixed(1))),
      sha256: hash,
    })}\n`,
  );
}

/** Opens the kept store, adds the new records and writes it again: what a daily delivery costs. */
function _increment(folder: string, rows: RawRows, who: Int32Array): Record<string, unknown> {
  const opening = _lap();
  const store = openStore(folder);
  const opened = opening();
  const adding = _lap();
  const report = store.add(rows);
  const added = adding();
  const saving = _lap();
  saveStore(store, folder);
  const saved = saving();
  return {
    records: rows.ids.length,
    seconds: opened.seconds + added.seconds,
    cpuSeconds: opened.cpuSeconds + added.cpuSeconds,
    opened,
    added,
    saved,
    pairs: report.pairsAdded,
    pairsDropped: report.pairsDropped,
    changes: report.changes.length,
    ..._score(store.state.ids, store.entities(), who),
  };
}

function _slice(rows: RawRows, from: number, to: number): RawRows {
  return {
    ids: rows.ids.slice(from, to),
    columns: Object.fromEntries(Object.entries(rows.columns).map(([name, c]) => [name, c.slice(from, to)])),
  };
}

function _score(ids: readonly string[], entities: readonly string[], who: Int32Array): Record<string, number> {
  const s = evaluateClusters(
    new Map(ids.map((id, i) => [id, entities[i]!])),
    new Map(ids.map((id, i) => [id, String(who[i]!)])),
  );
  return { precision: s.precision, recall: s.recall, f1: s.f1, b3F1: s.b3.f1 };
}

function _lap(): () => Lap {
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  return () => {
    const used = process.cpuUsage(cpu);
    return { seconds: Number(process.hrtime.bigint() - wall) / 1e9, cpuSeconds: (used.user + used.system) / 1e6 };
  };
}
