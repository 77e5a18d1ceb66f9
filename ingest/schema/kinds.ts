/** What an entity can be. `person` is never a subject of a score. */
export const ENTITY_KINDS = [
  'company',
  'person',
  'site',
  'vehicle',
  'ship',
  'phone',
  'address',
  'device',
  'permit',
  'outlet',
  'section',
  'gate',
  'zone',
  'project',
  'manifest',
  'ticket',
  'inspection',
  'penalty',
  'case',
  'area',
  'event',
  'thing',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

/** Kinds that a lead may be about. */
export const SUBJECT_KINDS = ['company', 'site', 'vehicle', 'ship', 'event'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Relations of the graph; a user's own description may add more (snake_case). */
export const LINK_KINDS = [
  'operates',
  'located_at',
  'holds',
  'discharges_to',
  'downstream_of',
  'legal_rep_of',
  'contact_of',
  'owns',
  'drives',
  'leases',
  'employs',
  'origin_of',
  'carrier_of',
  'receiver_of',
  'carried_by',
  'seen_at',
  'stopped_at',
  'travels_with',
  'met',
  'complained_about',
  'inspected',
  'penalised',
  'party_to',
  'serves',
  'maintains',
  'tested',
  'buys_from',
  'within',
  'part_of',
  'monitored_by',
  'metered_by',
  'same_as',
  'possibly_same',
  'successor_of',
] as const;

/** How a link is known. */
export type LinkOrigin = 'recorded' | 'derived' | 'judged';

/** Share class of a source (Order 809). */
export type ShareClass = 'unconditional' | 'conditional' | 'not-shared';

/** 0 public · 1 business · 2 personal · 3 sensitive. */
export type PrivacyLevel = 0 | 1 | 2 | 3;

/** A text in both languages of the product. */
export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}
