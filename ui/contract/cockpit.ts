import { z } from 'zod';

/** The cockpit: tiles whose totals are the lengths of the lists behind them. No person's name stands here. */

const bilingual = z.object({ zh: z.string(), en: z.string() });
const tone = z.enum(['bad', 'warn', 'ok', 'stale']);

export const tileRow = z
  .object({
    id: z.string(),
    zh: z.string(),
    en: z.string(),
    note: z.string().nullable(),
    at: z.string().nullable(),
    value: z.number().nullable(),
    unit: z.string().nullable(),
    tone: tone.nullable(),
    entityId: z.string().nullable(),
    rowId: z.string().nullable(),
    leadId: z.string().nullable(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
  })
  .meta({ id: 'TileRow' });

export const tile = z
  .object({
    id: z.string(),
    group: z.enum(['today', 'water', 'facilities', 'moving', 'towns', 'funnel', 'data']),
    title: bilingual,
    note: bilingual,
    total: z.int(),
    tones: z.object({ bad: z.int(), warn: z.int(), ok: z.int(), stale: z.int() }),
    rows: z.array(tileRow),
    notShown: z.int(),
  })
  .meta({ id: 'Tile' });

export const cockpit = z
  .object({
    runId: z.string(),
    asOf: z.string(),
    ageHours: z.number().describe('from the moment of the data to now'),
    tiles: z.array(tile),
    trends: z.array(
      z.object({
        id: z.string(),
        title: bilingual,
        points: z.array(z.object({ month: z.string(), count: z.int() })),
      }),
    ),
    points: z.array(
      z.object({
        tile: z.string(),
        id: z.string(),
        zh: z.string(),
        en: z.string(),
        tone: tone.nullable(),
        lon: z.number(),
        lat: z.number(),
        entityId: z.string().nullable(),
        leadId: z.string().nullable(),
      }),
    ),
    pointsNotShown: z.int(),
    model: z
      .object({
        modelId: z.string(),
        weeks: z.array(z.object({ asOf: z.string(), listed: z.int(), found: z.int() })).describe('the last eight'),
        precision: z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() }),
      })
      .nullable(),
    sources: z.record(z.string(), bilingual).describe('names of the sources'),
    typologies: z.record(z.string(), bilingual),
  })
  .meta({ id: 'Cockpit' });

export const tileListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
});

export const tileList = z
  .object({
    runId: z.string(),
    id: z.string(),
    title: bilingual,
    note: bilingual,
    total: z.int(),
    rows: z.array(tileRow),
  })
  .meta({ id: 'TileList' });

export type Cockpit = z.infer<typeof cockpit>;
export type CockpitTile = z.infer<typeof tile>;
export type TileRow = z.infer<typeof tileRow>;
export type TileList = z.infer<typeof tileList>;
