import { z } from 'zod';

/** What happened around entities, where, and what is known of one of them: for timeline, map and inspector. */

const ids = (most: number) => z.array(z.string().min(1).max(300)).min(1).max(most);
const moment = z.iso.datetime({ offset: true }).nullable().default(null);

export const graphEvent = z
  .object({
    id: z.string(),
    kind: z.string(),
    at: z.string(),
    lon: z.number().nullable(),
    lat: z.number().nullable(),
    value: z.number().nullable(),
    unit: z.string().nullable(),
    text: z.string().nullable().describe('null where a person or phone takes part'),
    rowId: z.string(),
    entityIds: z.array(z.string()).describe('those of the asked ones that take part'),
  })
  .meta({ id: 'GraphEvent' });

export const eventsBody = z.object({
  ids: ids(2000),
  from: moment,
  to: moment,
  limit: z.int().min(1).max(5000).default(1000),
});

export const graphEvents = z
  .object({
    events: z.array(graphEvent).describe('the latest of the window, in order of time'),
    total: z.int(),
    notShown: z.int(),
    months: z
      .array(z.object({ month: z.string(), kind: z.string(), count: z.int() }))
      .describe('all events of the entities, whatever the window, by month in China time'),
  })
  .meta({ id: 'GraphEvents' });

export const tracksBody = z.object({
  ids: ids(50),
  from: moment,
  to: moment,
  points: z.int().min(10).max(20_000).default(4000),
});

export const tracks = z
  .object({
    tracks: z.array(
      z.object({
        id: z.string(),
        points: z.array(z.tuple([z.number(), z.number(), z.string()])).describe('lon, lat (WGS 84), moment'),
        total: z.int(),
        notShown: z.int().describe('left out evenly'),
      }),
    ),
  })
  .meta({ id: 'Tracks' });

/** The workspace's own ground, as GeoJSON in WGS 84. */
export const mapLayers = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.string(),
        properties: z.object({ kind: z.string(), name: z.string().nullable() }),
        geometry: z.looseObject({ type: z.string() }),
      }),
    ),
  })
  .meta({ id: 'MapLayers' });

/** What stands around one entity, for the inspector. */
export const entityContext = z
  .object({
    id: z.string(),
    keys: z.array(z.object({ keyKind: z.string(), key: z.string() })).describe('none for a person or phone'),
    leads: z.array(
      z.object({ leadId: z.string(), rank: z.int(), label: z.string(), probability: z.number().nullable() }),
    ),
    signals: z.array(
      z.object({
        signalId: z.string(),
        typology: z.string(),
        at: z.string().nullable(),
        strength: z.number().nullable(),
        rowIds: z.array(z.string()),
      }),
    ),
    outcomes: z.array(
      z.object({
        outcomeId: z.string(),
        verdict: z.string(),
        act: z.string().nullable(),
        foundAt: z.string().nullable(),
        rowId: z.string().nullable(),
      }),
    ),
    events: z.array(z.object({ kind: z.string(), count: z.int(), first: z.string(), last: z.string() })),
    sources: z.array(
      z.object({
        source: z.string(),
        title: z.object({ zh: z.string(), en: z.string() }),
        mentions: z.int(),
        firstKnownAt: z.string().nullable(),
        lastKnownAt: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'EntityContext' });

export type GraphEvents = z.infer<typeof graphEvents>;
export type GraphEvent = z.infer<typeof graphEvent>;
export type Tracks = z.infer<typeof tracks>;
export type MapLayers = z.infer<typeof mapLayers>;
export type EntityContext = z.infer<typeof entityContext>;
