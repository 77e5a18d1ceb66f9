import { z } from 'zod';

/** Roles and rights, as data: the server checks them in one place, the page reads them to show only what works. */

export const ROLES = ['analyst', 'investigator', 'scientist', 'supervisor', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What an operation needs. `public` needs no session. */
export const RIGHTS = [
  'public',
  'signed-in',
  'leads.read',
  'leads.decide',
  'graph.read',
  'views.write',
  'persons.read',
  'sources.read',
  'sources.write',
  'models.read',
  'models.write',
  'cases.read',
  'cases.write',
  'audit.read',
  'accounts.write',
] as const;
export type Right = (typeof RIGHTS)[number];

export const role = z.enum(ROLES).meta({ id: 'Role' });
