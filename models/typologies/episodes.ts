/** What one rule found in one window, as its SQL yields it. */
export interface Hit {
  readonly rule: string;
  readonly subjectId: string;
  readonly atMs: number;
  readonly untilMs: number;
  readonly knownAtMs: number;
  readonly value: number | null;
  readonly peerLow: number | null;
  readonly peerHigh: number | null;
  readonly rowIds: readonly string[];
  readonly entityIds: readonly string[];
  /** Look-alike id → holds (never true here), null = could not be tested. */
  readonly against: Readonly<Record<string, boolean | null>>;
}

/** Hits of one rule on one subject that make one signal. */
export type Piece = readonly Hit[];

/** Cuts one subject's hits under one rule into signals, so that as-of features can be built: the hit that opens an episode is a signal by
 *  itself, known at once; what follows without a gap over `gapMs` is gathered in windows of `windowMs` counted from the opening. Hits
 *  that were known together with the opening one belong to it (the three nights that first made a pattern). A signal thus never changes through rows that arrive after its window, and an episode is not one signal a day.
 *  @returns pieces in time order; every hit is in exactly one */
export function episodes(hits: readonly Hit[], gapMs: number, windowMs: number): Piece[] {
  const ordered = [...hits].sort(_byTime);
  const pieces: Hit[][] = [];
  let openedAt = 0;
  let reach = Number.NEGATIVE_INFINITY;
  let slot = -1;
  let openKnown = 0;
  for (const hit of ordered) {
    if (hit.atMs > reach + gapMs) {
      pieces.push([hit]);
      openedAt = hit.atMs;
      reach = hit.untilMs;
      slot = -1;
      openKnown = hit.knownAtMs;
      continue;
    }
    reach = Math.max(reach, hit.untilMs);
    if (slot === -1 && hit.knownAtMs <= openKnown) {
      pieces.at(-1)!.push(hit);
      continue;
    }
    const own = Math.floor((hit.atMs - openedAt) / windowMs);
    if (own === slot) pieces.at(-1)!.push(hit);
    else pieces.push([hit]);
    slot = own;
  }
  return pieces;
}

function _byTime(a: Hit, b: Hit): number {
  return (
    a.atMs - b.atMs ||
    a.untilMs - b.untilMs ||
    a.knownAtMs - b.knownAtMs ||
    (a.rowIds.join(',') < b.rowIds.join(',') ? -1 : 1)
  );
}
