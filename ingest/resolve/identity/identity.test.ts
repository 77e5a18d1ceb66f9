import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createTableSql } from '../../schema/index.ts';
import { Database } from '../../tables/index.ts';
import { explainPair } from '../explain-pair.ts';
import { entityParts } from '../explain/index.ts';
import { type JudgementRow, takeApart } from '../judgement/index.ts';
import { type ResolveOptions } from '../options.ts';
import { resolveEntities } from '../resolve-entities.ts';
import { assignIds } from './assign-ids.ts';
import { entityChanges } from './changes.ts';
import { writeIdentity } from './identity-files.ts';

type Mention = Record<string, string | number | null>;
const folder = mkdtempSync(join(tmpdir(), 'identity-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function resolved(mentions: readonly Mention[], options: Partial<ResolveOptions> = {}): Promise<Database> {
  const db = await Database.open(':memory:');
  await db.run(createTableSql('mention'));
  for (const m of mentions) {
    const names = Object.keys(m);
    await db.run(
      `insert into mention (${names.join(', ')}, rows_count) values (${names.map((n) => `$${n}`).join(', ')}, 1)`,
      m,
    );
  }
  await resolveEntities(db, options);
  return db;
}

const entities = async (db: Database): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await db.rows<{ m: string; e: string }>('select mention_id as m, entity_id as e from entity_mention')).map((r) => [
      r.m,
      r.e,
    ]),
  );
const changes = (db: Database) =>
  db.rows(
    'select run_id, change, entity_id, from_ids, into_ids, why, judgement_ids from entity_change order by run_id, change, entity_id',
  );

const inOrder = (ids: ReadonlyMap<string, string>): [string, string][] =>
  [...ids].sort((a, b) => (a[0] < b[0] ? -1 : 1));

const firm = (id: string, name: string, more: Mention = {}): Mention => ({
  mention_id: id,
  kind: 'company',
  source: 'adm_penalty',
  role: 'party',
  row_id: `adm_penalty:00:${id}`,
  name,
  ...more,
});
const A = '91330599FAKE00013E';
const B = '92330599FAKE0003XX';
const CROWD = Array.from({ length: 40 }, (_x, i) =>
  firm(`f${i}`, `湖州${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'金木水火'[Math.floor(i / 10)]}化工有限公司`, {
    uscc: `91330599TEST${String(i).padStart(6, '0')}`,
    source: 'mkt_entity',
  }),
);
const FIRMS = [
  ...CROWD,
  firm('m1', '湖州吴兴宏鑫纺织有限公司', { uscc: A, source: 'mkt_entity', address: '湖州市吴兴区织里镇富康路128号' }),
  firm('m2', '湖州吴兴宏鑫纺织有限公司'),
  firm('m3', '宏鑫纺织'),
  firm('m4', '湖州永昌印染有限公司', { uscc: B, source: 'mkt_entity' }),
  firm('m5', '德清远洋物流有限公司'),
];
const said = (id: string, left: string, right: string, verdict: 'same' | 'different' | 'unsure'): JudgementRow => ({
  id,
  left,
  right,
  verdict,
  by: 'wang',
  at: `2026-03-0${id.at(-1)}T08:00:00.000Z`,
  why: 'read the licence',
});

test('a run obeys what people decided: different parts what the engine joins, same joins what it leaves, and why says so', async () => {
  const free = await resolved(FIRMS);
  expect((await entities(free))['m3']).toBe(`company:${A}`);
  free.close();
  const judgements = [
    said('j1', 'm3', 'm1', 'different'),
    said('j2', 'm5', 'm4', 'same'),
    said('j3', 'm1', 'm4', 'unsure'),
  ];
  const db = await resolved(FIRMS, { judgements });
  const of = await entities(db);
  expect(of['m2']).toBe(`company:${A}`);
  expect(of['m3']).not.toBe(of['m1']);
  expect(of['m5']).toBe(`company:${B}`);
  expect(await db.rows('select judgement_id, state from judgement order by all')).toEqual([
    { judgement_id: 'j1', state: 'obeyed' },
    { judgement_id: 'j2', state: 'obeyed' },
    { judgement_id: 'j3', state: 'unsure' },
  ]);
  const why = await explainPair(db, 'm1', 'm3');
  expect(why.judgements).toEqual([
    expect.objectContaining({ id: 'j1', verdict: 'different', state: 'obeyed', by: 'wang' }),
  ]);
  expect(why.reasons.join('\n')).toContain('wang judged them different');
  const joined = await explainPair(db, 'm4', 'm5');
  expect(joined.together).toBe(true);
  expect(joined.reasons.join('\n')).toContain('wang judged them the same');
  db.close();
});

test('a judgement about one record does not speak for another that reads the same', async () => {
  const twin = [...FIRMS, firm('m6', '德清远洋物流有限公司'), firm('m7', '德清远洋物流有限公司')];
  const db = await resolved(twin, { judgements: [said('j1', 'm5', 'm6', 'different')] });
  const of = await entities(db);
  expect(of['m5']).not.toBe(of['m6']);
  expect(new Set(Object.keys(of)).size).toBe(twin.length);
  db.close();
});

test('judgements about records that are gone, other kinds and exact kinds are kept and not obeyed; a contradiction is named', async () => {
  const more = [
    ...FIRMS,
    { mention_id: 'd1', kind: 'device', source: 'e', role: 'd', mn: 'MN1' },
    { mention_id: 'd2', kind: 'device', source: 'e', role: 'd', mn: 'MN2' },
  ];
  const rows = [
    said('j1', 'm1', 'nobody', 'same'),
    said('j2', 'm1', 'd1', 'same'),
    said('j3', 'd1', 'd2', 'same'),
    said('j4', 'm1', 'm4', 'different'),
    said('j5', 'm5', 'm1', 'same'),
    said('j6', 'm5', 'm4', 'same'),
  ];
  const db = await resolved(more, { judgements: rows });
  expect(
    (await db.rows<{ s: string }>('select state as s from judgement order by judgement_id')).map((r) => r.s),
  ).toEqual(['unknown record', 'kinds differ', 'exact kind', 'obeyed', 'obeyed', 'contradicted']);
  expect(await db.rows('select left_id, right_id, through_ids, set_aside from judgement_conflict')).toEqual([
    { left_id: 'm1', right_id: 'm4', through_ids: ['m5'], set_aside: 'j6' },
  ]);
  const of = await entities(db);
  expect(of['m5']).toBe(of['m1']);
  expect(of['d1']).not.toBe(of['d2']);
  db.close();
});

test('un-merge: every original value comes back with its source, and the judgements that take the cluster apart can be undone', async () => {
  const db = await resolved(FIRMS);
  const parts = await entityParts(db, `company:${A}`);
  db.close();
  expect(parts.records.map((r) => [r.mentionId, r.source, r.rowId, r.values['name']])).toEqual([
    ['m1', 'mkt_entity', 'adm_penalty:00:m1', '湖州吴兴宏鑫纺织有限公司'],
    ['m2', 'adm_penalty', 'adm_penalty:00:m2', '湖州吴兴宏鑫纺织有限公司'],
    ['m3', 'adm_penalty', 'adm_penalty:00:m3', '宏鑫纺织'],
  ]);
  expect(parts.weakLinks.length).toBeGreaterThan(0);
  await expect(entityParts(await resolved(FIRMS), 'company:none')).rejects.toThrow(/no entity "company:none"/);
  const who = { by: 'li', at: '2026-04-01T00:00:00.000Z', why: 'two firms', prefix: 'u' };
  const rows = takeApart([['m1'], ['m2', 'm3']], who);
  expect(rows.map((r) => [r.left, r.right, r.verdict])).toEqual([
    ['m2', 'm3', 'same'],
    ['m1', 'm2', 'different'],
  ]);
  const apart = await resolved(FIRMS, { judgements: rows });
  const of = await entities(apart);
  expect(of['m2']).toBe(of['m3']);
  expect(of['m1']).not.toBe(of['m2']);
  apart.close();
  const undone = rows.map((r, i): JudgementRow => ({
    id: `x${i}`,
    undoes: r.id,
    by: 'li',
    at: '2026-05-01T00:00:00.000Z',
    why: 'one firm',
  }));
  const again = await resolved(FIRMS, { judgements: [...rows, ...undone] });
  expect((await entities(again))['m3']).toBe(`company:${A}`);
  again.close();
  for (const bad of [[['a']], [['a'], []], [['a'], ['a']]])
    expect(() => takeApart(bad, who)).toThrow(/two or more, none empty/);
});

test('ids live on from run to run; merges, splits and disappearances are logged with their reason', async () => {
  const first = await resolved(
    FIRMS.filter((m) => m.mention_id !== 'm1'),
    { runId: 'r1' },
  );
  const before = await entities(first);
  expect(before['m2']).toMatch(/^company:~/);
  await writeIdentity(first, folder);
  first.close();
  const second = await resolved(FIRMS, { runId: 'r2', previous: folder });
  const now = await entities(second);
  expect(now['m1']).toBe(before['m2']);
  expect(await changes(second)).toEqual(
    before['m2'] === before['m3']
      ? []
      : [expect.objectContaining({ run_id: 'r2', change: 'merged', why: 'new evidence' })],
  );
  expect(
    (await second.rows<{ n: number }>(`select count(*) as n from entity where entity_id = '${now['m1']}'`))[0]!.n,
  ).toBe(1);
  expect(await second.rows(`select entity_id from entity_key where key_kind = 'uscc' and key = '${A}'`)).toEqual([
    { entity_id: now['m1'] },
  ]);
  await writeIdentity(second, folder);
  second.close();
  const third = await resolved(
    FIRMS.filter((m) => m.mention_id !== 'f0'),
    {
      runId: 'r3',
      previous: folder,
      judgements: [said('j1', 'm3', 'm1', 'different'), said('j2', 'm5', 'm4', 'same')],
    },
  );
  const log = await third.rows<{ change: string; why: string; judgement_ids: string[]; from_ids: string[] }>(
    "select change, why, judgement_ids, from_ids from entity_change where run_id = 'r3' order by change",
  );
  expect(log).toEqual([
    { change: 'gone', why: 'removed record', judgement_ids: [], from_ids: ['company:91330599TEST000000'] },
    { change: 'merged', why: 'judgement', judgement_ids: ['j2'], from_ids: [before['m4'], before['m5']] },
    { change: 'split', why: 'judgement', judgement_ids: ['j1'], from_ids: [now['m1']] },
  ]);
  const last = await entities(third);
  expect(last['m2']).toBe(now['m1']); // the larger part keeps the id
  expect(last['m1']).not.toBe(last['m3']);
  expect(Object.values(last)).not.toContain('company:91330599TEST000000');
  third.close();
  await expect(resolved(FIRMS, { previous: join(folder, 'nowhere') })).rejects.toThrow(/holds no identity.parquet/);
});

test('the same inputs twice: the second run keeps every id and logs nothing', async () => {
  const first = await resolved(FIRMS);
  const before = await entities(first);
  await writeIdentity(first, folder);
  first.close();
  const second = await resolved([...FIRMS].reverse(), { previous: folder });
  expect(await entities(second)).toEqual(before);
  expect(await changes(second)).toEqual([]);
  second.close();
});

test('a bridging record that is removed splits the entity, and the log says so', () => {
  const overlaps = [
    { kind: 'k', before: 'E', now: 'x', mentions: 2 },
    { kind: 'k', before: 'E', now: 'y', mentions: 3 },
    { kind: 'k', before: 'F', now: 'y', mentions: 1 },
  ];
  const ids = assignIds(overlaps, ['x', 'y', 'z'], new Set(['E', 'F', 'z']));
  expect(inOrder(ids)).toEqual([
    ['x', 'x'],
    ['y', 'E'],
    ['z', 'z~2'],
  ]);
  const changed = entityChanges(
    overlaps.map((o) => ({ ...o, now: ids.get(o.now)! })),
    [
      { kind: 'k', id: 'E' },
      { kind: 'k', id: 'F' },
      { kind: 'k', id: 'z' },
    ],
  );
  expect(changed.map((c) => [c.change, c.entityId, c.from, c.into])).toEqual([
    ['gone', 'z', ['z'], []],
    ['merged', 'E', ['E', 'F'], ['E']],
    ['split', 'E', ['E'], ['E', 'x']],
  ]);
});

test('ids: distinct, old ids go to heirs that share mentions with them, order does not matter', () => {
  const overlap = fc.record({
    kind: fc.constant('k'),
    before: fc.constantFrom('a', 'b', 'c', 'd'),
    now: fc.constantFrom('a', 'b', 'p', 'q'),
    mentions: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(overlap, { selector: (o) => `${o.before}${o.now}` }), (overlaps) => {
      const now = ['a', 'b', 'p', 'q'];
      const ids = assignIds(overlaps, now, new Set(['a', 'b', 'c', 'd']));
      expect(new Set(ids.values()).size).toBe(now.length);
      for (const [own, given] of ids)
        if (['a', 'b', 'c', 'd'].includes(given))
          expect(overlaps.some((o) => o.now === own && o.before === given)).toBe(true);
      expect(inOrder(assignIds([...overlaps].reverse(), [...now].reverse(), new Set(['a', 'b', 'c', 'd'])))).toEqual(
        inOrder(ids),
      );
    }),
  );
});
