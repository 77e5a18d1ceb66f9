import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Judged, JudgementRow } from './judgement.ts';
import { readJudgements } from './read-judgements.ts';
import { rulingsOf } from './rulings.ts';

let clock = 0;
const row = (id: string, left: string, right: string, verdict: Judged): JudgementRow => ({
  id,
  left,
  right,
  verdict,
  by: 'analyst',
  at: new Date(1_770_000_000_000 + clock++ * 60_000).toISOString(),
  why: 'read both files',
});
const undo = (id: string, undoes: string): JudgementRow => ({
  id,
  undoes,
  by: 'analyst',
  at: new Date(1_770_000_000_000 + clock++ * 60_000).toISOString(),
  why: 'too hasty',
});

test('A≠B, then C=A and C=B: the three records are named, and the later "same" is set aside', () => {
  const r = rulingsOf([
    row('1', 'A', 'B', 'different'),
    row('2', 'C', 'A', 'same'),
    row('3', 'C', 'B', 'same'),
    row('4', 'D', 'E', 'same'),
  ]);
  expect(r.conflicts).toEqual([
    { left: 'A', right: 'B', through: ['C'], judgementIds: ['1', '2', '3'], setAside: '3' },
  ]);
  expect(r.same.map((s) => s.judgementId)).toEqual(['2', '4']);
  expect(r.states.get('3')).toBe('contradicted');
  expect(r.states.get('1')).toBe('obeyed');
});

test('a "different" that comes last still wins over the chain, and the chain is named in order', () => {
  const r = rulingsOf([
    row('1', 'A', 'B', 'same'),
    row('2', 'B', 'C', 'same'),
    row('3', 'C', 'D', 'same'),
    row('4', 'A', 'D', 'different'),
  ]);
  expect(r.conflicts[0]).toMatchObject({ left: 'A', right: 'D', through: ['B', 'C'], setAside: '3' });
});

test('the last standing row of a pair rules; undo brings the one before back; undo of an undo takes it again', () => {
  const first = row('1', 'A', 'B', 'same');
  const second = row('2', 'B', 'A', 'different');
  expect(rulingsOf([second, first]).different.map((d) => d.judgementId)).toEqual(['2']);
  const back = undo('3', '2');
  const r = rulingsOf([first, second, back]);
  expect(r.same.map((d) => d.judgementId)).toEqual(['1']);
  expect([...r.states]).toEqual(
    expect.arrayContaining([
      ['2', 'undone'],
      ['3', 'undo'],
    ]),
  );
  const again = undo('4', '3');
  expect(rulingsOf([first, second, back, again]).states.get('2')).toBe('obeyed');
});

test('rows about records that are not there wait; unsure binds nothing', () => {
  const r = rulingsOf([row('1', 'A', 'Z', 'same'), row('2', 'A', 'B', 'unsure')], (_left, right) =>
    right === 'Z' ? 'unknown record' : null,
  );
  expect(r.same).toEqual([]);
  expect(r.unsure.map((u) => u.judgementId)).toEqual(['2']);
  expect(r.states.get('1')).toBe('unknown record');
});

test('every row has one state; what is obeyed never contradicts itself; order of rows does not matter', () => {
  const records = ['A', 'B', 'C', 'D', 'E'];
  const rows = fc.array(
    fc.record({
      left: fc.constantFrom(...records),
      right: fc.constantFrom(...records),
      verdict: fc.constantFrom<Judged>('same', 'different', 'unsure'),
      undo: fc.nat(9),
    }),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(rows, (list) => {
      const built = list.flatMap((x, i): JudgementRow[] =>
        x.undo === 0 && i > 0
          ? [undo(`${i}`, `${i - 1}`)]
          : x.left === x.right
            ? []
            : [row(`${i}`, x.left, x.right, x.verdict)],
      );
      const r = rulingsOf(built);
      expect(r.states.size).toBe(built.length);
      const group = new Map(records.map((x) => [x, x]));
      for (const s of r.same) {
        const [to, from] = [group.get(s.left)!, group.get(s.right)!];
        for (const [k, v] of group) if (v === from) group.set(k, to);
      }
      for (const d of r.different) expect(group.get(d.left)).not.toBe(group.get(d.right));
      expect(JSON.stringify(rulingsOf([...built].reverse()))).toBe(JSON.stringify(r));
    }),
  );
});

test('a file of judgements is read whole or refused with every faulty line', () => {
  const good =
    '{"id":"1","left":"A","right":"B","verdict":"same","by":"w","at":"2026-03-05T08:00:00+08:00","why":"same seal"}';
  expect(
    readJudgements(`${good}\n\n{"id":"2","undoes":"1","by":"w","at":"2026-03-05T09:00:00Z","why":"other seal"}\n`, 'j'),
  ).toEqual([
    { id: '1', left: 'A', right: 'B', verdict: 'same', by: 'w', at: '2026-03-05T00:00:00.000Z', why: 'same seal' },
    { id: '2', undoes: '1', by: 'w', at: '2026-03-05T09:00:00.000Z', why: 'other seal' },
  ]);
  const bad = [
    good,
    good,
    'x',
    '[1]',
    '{"id":"3","left":"A","right":"A","verdict":"same","by":"w","at":"2026-03-05T09:00:00Z","why":"y"}',
    '{"id":"4","left":"A","right":"B","verdict":"maybe","by":"w","at":"2026-03-05T09:00:00Z","why":"y"}',
    '{"id":"5","left":"A","right":"B","verdict":"same","by":"w","at":"yesterday","why":"y"}',
    '{"id":"6","left":"A","right":"B","verdict":"same","at":"2026-03-05T09:00:00Z"}',
    '{"id":"7","undoes":"1","left":"A","by":"w","at":"2026-03-05T09:00:00Z","why":"y"}',
    '{"id":"8","colour":"red","by":"w","at":"2026-03-05T09:00:00Z","why":"y"}',
    '{"id":"9","left":"","right":"B","verdict":"same","by":"w","at":"2026-03-05T09:00:00Z","why":"y"}',
    '{"id":"10","undoes":"","by":"w","at":"2026-03-05T09:00:00Z","why":"y"}',
  ].join('\n');
  expect(() => readJudgements(bad, 'judgements.jsonl')).toThrow(
    /judgements.jsonl: line 2: id "1" is there twice; line 3: not JSON; line 4: not an object; line 5: "A" is judged against itself; line 6: "verdict": "maybe".*line 7: "at": "yesterday".*line 8: no by, why; line 9: an undo names no records.*line 10: unknown field "colour"; line 11: no left or right; line 12: no undoes/,
  );
});
