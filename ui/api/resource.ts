import type { Router } from 'express';
import type { z } from 'zod';
import type { Casework } from '../../casework/index.ts';
import type { SnapshotReader } from '../../models/queries/index.ts';
import type { WorkspacePaths } from '../../models/workspace/index.ts';
import type { Right } from '../contract/index.ts';
import type { Csrf } from './csrf.ts';

/** One operation of the API, as data: the right it needs, its OpenAPI entry and the docs page are read from it. */
export interface Operation {
  /** Default `get`. */
  readonly method?: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{id}` for parameters, as OpenAPI writes them. */
  readonly path: string;
  readonly summary: string;
  readonly right: Right;
  /** Person-level data: refused without a stated purpose. */
  readonly needsPurpose?: boolean;
  /** A body of up to 12 MB (a canvas, a pasted list); otherwise 512 KB. */
  readonly largeBody?: boolean;
  /** The body is bytes, up to so many, that the route reads itself. */
  readonly rawBody?: number;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Absent = not JSON; `media` says what, `none` = no content. */
  readonly answer?: z.ZodType;
  readonly media?: string;
}

/** What every route may use. */
export interface RouteContext {
  readonly paths: WorkspacePaths;
  readonly snapshot: SnapshotReader;
  /** What people decide; accounts, roles and the audit log too. */
  readonly casework: Casework;
  readonly csrf: Csrf;
  readonly version: string;
}

/** One file under `routes/`: its operations and the router that answers them under `/api`. */
export interface Resource {
  readonly operations: readonly Operation[];
  readonly router: (context: RouteContext) => Router;
}
