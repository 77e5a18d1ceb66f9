import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints, nodeFinder } from './node-finder.ts';

describe('nodeFinder', () => {
  it('finds every id of any Unicode, sorted or not, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 30 }),
        fc.string({ unit: 'binary', maxLength: 4 }),
        (ids, other) => {
          for (const order of [ids, [...ids].sort(compareCodePoints)]) {
            const find = nodeFinder(order);
            order.forEach((id, node) => expect(find(id)).toBe(node));
            expect(find(other)).toBe(order.indexOf(other));
          }
        },
      ),
    );
  });

  it('orders by code point, as UTF-8 bytes do', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }),
    );
    expect(compareCodePoints('𠀀', '\uff0c')).toBeGreaterThan(0);
  });

  it('takes the first of equal ids', () => {
    expect(nodeFinder(['b', 'a', 'b'])('b')).toBe(0);
  });
});
