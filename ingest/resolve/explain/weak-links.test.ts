import { expect, test } from 'vitest';
import { weakLinks } from './weak-links.ts';

test('two triangles held by one pair: the bridge comes first, with what it would split into', () => {
  const triangle = (a: string, b: string, c: string) => [
    { left: a, right: b, weight: 20 },
    { left: a, right: c, weight: 19 },
    { left: b, right: c, weight: 18 },
  ];
  const pairs = [
    ...triangle('a', 'b', 'c'),
    ...triangle('d', 'e', 'f'),
    { left: 'c', right: 'd', weight: 5 },
    { left: 'a', right: 'd', weight: -3 },
  ];
  const links = weakLinks(['a', 'b', 'c', 'd', 'e', 'f'], pairs, { threshold: 3 });
  expect(links.length).toBe(5);
  expect(links[0]).toEqual({
    left: 'c',
    right: 'd',
    weight: 5,
    pairsAcross: 2,
    meanWeight: 1,
    isBridge: true,
    parts: [
      ['a', 'b', 'c'],
      ['d', 'e', 'f'],
    ],
  });
  expect(links[1]).toMatchObject({ left: 'd', right: 'f', weight: 19, isBridge: false, pairsAcross: 2 });
  expect(weakLinks(['a', 'b'], [], { threshold: 3 })).toEqual([]);
});
