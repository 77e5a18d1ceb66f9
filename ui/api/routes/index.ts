import type { Operation, Resource } from '../resource.ts';
import { accountRoutes } from './accounts.ts';
import { auditRoutes } from './audit.ts';
import { caseRoutes } from './cases.ts';
import { caseworkRoutes } from './casework.ts';
import { cockpitRoutes } from './cockpit.ts';
import { dossierRoutes } from './dossier.ts';
import { eventRoutes } from './events.ts';
import { graphRoutes } from './graph.ts';
import { leadRoutes } from './leads.ts';
import { messageRoutes } from './messages.ts';
import { personRoutes } from './persons.ts';
import { modelRoutes } from './models.ts';
import { rowRoutes } from './rows.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { sourceRoutes } from './sources.ts';
import { uploadRoutes } from './upload.ts';
import { viewRoutes } from './views.ts';
import { workspaceRoutes } from './workspace.ts';

/** Every resource of the API, in the order in which the routes are tried. */
export const RESOURCES: readonly Resource[] = [
  sessionRoutes,
  accountRoutes,
  viewRoutes,
  caseworkRoutes,
  caseRoutes,
  messageRoutes,
  personRoutes,
  auditRoutes,
  workspaceRoutes,
  cockpitRoutes,
  leadRoutes,
  rowRoutes,
  dossierRoutes,
  sourceRoutes,
  modelRoutes,
  uploadRoutes,
  graphRoutes,
  searchRoutes,
  eventRoutes,
];

export const OPERATIONS: readonly Operation[] = RESOURCES.flatMap((r) => r.operations);
