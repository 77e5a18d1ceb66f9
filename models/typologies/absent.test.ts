import { expect, it } from 'vitest';
import { handDatabase } from './hand-tables.ts';
import { TYPOLOGIES } from './registry.ts';
import { runTypologies } from './run.ts';
import { LAW_MATTERS, TYPOLOGY_MATTERS } from '../law/index.ts';
import { buildTraces } from '../traces/index.ts';

const ASOF = '2026-06-30T00:00:00Z';

it('runs on empty tables, and with any one source table absent: what cannot speak is skipped by name', async () => {
  const db = await handDatabase();
  await buildTraces(db);
  const whole = await runTypologies(db, { asOf: ASOF });
  expect(whole.signals).toBe(0);
  expect(
    whole.typologies.every((t) => t.skipped === null && t.rules.every((r) => r.skipped === null && r.hits === 0)),
  ).toBe(true);
  const tables = await db.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_name like 'src_%' order by name`,
  );
  for (const { name } of tables) {
    await db.run(`alter table ${name} rename to gone`);
    const report = await runTypologies(db, { asOf: ASOF });
    for (const t of report.typologies) {
      const reads = TYPOLOGIES.find((d) => d.id === t.id)!.reads.includes(name);
      expect([t.id, t.skipped]).toEqual([t.id, reads ? `no table ${name}` : null]);
      for (const r of t.rules) if (r.skipped !== null) expect(r.skipped).toMatch(/^no table /);
    }
    await db.run(`alter table gone rename to ${name}`);
  }
  db.close();
}, 120_000);

it('describes every typology whole: law, evidence, look-alikes, parameters within bounds, rules of distinct names', () => {
  for (const t of TYPOLOGIES) {
    expect(t.lawMatters).toEqual(TYPOLOGY_MATTERS[t.id]);
    for (const m of t.lawMatters) expect(LAW_MATTERS.map((l) => l.id)).toContain(m);
    expect(t.evidence.length).toBeGreaterThan(2);
    expect(t.lookAlikes.length).toBeGreaterThan(0);
    for (const p of t.parameters) expect(p.default >= p.min && p.default <= p.max).toBe(true);
    const rules = t.signalSql(Object.fromEntries(t.parameters.map((p) => [p.id, p.default])), ASOF);
    expect(new Set(rules.map((r) => r.rule)).size).toBe(rules.length);
    expect(rules.some((r) => r.alone)).toBe(true);
    const tested = new Set(
      rules.flatMap((r) => [...r.sql.matchAll(/holds_([a-z_]+)/g)].map((m) => m[1]!.replaceAll('_', '-'))),
    );
    for (const l of t.lookAlikes) expect([t.id, l.id, tested.has(l.id)]).toEqual([t.id, l.id, true]);
    for (const l of tested) expect(t.lookAlikes.map((k) => k.id)).toContain(l);
  }
});
