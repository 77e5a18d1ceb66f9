import { expect, test } from 'vitest';
import { createTableSql } from '../schema/index.ts';
import { Database } from '../tables/index.ts';
import { explainPair } from './explain-pair.ts';
import { resolveEntities } from './resolve-entities.ts';

type Mention = Record<string, string | number | string[] | null>;

/** An open database with these mentions, in the order given. */
async function withMentions(mentions: readonly Mention[], threads = 0): Promise<Database> {
  const db = await Database.open(':memory:', { threads });
  await db.run(createTableSql('mention'));
  for (const m of mentions) {
    const { old_names, ...plain } = m;
    const names = Object.keys(plain);
    const list = old_names === undefined ? '' : `, [${(old_names as string[]).map((o) => `'${o}'`).join(', ')}]`;
    await db.run(
      `insert into mention (${names.join(', ')}, rows_count${old_names === undefined ? '' : ', old_names'}) values (${names.map((n) => `$${n}`).join(', ')}, 1${list})`,
      plain as Record<string, string>,
    );
  }
  return db;
}

const entityOf = async (db: Database): Promise<Map<string, string>> =>
  new Map(
    (await db.rows<{ m: string; e: string }>('select mention_id as m, entity_id as e from entity_mention')).map((r) => [
      r.m,
      r.e,
    ]),
  );

const A = '91330599FAKE00013E';
const B = '92330599FAKE0003XX';
const firm = (id: string, name: string, more: Mention = {}): Mention => ({
  mention_id: id,
  kind: 'company',
  source: 'adm_penalty',
  role: 'party',
  name,
  ...more,
});

const FIRMS: readonly Mention[] = [
  firm('m01', '湖州吴兴宏鑫纺织有限公司', { uscc: A, address: '湖州市吴兴区织里镇富康路128号', source: 'mkt_entity' }),
  firm('m02', '湖州吴兴宏鑫纺织有限公司'),
  firm('m03', '宏鑫纺织'),
  firm('m04', '湖州吴兴宏欣纺织有限公司', { address: '织里镇富康路128号' }),
  firm('m05', '湖州永昌印染有限公司', { uscc: B, source: 'mkt_entity', old_names: ['湖州老昌印染有限公司'] }),
  firm('m06', '湖州老昌印染有限公司'),
  firm('m07', '湖州大东环保科技有限公司', { uscc: '91330599FAKE00021X', source: 'mkt_entity' }),
  firm('m08', '德清大东环保科技有限公司', { uscc: '91330599FAKE000316', source: 'mkt_entity' }),
  firm('m09', '大东环保科技'),
  firm('m10', '大东环保科技'),
  ...Array.from({ length: 60 }, (_x, i) =>
    firm(`f${i}`, `湖州${'甲乙丙丁戊己庚辛壬癸'[i % 10]}${'金木水火土日'[Math.floor(i / 10)]}化工有限公司`, {
      uscc: `91330599TEST${String(i).padStart(6, '0')}`,
      source: 'mkt_entity',
    }),
  ),
];

test('companies: full, short, misheard and old names join the credit code; an ambiguous short name joins nobody', async () => {
  const db = await withMentions(FIRMS);
  const report = await resolveEntities(db);
  const of = await entityOf(db);
  expect(of.size).toBe(FIRMS.length);
  for (const m of ['m01', 'm02', 'm03', 'm04']) expect(of.get(m), m).toBe(`company:${A}`);
  expect(of.get('m06')).toBe(`company:${B}`);
  expect(new Set(['m07', 'm08', 'm09', 'm10'].map((m) => of.get(m))).size).toBe(4);
  expect(report.kinds[0]!.contested).toBe(1);
  const possibly = await db.rows<{ right_id: string }>(
    `select left_id, right_id from match where decision = 'possibly_same'`,
  );
  expect(possibly.length).toBe(2);
  const keys = await db.rows(
    `select key, entity_id from entity_key where key_kind = 'name' and key in ('湖州老昌印染有限公司', '大东环保科技')`,
  );
  expect(keys).toEqual([{ key: '湖州老昌印染有限公司', entity_id: `company:${B}` }]);
  const why = await explainPair(db, 'm07', 'm08');
  expect(why.together).toBe(false);
  expect(why.reasons.join()).toContain('uscc');
  const never = await explainPair(db, 'm01', 'm05');
  expect(never.rulesMet).toEqual([]);
  expect(never.reasons.join()).toContain('no blocking rule');
  db.close();
});

test('persons: the same name alone never merges; the document does; labels are pseudonyms', async () => {
  const db = await withMentions([
    { mention_id: 'p1', kind: 'person', source: 's', role: 'r', name: '王芳' },
    { mention_id: 'p2', kind: 'person', source: 's', role: 'r', name: '王芳' },
    { mention_id: 'p3', kind: 'person', source: 's', role: 'r', name: '王芳', person_hash: 'h1' },
    { mention_id: 'p4', kind: 'person', source: 's', role: 'r', name: '王方', person_hash: 'h1' },
    { mention_id: 'p5', kind: 'person', source: 's', role: 'r', name: '王芳', phone_hash: 't1' },
    { mention_id: 'p6', kind: 'person', source: 's', role: 'r', name: '王芳', phone_hash: 't2' },
  ]);
  await resolveEntities(db);
  const of = await entityOf(db);
  expect(of.get('p3')).toBe(of.get('p4'));
  expect(new Set(of.values()).size).toBe(5);
  const labels = await db.rows<{ label: string; pseudonym: string }>('select label, pseudonym from entity');
  for (const l of labels) {
    expect(l.label).toMatch(/^人员-[0-9A-F]{8}$/);
    expect(l.label).toBe(l.pseudonym);
  }
  db.close();
});

const car = (id: string, plate: string, cls: string | null, source: string, rows = 1): Mention => ({
  mention_id: id,
  kind: 'vehicle',
  source,
  role: 'vehicle',
  plate,
  plate_class: cls,
  row_id: String(rows),
});

test('vehicles: a misread plate joins the one licensed plate that is near; two near plates or another class leave it apart', async () => {
  const known = Array.from({ length: 40 }, (_x, i) =>
    car(`k${i}`, `浙E5${String(1000 + i * 37)}`, '01', 'trn_licence'),
  );
  const sighted = known.map((k, i) => car(`s${i}`, String(k['plate']), '01', 'pol_gate_pass'));
  const db = await withMentions([
    ...known,
    ...sighted,
    ...known.map((k, i) => car(`n${i}`, String(k['plate']).replace('E5', 'ES'), '01', 'pol_gate_pass')),
    car('v1', '浙E0F12K', '01', 'trn_licence'),
    car('v2', '浙E0F12K', null, 'eco_hw_manifest'),
    car('v3', '浙EDF12K', '01', 'pol_gate_pass'),
    car('v4', 'E0F12K', null, 'eco_hw_manifest'),
    car('v5', '浙E8888A', '01', 'trn_licence'),
    car('v6', '浙EB888A', '01', 'trn_licence'),
    car('v7', '浙EBB88A', '01', 'pol_gate_pass'),
    car('v8', '浙EQF12K', '02', 'pol_gate_pass'),
  ]);
  await resolveEntities(db);
  const of = await entityOf(db);
  for (const v of ['v1', 'v2', 'v3', 'v4']) expect(of.get(v), v).toBe('vehicle:浙E0F12K/01');
  expect(of.get('v5')).not.toBe(of.get('v6'));
  expect(of.get('v7')).not.toBe(of.get('v5'));
  expect(of.get('v8')).not.toBe(of.get('v1'));
  db.close();
});

test('ships: a name joins the only ship that bears it; exact kinds are their key', async () => {
  const ship = (id: string, mmsi: string | null, name: string): Mention => ({
    mention_id: id,
    kind: 'ship',
    source: 'a',
    role: 's',
    mmsi,
    name,
  });
  const db = await withMentions([
    ship('a1', '413990001', '浙湖州货1234'),
    ship('a2', null, '浙湖州货1234'),
    ship('b1', '413990002', '苏吴江机00123'),
    ship('b2', '413990003', '苏吴江机00123'),
    ship('b3', null, '苏吴江机00123'),
    { mention_id: 'd1', kind: 'device', source: 'e', role: 'd', mn: 'MN1', key: 'MN1' },
    { mention_id: 'd2', kind: 'device', source: 'f', role: 'd', mn: 'MN1', key: 'MN1' },
  ]);
  await resolveEntities(db);
  const of = await entityOf(db);
  expect(of.get('a2')).toBe('ship:413990001');
  expect(new Set(['b1', 'b2', 'b3'].map((m) => of.get(m))).size).toBe(3);
  expect(of.get('d1')).toBe('device:MN1');
  expect(of.get('d2')).toBe('device:MN1');
  db.close();
});

test('the same bytes whatever the order of rows and the number of threads', async () => {
  const dump = async (mentions: readonly Mention[], threads: number): Promise<string> => {
    const db = await withMentions(mentions, threads);
    await resolveEntities(db);
    const out: unknown[] = [];
    for (const t of ['match', 'match_model', 'entity', 'entity_mention', 'entity_key'])
      out.push(await db.rows(`select * from ${t}`));
    db.close();
    return JSON.stringify(out);
  };
  const first = await dump(FIRMS, 1);
  expect(await dump([...FIRMS].reverse(), 2)).toBe(first);
});
