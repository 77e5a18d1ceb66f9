import type { MeasureSettings } from '../catalogue/node-measures.ts';
import type { SharedGraph } from './shared-graph.ts';

/** What a worker is given. */
export interface MeasureJob {
  readonly graph: SharedGraph;
  readonly measure: string;
  readonly settings: MeasureSettings;
  readonly seed: number;
}

/** What it says: how far it is, and at the end the values or the fault. */
export type MeasureMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly values: Float64Array }
  | {
      readonly kind: 'fault';
      readonly name: string;
      readonly code: string;
      readonly message: string;
      readonly detail: Readonly<Record<string, unknown>>;
    };
