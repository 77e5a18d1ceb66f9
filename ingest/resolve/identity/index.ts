export * from './apply-identity.ts';
export * from './assign-ids.ts';
export * from './changes.ts';
export * from './identity-files.ts';
