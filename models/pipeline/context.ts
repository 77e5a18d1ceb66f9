import type { Clock, Progress } from '../../ingest/base/index.ts';
import type { SourceDescription } from '../../ingest/schema/index.ts';
import type { Database } from '../../ingest/tables/index.ts';
import type { LeadModel } from '../registry/index.ts';
import type { Settings, WorkspacePaths } from '../workspace/index.ts';
import type { Decided } from './decided.ts';
import type { ResolveInputs } from './resolve-inputs.ts';

/** What a step of a run may use. */
export interface RunContext {
  readonly paths: WorkspacePaths;
  readonly settings: Settings;
  readonly descriptions: readonly SourceDescription[];
  readonly db: Database;
  readonly runId: string;
  /** End of what may be known, ms since 1970 UTC. */
  readonly asOfMs: number;
  readonly progress: Progress;
  readonly clock: Clock;
  readonly codeVersion: string;
  readonly lakeHash: string;
  readonly settingsSha256: string;
  /** What people decided about pairs of records, and the run whose entity ids live on. */
  readonly resolveInputs: ResolveInputs;
  /** Verdicts that people gave on leads of earlier runs. */
  readonly decided: Decided;
  /** The model that people chose to serve; null: this run trains its own. */
  readonly pinned: LeadModel | null;
  /** Set by the step `train`. */
  model: LeadModel | null;
  /** The served model and its variants, in the order trained. */
  readonly models: LeadModel[];
}

/** One named step: reads and writes tables by name. */
export interface Step {
  readonly name: string;
  run(context: RunContext): Promise<StepResult>;
}

export interface StepResult {
  /** Rows written, or null where rows are not the measure. */
  readonly rows: number | null;
  /** One line for people: counts, what was capped, skipped, set aside. */
  readonly note: string;
}
