import { z } from 'zod';
import { InputError } from '../../ingest/base/index.ts';
import { SUBJECT_KINDS, VERDICTS } from '../../ingest/schema/index.ts';

const BILINGUAL = z.strictObject({ zh: z.string(), en: z.string() });
const NAME = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'letters, digits and _');
const SHARE = z.number().min(0).max(1);

/** What both forms share: how much can be checked and how the figures are made. */
const COMMON = {
  id: z.string().regex(/^[a-z0-9-]+$/, 'lower-case letters, digits and -'),
  title: BILINGUAL,
  capacity: z.int().min(1).default(20).describe('leads that can be checked in a week'),
  folds: z
    .int()
    .min(2)
    .max(10)
    .default(4)
    .describe('folds of network components: each is scored by a model that never saw it'),
  draws: z.int().min(100).max(10_000).default(500).describe('bootstrap draws behind every interval'),
  banned: z.array(z.string()).default([]).describe('columns or features (with *) that may never be used'),
  allowed: z
    .array(z.string())
    .default([])
    .describe('features that tell the label suspiciously well but were looked at by a person and may stay'),
};

const COLUMN = z.union([
  NAME.transform((column) => ({ column, label: { zh: column, en: column }, monotone: 0 as -1 | 0 | 1 })),
  z.strictObject({
    column: NAME,
    label: BILINGUAL,
    monotone: z.union([z.literal(-1), z.literal(0), z.literal(1)]).default(0),
  }),
]);

const DISTRICT = z.strictObject({
  ...COMMON,
  form: z.literal('district'),
  kinds: z
    .array(z.enum(SUBJECT_KINDS))
    .min(1)
    .default(['company', 'site', 'vehicle', 'ship'])
    .describe('kinds of subject that are ranked'),
  horizonDays: z
    .int()
    .min(7)
    .max(730)
    .default(90)
    .describe('a lead is right when a check confirms it within this many days'),
  reportingDelayDays: z
    .int()
    .min(0)
    .max(365)
    .default(30)
    .describe('days after the window until its outcomes count as known; younger as-of dates are censored'),
  trainStepDays: z.int().min(1).max(366).default(28).describe('distance of as-of dates in training'),
  testStepDays: z.int().min(1).max(90).default(7).describe('distance of as-of dates in the test: one list a week'),
  testPeriods: z
    .int()
    .min(1)
    .max(12)
    .default(3)
    .describe('parts of the test; before each the model is trained anew on what was known then'),
  warmUpDays: z
    .int()
    .min(0)
    .default(180)
    .describe('days from the first fact to the first as-of date, so that look-backs are filled'),
  testShare: SHARE.default(0.5).describe('share of the matured dates, the latest, that is the test'),
  positive: z.array(z.enum(VERDICTS)).min(1).default(['confirmed']).describe('verdicts that are a finding'),
  negative: z.array(z.enum(VERDICTS)).default(['clean']).describe('verdicts that are checked and clean'),
  quietSample: z
    .int()
    .min(1000)
    .default(200_000)
    .describe(
      'training rows of subjects without any signal, event, outcome or link kept at most; the rest are sampled, with weights',
    ),
});

const TABLE = z.strictObject({
  ...COMMON,
  form: z.literal('table'),
  table: NAME.describe('table of the decisions, one row each, e.g. src_inspection'),
  row: NAME.describe('column that names the row'),
  date: NAME.describe('day of the decision: nothing known later is used'),
  label: NAME.describe('column of the result; empty = never checked'),
  positive: z
    .union([z.string(), z.number(), z.boolean()])
    .transform(String)
    .default('1')
    .describe('value of the label that is a finding'),
  entity: z
    .strictObject({ kind: z.string(), keyKind: z.string().default('key') })
    .nullable()
    .default(null)
    .describe('how the row is found in entity_key; null: no entity'),
  subject: z
    .array(z.string())
    .default([])
    .describe('relations from the row’s entity to what a lead is about; none: the row itself'),
  subjectColumn: NAME.nullable()
    .default(null)
    .describe('column that names what a lead is about, where there is no entity'),
  numeric: z.array(COLUMN).default([]),
  categorical: z.array(COLUMN).default([]),
  calendar: z.boolean().default(false).describe('month and weekday of the date as features'),
  histories: z
    .array(
      z.strictObject({
        id: NAME,
        label: BILINGUAL,
        relations: z.array(z.string()).default([]),
        column: NAME.nullable().default(null),
      }),
    )
    .default([])
    .describe(
      'past results of rows that share an entity (through relations) or a column value, from earlier days only',
    ),
  split: z
    .strictObject({ column: NAME, train: z.string().default('train'), test: z.string().default('test') })
    .nullable()
    .default(null)
    .describe('published split; null: the last quarter of the days is the test'),
  selection: z
    .strictObject({
      chance: z
        .union([z.literal('estimated'), NAME])
        .nullable()
        .default(null)
        .describe('column with the logged chance that a row was checked, or "estimated": checks count for 1 ÷ it'),
      unlabelledWeight: SHARE.default(0).describe(
        'weight in training of rows without a result, taken as not found; 0 leaves them out',
      ),
    })
    .nullable()
    .default(null)
    .describe('how to learn where only chosen rows were checked; the unweighted model stands beside it on the card'),
  slices: z.array(NAME).default([]).describe('columns that figures are cut by; never features'),
  evaluation: z
    .strictObject({
      protocol: z.enum(['ranking', 'days-earlier']).default('ranking'),
      comparator: NAME.nullable().default(null).describe('column of a published score to stand beside'),
    })
    .default({ protocol: 'ranking', comparator: null }),
  variants: z
    .array(
      z.strictObject({
        id: z.string(),
        title: BILINGUAL,
        allow: z.array(NAME).min(1).describe('banned columns let in for comparison; such a model is never served'),
      }),
    )
    .default([]),
});

const TASK = z.discriminatedUnion('form', [DISTRICT, TABLE]);

/** What is ranked, when, with which label. */
export type LeadTask = z.infer<typeof TASK>;
export type DistrictTask = z.infer<typeof DISTRICT>;
export type TableTask = z.infer<typeof TABLE>;

/** The task of a workspace that declares none: every subject of the district, confirmed within 90 days. */
export const DISTRICT_TASK: DistrictTask = Object.freeze(
  DISTRICT.parse({
    form: 'district',
    id: 'district',
    title: { zh: '生态环境线索排序', en: 'Leads on environmental crime' },
  }),
);

/** The `task:` section of `tributary.yaml`; absent = {@link DISTRICT_TASK}.
 *  @throws InputError `bad-task` with every fault and its path */
export function taskFrom(value: unknown, where = 'task'): LeadTask {
  if (value === undefined || value === null) return DISTRICT_TASK;
  const parsed = TASK.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((i) => `${i.path.join('.') || '(top)'}: ${i.message}`);
  throw new InputError('bad-task', `${where}: ${faults.join('; ')}`, { faults });
}

/** The JSON Schema of the `task:` section, for editors and docs. */
export function taskJsonSchema(): unknown {
  return z.toJSONSchema(TASK, { io: 'input' });
}
