import { ADDRESS_PLAN } from './address.ts';
import { COMPANY_PLAN } from './company.ts';
import { keyed } from './keyed.ts';
import { PERSON_PLAN } from './person.ts';
import type { KindPlan } from './plan.ts';
import { SHIP_PLAN } from './ship.ts';
import { SITE_PLAN } from './site.ts';
import { VEHICLE_PLAN } from './vehicle.ts';

export type { EntityNaming, KindPlan, Prepared } from './plan.ts';

/** Kinds that are compared; every other kind is its key. */
export const KIND_PLANS: readonly KindPlan[] = Object.freeze([
  keyed(COMPANY_PLAN),
  SITE_PLAN,
  keyed(VEHICLE_PLAN),
  SHIP_PLAN,
  keyed(PERSON_PLAN),
  keyed(ADDRESS_PLAN),
]);
export { cutNames, nameComparison } from './name-levels.ts';
