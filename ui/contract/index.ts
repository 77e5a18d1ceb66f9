/** Shapes of the API, checked at run time on both sides; the OpenAPI document is made from them. One file a resource. */
export * from './access.ts';
export * from './casework.ts';
export * from './cockpit.ts';
export * from './graph.ts';
export * from './leads.ts';
export * from './dossier.ts';
export * from './models.ts';
export * from './sources.ts';
export * from './upload.ts';
export * from './workspace.ts';
export * from './search.ts';
export * from './events.ts';
