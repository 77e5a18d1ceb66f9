import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../ingest/base/index.ts';
import { type Hit, episodes } from './episodes.ts';

const hit = (day: number, known = day): Hit => ({
  rule: 'r',
  subjectId: 's',
  atMs: day * DAY_MS,
  untilMs: day * DAY_MS,
  knownAtMs: known * DAY_MS,
  value: null,
  peerLow: null,
  peerHigh: null,
  rowIds: [`row:${day}`],
  entityIds: [],
  against: {},
});
const days = (pieces: readonly (readonly Hit[])[]) => pieces.map((p) => p.map((h) => h.atMs / DAY_MS));

describe('episodes', () => {
  it('opens with the first hit alone, gathers the rest by window, and starts anew after a gap', () => {
    const hits = [0, 3, 6, 20, 35, 36, 60].map((d) => hit(d));
    expect(days(episodes(hits, 16 * DAY_MS, 30 * DAY_MS))).toEqual([[0], [3, 6, 20], [35, 36], [60]]);
  });

  it('keeps the nights that first made a pattern in its first signal', () => {
    expect(days(episodes([hit(0, 6), hit(3, 6), hit(6, 6), hit(9, 9)], 14 * DAY_MS, 30 * DAY_MS))).toEqual([
      [0, 3, 6],
      [9],
    ]);
  });

  it('puts every hit into exactly one piece, in any order of input', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 40 }), (list) => {
        const pieces = episodes(
          list.map((d) => hit(d)),
          10 * DAY_MS,
          30 * DAY_MS,
        );
        expect(days(pieces).flat()).toEqual([...list].sort((a, b) => a - b));
        expect(
          days(
            episodes(
              [...list].reverse().map((d) => hit(d)),
              10 * DAY_MS,
              30 * DAY_MS,
            ),
          ),
        ).toEqual(days(pieces));
      }),
    );
  });

  it('changes no finished piece when later hits arrive', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 0, max: 400 }),
        (list, cut) => {
          const all = days(
            episodes(
              list.map((d) => hit(d)),
              10 * DAY_MS,
              30 * DAY_MS,
            ),
          );
          const early = days(
            episodes(
              list.filter((d) => d <= cut).map((d) => hit(d)),
              10 * DAY_MS,
              30 * DAY_MS,
            ),
          );
          early.slice(0, -1).forEach((piece, i) => expect(all[i]).toEqual(piece));
          if (early.length > 0) expect(all[early.length - 1]!.slice(0, early.at(-1)!.length)).toEqual(early.at(-1));
        },
      ),
    );
  });
});
