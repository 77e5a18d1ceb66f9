import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** One view of the page: its address, its name in the menu (a key of the texts `shell`), its lazily loaded code. */
export interface View {
  readonly path: string;
  readonly menu: 'cockpit' | 'leads' | 'explore' | 'entities' | 'cases' | 'health' | 'models' | 'upload' | null;
  readonly Page: LazyExoticComponent<ComponentType>;
}

/** The views in the order of the menu; each is a chunk of its own with a default export. */
export const VIEWS: readonly View[] = [
  { path: '/', menu: 'cockpit', Page: lazy(() => import('../views/cockpit/Cockpit.tsx')) },
  { path: '/leads', menu: 'leads', Page: lazy(() => import('../views/leads/Leads.tsx')) },
  { path: '/explore', menu: 'explore', Page: lazy(() => import('../views/explore/Explore.tsx')) },
];
