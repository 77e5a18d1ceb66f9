import { z } from 'zod';
import { ENTITY_KINDS } from '../schema/index.ts';

const NAME = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case: a letter, then letters, digits, _');
const EXPRESSION = z.string().min(1);
const texts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

const COLUMN = z.strictObject({
  name: NAME,
  header: texts.optional(),
  kind: z.enum([
    ...(['text', 'name', 'company-name', 'address', 'category', 'list', 'json', 'hash'] as const),
    ...(['number', 'integer', 'boolean', 'date', 'timestamp', 'month'] as const),
    ...(['uscc', 'plate', 'mmsi', 'permit-no', 'manifest-no', 'waste-code', 'industry-code', 'penalty-no'] as const),
    ...(['lon', 'lat', 'drop'] as const),
  ]),
  required: z.boolean().optional(),
  unit: z
    .strictObject({ from: z.string().optional(), fromColumn: NAME.optional(), to: z.string().min(1) })
    .refine((u) => (u.from === undefined) !== (u.fromColumn === undefined), 'give exactly one of from, fromColumn')
    .optional(),
  separator: z.string().min(1).optional(),
  values: z.array(z.string()).min(1).optional(),
  min: z.union([z.number(), z.string()]).optional(),
  max: z.union([z.number(), z.string()]).optional(),
  missing: z.array(z.string()).optional(),
  personal: z.boolean().optional(),
  knownAt: EXPRESSION.optional(),
  zone: z.enum(['china', 'utc']).optional(),
  formats: z.array(z.string().min(1)).min(1).optional(),
});

const FORMAT = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('csv'),
    encoding: z.string().optional(),
    delimiter: z.string().length(1).optional(),
    gzip: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('xlsx'),
    sheet: z.string().optional(),
    headerRow: z.number().int().min(1).optional(),
  }),
  z.strictObject({ kind: z.literal('jsonl') }),
  z.strictObject({ kind: z.literal('parquet') }),
  z.strictObject({ kind: z.literal('geojson') }),
  z.strictObject({ kind: z.literal('hj212') }),
]);

const MENTION_FIELD = z.enum([
  ...(['name', 'uscc', 'old_names', 'plate', 'plate_class', 'mmsi', 'person_hash', 'phone_hash', 'address'] as const),
  ...(['lon', 'lat', 'permit_no', 'site_code', 'meter_no', 'mn', 'key'] as const),
]);

const MENTION = z.strictObject({
  role: NAME,
  kind: z.enum(ENTITY_KINDS),
  fields: z
    .partialRecord(MENTION_FIELD, EXPRESSION)
    .refine((f) => Object.keys(f).length > 0, 'must name at least one field'),
  when: EXPRESSION.optional(),
  distinct: z.boolean().optional(),
  each: NAME.optional(),
  properties: z.array(NAME).optional(),
});

const LINK = z.strictObject({
  kind: NAME,
  from: NAME,
  to: NAME,
  validFrom: EXPRESSION.optional(),
  validTo: EXPRESSION.optional(),
  when: EXPRESSION.optional(),
});

const EVENT = z.strictObject({
  kind: NAME,
  at: EXPRESSION.optional(),
  knownAt: EXPRESSION.optional(),
  value: EXPRESSION.optional(),
  unit: z.string().min(1).optional(),
  text: EXPRESSION.optional(),
  lon: EXPRESSION.optional(),
  lat: EXPRESSION.optional(),
  participants: z.array(NAME).min(1),
  when: EXPRESSION.optional(),
});

const OUTCOME = z.strictObject({
  subject: NAME,
  verdict: EXPRESSION,
  act: EXPRESSION.optional(),
  conductAt: EXPRESSION.optional(),
  foundAt: EXPRESSION,
  knownAt: EXPRESSION,
  channel: EXPRESSION.optional(),
  reason: EXPRESSION.optional(),
  when: EXPRESSION.optional(),
});

/** The shape of a description, as a check at run time; `mentions`, `links`, `events`, `outcomes` may be left out. Same as `SourceDescription`. */
export const SOURCE_SHAPE = z.strictObject({
  id: NAME,
  title: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }),
  department: z.string().min(1),
  share: z.enum(['unconditional', 'conditional', 'not-shared']),
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  use: z.string().optional(),
  useUntil: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, 2026-12-31')
    .optional(),
  files: z.array(z.string().min(1)).min(1),
  format: FORMAT,
  columns: z.array(COLUMN).min(1),
  where: EXPRESSION.optional(),
  key: z.array(NAME).min(1),
  eventAt: EXPRESSION,
  knownAt: EXPRESSION,
  knownWith: z
    .array(z.strictObject({ column: NAME, source: NAME, references: NAME }))
    .min(1)
    .optional(),
  datum: z.enum(['wgs84', 'gcj02', 'bd09', 'cgcs2000', 'infer']).optional(),
  mentions: z.array(MENTION).default([]),
  links: z.array(LINK).default([]),
  events: z.array(EVENT).default([]),
  outcomes: z.array(OUTCOME).default([]),
});

/** A file of descriptions. */
export const SOURCES_SHAPE = z.strictObject({ sources: z.array(SOURCE_SHAPE).min(1) });
