import { join } from 'node:path';

/** Where everything lies in a workspace. All paths are below `root`; nothing is written elsewhere. */
export interface WorkspacePaths {
  readonly root: string;
  readonly settings: string;
  readonly sources: string;
  readonly lake: string;
  readonly snapshots: string;
  readonly models: string;
  readonly reports: string;
  /** What people decided: the embedded database, evidence files, exports for the next run. */
  readonly casework: string;
  /** Names the run that is served. */
  readonly current: string;
  readonly lock: string;
}

export function workspacePaths(root: string): WorkspacePaths {
  return {
    root,
    settings: join(root, 'tributary.yaml'),
    sources: join(root, 'sources'),
    lake: join(root, 'lake'),
    snapshots: join(root, 'snapshots'),
    models: join(root, 'models'),
    reports: join(root, 'reports'),
    casework: join(root, 'casework'),
    current: join(root, 'snapshots', 'current'),
    lock: join(root, '.lock'),
  };
}

/** Folder of one finished run. */
export function runFolder(paths: WorkspacePaths, runId: string): string {
  return join(paths.snapshots, runId);
}

/** Folder a run is built in until it is whole; a leftover is what a killed run left, and is removed by the next. */
export function buildingFolder(paths: WorkspacePaths, runId: string): string {
  return join(paths.snapshots, `.building-${runId}`);
}

export function warehouseFile(folder: string): string {
  return join(folder, 'warehouse.duckdb');
}
