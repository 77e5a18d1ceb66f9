/** What became of the links: `kept + dangling + outside = read`. */
export interface BuildReport {
  readonly nodes: number;
  readonly read: number;
  readonly kept: number;
  /** Links whose end names no node (or nothing); set aside. */
  readonly dangling: number;
  /** Links that the caller's options leave out (not known yet, other kinds). */
  readonly outside: number;
  /** The first few dangling links, as `from → to`. */
  readonly danglingExamples: readonly string[];
  /** Kept links from a node to itself. */
  readonly selfLoops: number;
  /** Kept links beyond the first between the same two nodes in the same direction. */
  readonly parallel: number;
  /** Kept links whose `valid_to` lies before `valid_from`; they stay, and no time window shows them. */
  readonly reversedTimes: number;
}

/** The most dangling links that a report spells out. */
export const DANGLING_EXAMPLES = 5;
