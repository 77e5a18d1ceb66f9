import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Right } from '../../contract/index.ts';

/** One view of the page: its address, its name in the menu (a key of the texts `shell`), its lazily loaded code. */
export interface View {
  readonly path: string;
  readonly menu: 'cockpit' | 'leads' | 'explore' | 'entities' | 'cases' | 'health' | 'models' | 'upload' | null;
  /** Without this right the menu does not name it; absent = everyone who is signed in. */
  readonly right?: Right;
  /** Shown without header and without a session. */
  readonly bare?: boolean;
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** The views in the order of the menu; each is a chunk of its own with a default export. */
export const VIEWS: readonly View[] = [
  { path: '/', menu: 'cockpit', right: 'leads.read', Page: lazy(() => import('../views/cockpit/Cockpit.tsx')) },
  { path: '/cockpit/:id', menu: null, right: 'leads.read', Page: lazy(() => import('../views/cockpit/TileList.tsx')) },
  { path: '/leads', menu: 'leads', right: 'leads.read', Page: lazy(() => import('../views/leads/Leads.tsx')) },
  { path: '/leads/:id', menu: null, right: 'leads.read', Page: lazy(() => import('../views/lead/Lead.tsx')) },
  { path: '/explore', menu: 'explore', right: 'graph.read', Page: lazy(() => import('../views/explore/Explore.tsx')) },
  {
    path: '/explore/:viewId',
    menu: null,
    right: 'graph.read',
    Page: lazy(() => import('../views/explore/Explore.tsx')),
  },
  { path: '/cases', menu: 'cases', right: 'cases.read', Page: lazy(() => import('../views/cases/Cases.tsx')) },
  { path: '/cases/:id', menu: null, right: 'cases.read', Page: lazy(() => import('../views/cases/Case.tsx')) },
  { path: '/health', menu: 'health', right: 'sources.read', Page: lazy(() => import('../views/health/Health.tsx')) },
  { path: '/models', menu: 'models', right: 'models.read', Page: lazy(() => import('../views/models/Models.tsx')) },
  { path: '/dossier/:id', menu: null, right: 'leads.read', Page: lazy(() => import('../views/dossier/Dossier.tsx')) },
  { path: '/upload', menu: 'upload', right: 'sources.write', Page: lazy(() => import('../views/upload/Upload.tsx')) },
  { path: '/login', menu: null, bare: true, Page: lazy(() => import('../views/login/Login.tsx')) },
];
