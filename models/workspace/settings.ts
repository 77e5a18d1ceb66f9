import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { InputError, messageOf } from '../../ingest/base/index.ts';
import type { WorkspacePaths } from './paths.ts';

const SCHEMA = z.strictObject({
  sources: z
    .union([z.literal('district'), z.array(z.string()).min(1)])
    .default('district')
    .describe('"district" for the built-in descriptions of the twenty tables, or YAML files of your own, relative to the workspace'),
  precursor: z.boolean().default(false).describe('read the precursor-chemical register; off unless approved'),
  strictCrc: z.boolean().default(true).describe('refuse HJ 212 packets whose CRC is not Annex A'),
  capacity: z.int().min(1).max(10_000).default(20).describe('leads that can be checked in a week'),
  exploration: z.number().min(0).max(0.5).default(0.1).describe('share of the capacity picked at random, flagged, with the chance of each pick'),
  reports: z.int().min(0).max(10_000).default(20).describe('how many of the top leads get a report in a run'),
  seed: z.int().default(7).describe('seed of everything random in a run'),
  language: z.enum(['zh', 'en']).default('zh').describe('language of reports unless asked otherwise'),
  memoryLimit: z.string().default('').describe('memory DuckDB may take before it spills, e.g. "6GB"; empty = half of the machine, at most 6 GB'),
  threads: z.int().min(0).default(0).describe('threads of DuckDB; 0 = one per core'),
  neo4j: z
    .strictObject({
      uri: z.string().min(1).describe('bolt://host:7687, neo4j://host:7687 for a cluster, +s for TLS'),
      user: z.string().min(1).default('neo4j'),
      database: z.string().min(1).default('neo4j'),
      passwordFile: z.string().min(1).optional().describe('file that holds the password; else the environment variable TRIBUTARY_NEO4J_PASSWORD'),
    })
    .optional()
    .describe('the Neo4j that "graph push" and --neo4j use; absent = the graph is embedded only'),
  task: z.unknown().optional().describe('what is ranked, when, with which label; see models/train'),
});

/** What a user may set in `tributary.yaml`; every field has a default. */
export type Settings = z.infer<typeof SCHEMA>;

/** Settings of a workspace; a missing file means the defaults.
 *  @throws InputError `bad-settings` with every fault and its path */
export function readSettings(paths: WorkspacePaths): Settings {
  const text = existsSync(paths.settings) ? readFileSync(paths.settings, 'utf8') : '';
  return settingsFromYaml(text, paths.settings);
}

/** @param where  file name, for the message */
export function settingsFromYaml(text: string, where: string): Settings {
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (cause) {
    throw new InputError('bad-settings', `${where}: not YAML: ${messageOf(cause)}`, { where });
  }
  const parsed = SCHEMA.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((i) => `${i.path.join('.') || '(top)'}: ${i.message}`);
  throw new InputError('bad-settings', `${where}: ${faults.join('; ')}`, { where, faults });
}

/** The JSON Schema of `tributary.yaml`, for editors and docs. */
export function settingsJsonSchema(): unknown {
  return z.toJSONSchema(SCHEMA, { io: 'input' });
}
