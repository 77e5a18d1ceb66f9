import { z } from 'zod';
import { ENTITY_KINDS, LINK_KINDS } from '../../ingest/schema/kinds.ts';

/** Upload and map a table without code: columns with examples, a mapping, a preview, the YAML that ingest reads. */

export const COLUMN_KINDS = [
  ...(['text', 'name', 'company-name', 'address', 'category', 'hash'] as const),
  ...(['number', 'integer', 'boolean', 'date', 'timestamp', 'month'] as const),
  ...(['uscc', 'plate', 'mmsi', 'permit-no', 'manifest-no', 'waste-code', 'industry-code', 'penalty-no'] as const),
  ...(['lon', 'lat', 'drop'] as const),
] as const;
export const MENTION_FIELDS = [
  ...(['key', 'name', 'uscc', 'plate', 'mmsi', 'person_hash', 'phone_hash', 'address', 'lon', 'lat'] as const),
  ...(['permit_no', 'site_code', 'meter_no', 'mn'] as const),
] as const;
export const MAPPED_KINDS = ENTITY_KINDS;
export const MAPPED_LINKS = LINK_KINDS;

const NAME = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/, 'snake_case: a letter, then letters, digits, _');

export const uploadQuery = z.object({ fileName: z.string().trim().min(1).max(200) });

export const uploadDraft = z
  .object({
    uploadId: z.string(),
    fileName: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    rows: z.int().describe('records read'),
    unreadable: z.int().describe('records that could not be read'),
    columns: z.array(
      z.object({
        header: z.string(),
        name: z.string().describe('a proposal'),
        kind: z.enum(COLUMN_KINDS).describe('a proposal'),
        personal: z.boolean().describe('a proposal'),
        filled: z.number().describe('share with a value, 0–1'),
        distinct: z.int(),
        examples: z.array(z.string()),
      }),
    ),
    known: z.array(z.string()).describe('descriptions of the workspace that name this file already'),
    notes: z.array(z.string()),
  })
  .meta({ id: 'UploadDraft' });

export const mapping = z
  .strictObject({
    id: NAME,
    title: z.strictObject({ zh: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(120) }),
    department: z.string().trim().min(1).max(120),
    share: z.enum(['unconditional', 'conditional', 'not-shared']),
    level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
    use: z.string().trim().max(300).default(''),
    files: z.string().trim().min(1).max(200).describe('file name; * matches any run'),
    columns: z
      .array(
        z.strictObject({
          header: z.string().min(1).max(300),
          name: NAME,
          kind: z.enum(COLUMN_KINDS),
          required: z.boolean().default(false),
          personal: z.boolean().default(false),
        }),
      )
      .min(1)
      .max(500),
    key: z.array(NAME).min(1).max(20),
    eventAt: NAME.nullable().describe('column that says when it happened; null = when it became known'),
    knownAt: NAME.nullable().describe('column that says when it became known; null = the day given in knownOn'),
    knownOn: z.iso.date().nullable().default(null),
    mentions: z
      .array(
        z.strictObject({
          role: NAME,
          kind: z.enum(ENTITY_KINDS),
          fields: z.partialRecord(z.enum(MENTION_FIELDS), NAME),
        }),
      )
      .max(40),
    links: z.array(z.strictObject({ kind: z.enum(LINK_KINDS), from: NAME, to: NAME })).max(60),
  })
  .meta({ id: 'Mapping' });

export const mappingPreview = z
  .object({
    faults: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .describe('when there are any, nothing else is'),
    readRows: z.int(),
    acceptedRows: z.int(),
    refusedRows: z.int(),
    rejects: z.array(
      z.object({ line: z.string(), column: z.string().nullable(), value: z.string().nullable(), message: z.string() }),
    ),
    rejectsNotShown: z.int(),
    entities: z.array(z.object({ id: z.string(), kind: z.string(), label: z.string(), mentions: z.int() })),
    entityTotal: z.int(),
    links: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string() })),
    linkTotal: z.int(),
    yaml: z.string(),
    state: z.enum(['red', 'yellow', 'green']).nullable(),
    reasons: z.array(z.string()),
  })
  .meta({ id: 'MappingPreview' });

export const committed = z
  .object({
    source: z.string(),
    yaml: z.string().describe('file in the workspace'),
    readRows: z.int(),
    acceptedRows: z.int(),
    refusedRows: z.int(),
    state: z.enum(['red', 'yellow', 'green']),
    reasons: z.array(z.string()),
    outcome: z.enum(['ingested', 'skipped', 'failed']),
  })
  .meta({ id: 'Committed' });

/** What `/api/uploads/{id}/commit` sends, one JSON document a server-sent event; the last is `done` or `failed`. */
export const commitEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), name: z.string() }),
  z.object({ type: z.literal('tick'), done: z.number(), total: z.number().nullable(), unit: z.string() }),
  z.object({ type: z.literal('note'), text: z.string() }),
  z.object({ type: z.literal('done'), result: committed }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string() }),
]);

export type UploadDraft = z.infer<typeof uploadDraft>;
export type Mapping = z.infer<typeof mapping>;
export type MappingPreview = z.infer<typeof mappingPreview>;
export type Committed = z.infer<typeof committed>;
export type ColumnKind = (typeof COLUMN_KINDS)[number];
