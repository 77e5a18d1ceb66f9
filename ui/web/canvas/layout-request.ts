/** Layouts that a user may choose, in the order of the menu. */
export const LAYOUTS = ['force', 'hierarchy', 'radial', 'circular', 'grid', 'geo', 'time'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** A layout to be worked out away from the page's thread: numbers only. */
export interface LayoutRequest {
  readonly layout: LayoutName;
  readonly ids: readonly string[];
  /** Node → number of its kind. */
  readonly kinds: Uint8Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Edge → ms UTC; NaN = undated. */
  readonly atMs: Float64Array;
  /** Where each node stands; NaN = nowhere yet. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 = does not move. */
  readonly pinned: Uint8Array;
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Node in the middle of a radial layout; −1 = the one of most edges. */
  readonly centre: number;
}

export interface LayoutAnswer {
  readonly x: Float64Array;
  readonly y: Float64Array;
}
