import type { Columns } from '../base/index.ts';
import { textsOf } from '../base/index.ts';
import { isConvertible, unitFactor } from '../clean/index.ts';
import type { Database } from '../tables/index.ts';
import type { ColumnPlan } from './column-plan.ts';
import { type SlowValue, slowValue } from './slow-value.ts';

const PAGE = 100_000;

/** Cleans in TypeScript, once each, the distinct values that SQL left open, into tables `map_<i>`. Memory for one page of 100,000 values.
 *  @returns the indexes of the columns that have a map */
export async function buildMaps(db: Database, plans: readonly ColumnPlan[]): Promise<ReadonlySet<number>> {
  const candidates = plans.filter((p) => p.hasSlow);
  if (candidates.length === 0) return new Set();
  const counts = candidates.map((p) => `count(${p.open}) as o${p.index}`);
  const [found] = await db.rows<Record<string, number>>(`select ${counts.join(', ')} from half`);
  const mapped = candidates.filter((p) => found![`o${p.index}`]! > 0);
  for (const plan of mapped) await _buildMap(db, plan);
  return new Set(mapped.map((p) => p.index));
}

async function _buildMap(db: Database, plan: ColumnPlan): Promise<void> {
  const open = `open_${plan.index}`;
  await db.run(
    `create or replace temp table ${open} as select distinct ${plan.open} as sent from half where ${plan.open} is not null`,
  );
  const [count] = await db.rows<{ n: number }>(`select count(*) as n from ${open}`);
  await db.run(
    `create or replace temp table map_${plan.index} (sent varchar, txt varchar, num double, rule varchar, message varchar)`,
  );
  for (let start = 0; start < count!.n; start += PAGE) {
    const page = await db.columns(
      `select sent from ${open} where rowid >= ${start} and rowid < ${start + PAGE} order by rowid`,
    );
    const sent = textsOf(page, 'sent') as readonly string[];
    const cleaned = sent.map((text) => slowValue(text, plan.column));
    await db.append(`map_${plan.index}`, _mapColumns(sent, cleaned));
  }
  await db.run(`drop table ${open}`);
}

function _mapColumns(sent: readonly string[], values: readonly SlowValue[]): Columns {
  const rows = sent.length;
  const num = new Float64Array(rows);
  const valid = new Uint8Array(rows);
  const txt = Array.from({ length: rows }, (): string | null => null);
  values.forEach(({ value }, i) => {
    if (typeof value === 'string') txt[i] = value;
    else if (value !== null) [num[i], valid[i]] = [value, 1];
  });
  return {
    rows,
    data: {
      sent: { kind: 'text', values: sent },
      txt: { kind: 'text', values: txt },
      num: { kind: 'number', values: num, valid },
      rule: { kind: 'text', values: values.map((v) => v.rule) },
      message: { kind: 'text', values: values.map((v) => (v.rule === null ? null : v.message)) },
    },
  };
}

/** Factors of every unit that a unit column sends, into `units_<i>` (`sent`, `factor`; a unit without a factor is not in it). */
export async function buildUnits(db: Database, plan: ColumnPlan, unitColumn: ColumnPlan): Promise<void> {
  const to = plan.column.unit!.to;
  const page = await db.columns(
    `select distinct ${unitColumn.sent} as sent from half where ${unitColumn.sent} is not null order by 1`,
  );
  const known =
    page.rows === 0 ? [] : (textsOf(page, 'sent') as readonly string[]).filter((unit) => isConvertible(unit, to));
  await db.tableFrom(`units_${plan.index}`, {
    rows: known.length,
    data: {
      sent: { kind: 'text', values: known },
      factor: { kind: 'number', values: Float64Array.from(known, (unit) => unitFactor(unit, to)), valid: null },
    },
  });
}
