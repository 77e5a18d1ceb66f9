import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExternalError, InputError, messageOf } from '../../base/index.ts';
import { KeyIndex, type RuleIndex } from './key-index.ts';
import { type LinkState, LinkStore } from './link-store.ts';
import { modelFromJson } from './table-model.ts';

/** What the folder holds beside the arrays. */
interface Meta {
  readonly version: 1;
  readonly capped: readonly (readonly number[])[];
  readonly must: [number, number][];
  readonly cannot: [number, number][];
}

/** Writes a store to a folder as plain files: JSON for the model and the texts' bookkeeping, one text file a column, little-endian arrays for keys and pairs.
 *  The folder is made anew beside and put in place by a rename, so that a killed write leaves the old store.
 *  About 150 bytes a record and 17 a pair.  @throws ExternalError `store-not-written` */
export function saveStore(store: LinkStore, folder: string): void {
  const building = `${folder}.building`;
  try {
    rmSync(building, { recursive: true, force: true });
    mkdirSync(building, { recursive: true });
    _write(store.state, building);
    const old = `${folder}.old`;
    rmSync(old, { recursive: true, force: true });
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(building, folder);
    rmSync(old, { recursive: true, force: true });
  } catch (cause) {
    throw new ExternalError('store-not-written', `saveStore: ${folder}: ${messageOf(cause)}`, { folder }, { cause });
  }
}

/** The store that `saveStore` wrote. @throws InputError `no-store` when the folder holds none · `not-a-model` */
export function openStore(folder: string): LinkStore {
  const meta = join(folder, 'meta.json');
  if (!existsSync(meta))
    throw new InputError(
      'no-store',
      `openStore: ${folder} holds no link store; make one with "tributary resolve --store"`,
      { folder },
    );
  const model = modelFromJson(readFileSync(join(folder, 'model.json'), 'utf8'), join(folder, 'model.json'));
  const m = JSON.parse(readFileSync(meta, 'utf8')) as Meta;
  const i32 = (name: string): Int32Array => new Int32Array(_bytes(folder, name));
  const u32 = (name: string): Uint32Array => new Uint32Array(_bytes(folder, name));
  const u8 = (name: string): Uint8Array => new Uint8Array(_bytes(folder, name));
  const rules = m.capped.map((capped, r): RuleIndex => ({
    table: { starts: i32(`rule-${r}-starts`), keys: u32(`rule-${r}-keys`) },
    sorted: { keys: u32(`rule-${r}-sorted`), records: i32(`rule-${r}-records`) },
    capped: new Set(capped),
  }));
  const list = (name: string): string[] => JSON.parse(readFileSync(join(folder, name), 'utf8')) as string[];
  const state: LinkState = {
    model,
    ids: list('ids.json'),
    textOf: i32('text-of'),
    texts: model.columns.map((_c, k) => _lines(readFileSync(join(folder, `column-${k}.txt`), 'utf8'))),
    hashes: new Float64Array(_bytes(folder, 'hashes')),
    copies: i32('copies'),
    scattered: u8('scattered'),
    index: new KeyIndex(rules.length, model.maxBlock, rules),
    pairs: {
      left: i32('pair-left'),
      right: i32('pair-right'),
      weight: new Float64Array(_bytes(folder, 'pair-weight')),
      forbidden: u8('pair-forbidden'),
    },
    cluster: i32('cluster'),
    firstId: list('first-ids.json'),
    entityOf: i32('entity-of'),
    names: list('names.json'),
    must: m.must,
    cannot: m.cannot,
  };
  return new LinkStore(model, state);
}

function _write(s: LinkState, folder: string): void {
  const array = (name: string, a: Int32Array | Uint32Array | Uint8Array | Float64Array): void =>
    writeFileSync(join(folder, `${name}.bin`), new Uint8Array(a.buffer, a.byteOffset, a.byteLength));
  const json = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
  json('model.json', s.model);
  json('ids.json', s.ids);
  json('first-ids.json', s.firstId);
  json('names.json', s.names);
  s.texts.forEach((c, k) => writeFileSync(join(folder, `column-${k}.txt`), c.map((v) => v ?? '').join('\n')));
  s.index.rules.forEach((r, i) => {
    array(`rule-${i}-starts`, r.table.starts);
    array(`rule-${i}-keys`, r.table.keys);
    array(`rule-${i}-sorted`, r.sorted.keys);
    array(`rule-${i}-records`, r.sorted.records);
  });
  array('text-of', s.textOf);
  array('hashes', s.hashes);
  array('copies', s.copies);
  array('scattered', s.scattered);
  array('pair-left', s.pairs.left);
  array('pair-right', s.pairs.right);
  array('pair-weight', s.pairs.weight);
  array('pair-forbidden', s.pairs.forbidden);
  array('cluster', s.cluster);
  array('entity-of', s.entityOf);
  const meta: Meta = {
    version: 1,
    capped: s.index.rules.map((r) => [...r.capped].sort((a, b) => a - b)),
    must: s.must,
    cannot: s.cannot,
  };
  json('meta.json', meta);
}

/** A file's bytes in a buffer of their own, so that an array of any width may lie over it. */
function _bytes(folder: string, name: string): ArrayBuffer {
  const file = readFileSync(join(folder, `${name}.bin`));
  if (file.byteOffset === 0 && file.buffer instanceof ArrayBuffer && file.byteLength === file.buffer.byteLength)
    return file.buffer;
  return new Uint8Array(file).buffer;
}

/** Cleaned values hold no line break; empty is missing. */
function _lines(text: string): (string | null)[] {
  return text === '' ? [] : text.split('\n').map((v) => (v === '' ? null : v));
}
