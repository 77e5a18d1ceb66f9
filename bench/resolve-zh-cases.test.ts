import { expect, test } from 'vitest';
import { seeded } from '../ingest/base/index.ts';
import { isUscc } from '../ingest/clean/index.ts';
import { OWN_CORES, ZH_CLASSES } from './resolve-zh-cases.ts';

test('every class makes pairs that differ, the same ones for the same seed', () => {
  for (const c of ZH_CLASSES) {
    const made = (seed: string): string[] =>
      Array.from({ length: 40 }, (_x, i) => i).flatMap((i) => c.pair(seeded(`${seed}${i}`), i % 2 === 0, OWN_CORES));
    expect(made('a')).toEqual(made('a'));
    expect(made('a')).not.toEqual(made('b'));
    for (let i = 0; i < 40; i += 2) {
      const [l, r] = c.pair(seeded(`n${i}`), false, OWN_CORES);
      expect(l).not.toBe(r);
    }
  }
});

test('a wrong check digit is one: the first code is valid, the second is not; near misses are two valid codes', () => {
  const c = ZH_CLASSES.find((x) => x.id === 'wrong check digit')!;
  for (let i = 0; i < 20; i++) {
    expect(c.pair(seeded(`s${i}`), true, OWN_CORES).map(isUscc)).toEqual([true, false]);
    expect(c.pair(seeded(`s${i}`), false, OWN_CORES).map(isUscc)).toEqual([true, true]);
  }
});
