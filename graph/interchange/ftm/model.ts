/** How kinds of Tributary and schemata of FollowTheMoney answer each other. Schemata that begin with `Env` are the extension in `schema/`, which is loaded beside FollowTheMoney's own.
 *  @source FollowTheMoney 4.11.2, schema */

/** Entity kind → schema; every other kind is `EnvThing` and says its kind in `envKind`. */
const _SCHEMA_OF_KIND: Readonly<Record<string, string>> = {
  company: 'Company',
  person: 'Person',
  vehicle: 'Vehicle',
  ship: 'Vessel',
  address: 'Address',
  site: 'EnvSite',
  permit: 'EnvPermit',
  outlet: 'EnvOutlet',
  manifest: 'EnvManifest',
  ticket: 'EnvComplaint',
  device: 'EnvDevice',
  event: 'EnvEvent',
  reading: 'EnvReading',
};

/** Schema → entity kind, for files of others; what is not here is a `thing`. */
const _KIND_OF_SCHEMA: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(_SCHEMA_OF_KIND).map(([kind, schema]) => [schema, kind])),
  Organization: 'company',
  PublicBody: 'company',
  LegalEntity: 'company',
  Airplane: 'vehicle',
  License: 'permit',
  RealEstate: 'site',
  Project: 'project',
  CourtCase: 'case',
  Event: 'event',
  Trip: 'event',
};

/** A schema that is an edge: the properties of its ends and the link kind that it becomes. */
export interface EdgeSchema {
  readonly source: string;
  readonly target: string;
  readonly kind: string;
}

/** Every edge schema. */
export const EDGE_SCHEMATA: Readonly<Record<string, EdgeSchema>> = {
  Associate: { source: 'person', target: 'associate', kind: 'associate_of' },
  ContractAward: { source: 'contract', target: 'supplier', kind: 'awarded_to' },
  Control: { source: 'controller', target: 'controlled', kind: 'controls' },
  CourtCaseParty: { source: 'party', target: 'case', kind: 'party_to' },
  Debt: { source: 'debtor', target: 'creditor', kind: 'owes' },
  Directorship: { source: 'director', target: 'organization', kind: 'director_of' },
  Documentation: { source: 'document', target: 'entity', kind: 'documents' },
  Employment: { source: 'employee', target: 'employer', kind: 'employed_by' },
  Family: { source: 'person', target: 'relative', kind: 'relative_of' },
  Membership: { source: 'member', target: 'organization', kind: 'member_of' },
  Occupancy: { source: 'holder', target: 'post', kind: 'occupies' },
  Ownership: { source: 'owner', target: 'asset', kind: 'owns' },
  Payment: { source: 'payer', target: 'beneficiary', kind: 'paid' },
  ProjectParticipant: { source: 'participant', target: 'project', kind: 'takes_part_in' },
  Representation: { source: 'agent', target: 'client', kind: 'represents' },
  Succession: { source: 'successor', target: 'predecessor', kind: 'successor_of' },
  UnknownLink: { source: 'subject', target: 'object', kind: 'linked_to' },
  EnvLink: { source: 'linkFrom', target: 'linkTo', kind: 'linked_to' },
  EnvPass: { source: 'passer', target: 'passed', kind: 'seen_at' },
};

export function schemaOfKind(kind: string): string {
  return _SCHEMA_OF_KIND[kind] ?? 'EnvThing';
}

export function kindOfSchema(schema: string): string {
  return _KIND_OF_SCHEMA[schema] ?? 'thing';
}

const _LEGAL: readonly string[] = ['company', 'person'];
const _ASSETS: readonly string[] = ['company', 'vehicle', 'ship', 'site', 'device'];

/** Schema of a link between things of two kinds: one of FollowTheMoney's own where its ends allow it. */
export function schemaOfLink(kind: string, from: string, to: string): string {
  if (kind === 'owns' && _LEGAL.includes(from) && _ASSETS.includes(to)) return 'Ownership';
  if ((kind === 'legal_rep_of' || kind === 'director_of') && _LEGAL.includes(from) && to === 'company')
    return 'Directorship';
  if (kind === 'seen_at' && (from === 'vehicle' || from === 'ship')) return 'EnvPass';
  return 'EnvLink';
}

/** An id as FollowTheMoney takes it: `n.` or `l.`, then letters and digits as they are and every other byte as `-` and two hex digits. */
export function ftmId(part: 'n' | 'l', id: string): string {
  let out = `${part}.`;
  for (const byte of new TextEncoder().encode(id)) {
    const char = String.fromCharCode(byte);
    out += /[0-9A-Za-z]/.test(char) ? char : `-${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}
