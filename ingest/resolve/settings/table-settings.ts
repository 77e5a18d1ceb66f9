import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { InputError } from '../../base/index.ts';

/** Types a column may be said to have; the engine finds one by itself where none is said. */
const TYPES = [
  'date',
  'year',
  'email',
  'phone',
  'number',
  'code',
  'category',
  'short',
  'phrase',
  'text',
  'han-name',
] as const;

const LEVEL = z
  .strictObject({
    bits: z.number().min(-60).max(60).optional().describe('weight of the level, bits'),
    m: z.number().gt(0).lt(1).optional().describe('share of true pairs at this level'),
    u: z.number().gt(0).lt(1).optional().describe('share of other pairs at this level'),
  })
  .refine((l) => (l.bits === undefined) !== (l.m === undefined && l.u === undefined), 'give bits, or m and u')
  .refine((l) => (l.m === undefined) === (l.u === undefined), 'm and u come together');

const RULE = z
  .array(z.string())
  .min(1)
  .max(2)
  .describe('one or two columns; a ~ behind a name means loosely (first letters, a year)');

const SCHEMA = z.strictObject({
  id: z.string().optional().describe('column that names a row'),
  ignore: z.array(z.string()).default([]).describe('columns that are not looked at'),
  columns: z
    .record(z.string(), z.strictObject({ type: z.enum(TYPES) }))
    .default({})
    .describe('what a column holds, where the engine took it for something else'),
  block: z
    .strictObject({
      only: z.array(RULE).min(1).optional().describe('these blocking rules and no others'),
      add: z.array(RULE).min(1).optional().describe('these rules before the engine’s own'),
      maxPairs: z.int().min(1000).optional().describe('most candidate pairs'),
    })
    .refine((b) => b.only === undefined || b.add === undefined, 'give only, or add')
    .default({}),
  compare: z
    .record(
      z.string(),
      z.strictObject({ off: z.boolean().default(false), levels: z.record(z.string(), LEVEL).default({}) }),
    )
    .default({})
    .describe('comparisons by the name the report gives them: left out, or levels with weights of your own'),
  prior: z.number().gt(0).max(0.5).optional().describe('chance that a random pair is the same'),
  threshold: z
    .strictObject({
      probability: z.number().gt(0).lt(1).optional(),
      precision: z.number().gt(0).lt(1).optional(),
      bits: z.number().optional(),
    })
    .refine(
      (t) => Object.values(t).filter((v) => v !== undefined).length === 1,
      'give one of probability, precision, bits',
    )
    .optional()
    .describe('least probability or weight of a merge, or the precision to reach'),
  oneToOne: z
    .union([z.boolean(), z.literal('auto')])
    .default('auto')
    .describe('two tables free of repeats: a record has one partner at most'),
  seed: z.string().default('resolve'),
  labels: z.string().optional().describe('CSV of known pairs: id_left, id_right, same (1 or 0); beside this file'),
  judgements: z.string().optional().describe('JSON Lines of judgements; beside this file'),
});

/** What a user may say about the resolution of a table; nothing is needed. */
export type TableSettings = z.infer<typeof SCHEMA>;

/** The settings of a call without settings. */
export const NO_TABLE_SETTINGS: TableSettings = Object.freeze(SCHEMA.parse({}));

/** Settings from YAML. @param where  file name, for the message  @throws InputError `bad-settings` with every fault and its place */
export function tableSettingsFromYaml(text: string, where: string): TableSettings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw new InputError('bad-settings', `${where}: not YAML: ${document.errors.map((e) => e.message).join('; ')}`, {
      where,
    });
  const parsed = SCHEMA.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((i) => `${i.path.join('.') || '(top)'}: ${i.message}`);
  throw new InputError('bad-settings', `${where}: ${faults.join('; ')}`, { where, faults });
}

/** JSON Schema of the settings, for editors and docs. */
export function tableSettingsJsonSchema(): unknown {
  return z.toJSONSchema(SCHEMA, { io: 'input' });
}
