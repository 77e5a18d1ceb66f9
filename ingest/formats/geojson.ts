import { readFile } from 'node:fs/promises';
import { InputError, messageOf } from '../base/index.ts';
import type { Database } from '../tables/index.ts';
import { binaryFile, refuseEmpty } from './encoding.ts';
import { geometryFacts } from './geometry.ts';
import type { FileFacts } from './inspect-file.ts';
import { flattened } from './jsonl.ts';
import type { RawTable } from './raw-table.ts';
import { RecordWriter } from './record-writer.ts';

/** Largest map read; GeoJSON is one value and is held in memory whole. */
export const LARGEST_GEOJSON_BYTES = 400_000_000;

/** Reads a GeoJSON FeatureCollection into `raw`: a header for each property, `id`, and of the geometry `geometry` (text), `lon`, `lat` (a point inside), `min_lon`, `min_lat`, `max_lon`, `max_lat`.
 *  A feature without a sound geometry goes to `bad`. `line` is the feature's place, from 1.
 *  @throws InputError `empty-file`, `binary-file`, `geojson-too-large`, `bad-geojson` */
export async function readGeojson(db: Database, facts: FileFacts): Promise<RawTable> {
  refuseEmpty(facts);
  if (facts.hasNul || !facts.isUtf8) throw binaryFile(facts);
  if (facts.bytes > LARGEST_GEOJSON_BYTES)
    throw new InputError(
      'geojson-too-large',
      `readGeojson: ${facts.path} has ${facts.bytes} bytes, more than ${LARGEST_GEOJSON_BYTES}; cut it by kind`,
      { path: facts.path },
    );
  const features = _features(facts.path, (await readFile(facts.path, 'utf8')).replace(/^\uFEFF/, ''));
  const writer = new RecordWriter(db);
  for (const [i, feature] of features.entries()) {
    const record = _recordOf(feature);
    if (typeof record === 'string')
      writer.bad(i + 1, JSON.stringify(feature), 'bad-geometry', `feature ${i + 1} ${record}`);
    else writer.record(i + 1, record);
    if (writer.isFull) await writer.flush();
  }
  return {
    table: 'raw',
    columns: await writer.finish(),
    rowsALine: null,
    undecodable: false,
    cutColumn: null,
    notes: [],
  };
}

function _features(path: string, text: string): unknown[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError(
      'bad-geojson',
      `readGeojson: ${path} is cut or not JSON: ${messageOf(cause)}; export it again`,
      { path },
      { cause },
    );
  }
  const features = (value as { features?: unknown } | null)?.features;
  if (!Array.isArray(features))
    throw new InputError(
      'bad-geojson',
      `readGeojson: ${path} is JSON but no FeatureCollection with features; export it as GeoJSON`,
      { path },
    );
  return features as unknown[];
}

function _recordOf(feature: unknown): Map<string, string | null> | string {
  if (feature === null || typeof feature !== 'object') return 'is not an object';
  const { id, properties, geometry } = feature as { id?: unknown; properties?: unknown; geometry?: unknown };
  const facts = geometryFacts(geometry);
  if (typeof facts === 'string') return facts;
  const record = flattened(
    properties !== null && typeof properties === 'object' ? (properties as Record<string, unknown>) : {},
  );
  if ((typeof id === 'string' || typeof id === 'number') && !record.has('id')) record.set('id', String(id));
  record.set('geometry', JSON.stringify(geometry));
  const [lon, lat] = facts.inside;
  const numbers = {
    lon,
    lat,
    min_lon: facts.box[0],
    min_lat: facts.box[1],
    max_lon: facts.box[2],
    max_lat: facts.box[3],
  };
  for (const [name, value] of Object.entries(numbers)) record.set(name, String(value));
  return record;
}
