import type { Router } from 'express';
import type { z } from 'zod';
import type { SnapshotReader } from '../../models/queries/index.ts';
import type { WorkspacePaths } from '../../models/workspace/index.ts';
import type { Right } from '../contract/index.ts';

/** One operation of the API, as data: the right it needs, its OpenAPI entry and the docs page are read from it. */
export interface Operation {
  /** Default `get`. */
  readonly method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{id}` for parameters, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: string;
  readonly right: Right;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent = not JSON; `media` says what. */
  readonly answer?: z.ZodType;
  readonly media?: string;
}

/** What every route may use. */
export interface RouteContext {
  readonly paths: WorkspacePaths;
  readonly snapshot: SnapshotReader;
  readonly version: string;
}

/** One file under `routes/`: its operations and the router that answers them under `/api`. */
export interface Resource {
  readonly operations: readonly Operation[];
  readonly router: (context: RouteContext) => Router;
}
