import { expect, test } from 'vitest';
import { composeColumns } from './compose.ts';

const rows = (n: number, of: (i: number) => string | null): (string | null)[] =>
  Array.from({ length: n }, (_x, i) => of(i));

test('names given whole in some rows and in parts in others become one column, parts in writing order', () => {
  const data = {
    name_full: rows(20, (i) => (i < 5 ? `Ana Maria Silva ${i}` : null)),
    last_name: rows(20, (i) => (i < 5 ? null : `Silva${i}`)),
    first_name: rows(20, (i) => (i < 5 ? null : 'Ana')),
    city: rows(20, () => 'X'),
  };
  const { data: out, composed } = composeColumns(data, 20);
  expect(composed).toEqual([{ name: 'name (composed)', from: ['name_full', 'first_name', 'last_name'] }]);
  expect(Object.keys(out)).toEqual(['city', 'name (composed)']);
  expect(out['name (composed)']!.slice(4, 6)).toEqual(['Ana Maria Silva 4', 'Ana Silva5']);
});

test('a table that writes every name one way is left as it is', () => {
  const data = {
    first_name: rows(20, () => 'Ana'),
    last_name: rows(20, (i) => `Silva${i}`),
    name_full: rows(20, () => null),
  };
  expect(composeColumns(data, 20)).toEqual({ data, composed: [] });
});
