import type { Operation, Resource } from '../resource.ts';
import { accountRoutes } from './accounts.ts';
import { caseworkRoutes } from './casework.ts';
import { eventRoutes } from './events.ts';
import { graphRoutes } from './graph.ts';
import { leadRoutes } from './leads.ts';
import { rowRoutes } from './rows.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { viewRoutes } from './views.ts';
import { workspaceRoutes } from './workspace.ts';

/** Every resource of the API, in the order in which the routes are tried. */
export const RESOURCES: readonly Resource[] = [
  sessionRoutes,
  accountRoutes,
  viewRoutes,
  caseworkRoutes,
  workspaceRoutes,
  leadRoutes,
  rowRoutes,
  graphRoutes,
  searchRoutes,
  eventRoutes,
];

export const OPERATIONS: readonly Operation[] = RESOURCES.flatMap((r) => r.operations);
