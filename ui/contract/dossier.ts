import { z } from 'zod';
import { timeline } from './leads.ts';
import { entity } from './workspace.ts';

/** A facility on one page. */
export const dossier = z
  .object({
    asOf: z.string(),
    entity,
    members: z.array(z.object({ id: z.string(), kind: z.string(), label: z.string() })),
    permits: z.array(
      z.object({
        permitNo: z.string(),
        siteName: z.string().nullable(),
        class: z.string().nullable(),
        validFrom: z.string().nullable(),
        validTo: z.string().nullable(),
        outlet: z.string().nullable(),
        outletType: z.string().nullable(),
        factor: z.string().nullable(),
        limit: z.number().nullable(),
        unit: z.string().nullable(),
        rowId: z.string(),
      }),
    ),
    readings: z.array(
      z.object({
        permitNo: z.string(),
        outlet: z.string(),
        factor: z.string(),
        month: z.string(),
        mean: z.number().nullable(),
        hours: z.int(),
        validHours: z.int(),
        limit: z.number().nullable(),
        unit: z.string().nullable(),
        overHours: z.int().nullable().describe('valid hours above the limit; null without one'),
      }),
    ),
    quarters: z.array(z.string()),
    strip: z.array(z.object({ lane: z.string(), counts: z.array(z.int()) })),
    timeline,
    leads: z.array(z.object({ leadId: z.string(), rank: z.int(), probability: z.number().nullable() })),
  })
  .meta({ id: 'Dossier' });

export type Dossier = z.infer<typeof dossier>;
