import type { FeatureBlock, FeatureContext, FeatureDefinition, FeatureFamily } from './feature.ts';
import { blockFrom, splitBy } from './block.ts';
import { DAYS_SINCE_SQL, LOOK_BACK_DAYS, WINDOWS, withinSql } from './windows.ts';

const ANY = 'any';

/** Signals of the typologies: strongest and number in each window, days since the last; per typology and over all of them. */
export const SIGNALS: FeatureFamily = {
  id: 'signals',
  label: { zh: '模型信号', en: 'Typology signals' },
  needs: ['signal'],
  groups: [],
  async build(context) {
    const typologies = await _typologies(context);
    const each = splitBy(await context.db.columns(signalsSql(context.rowTable)), 'typology');
    return [...typologies, ANY].map((typology): FeatureBlock => {
      const features = _definitions(typology);
      const answer = each.get(typology);
      return answer === undefined ? _empty(features, context) : blockFrom(answer, context, features);
    });
  },
};

/** One row per subject row and typology met in its look-back, and one over all typologies (`any`). */
export function signalsSql(rowTable: string): string {
  const max = WINDOWS.map((d) => `max(f.strength) ${withinSql(d)} as max_${d}`);
  const count = WINDOWS.map((d) => `count(*) ${withinSql(d)} as n_${d}`);
  const kinds = WINDOWS.map((d) => `count(distinct f.typology) ${withinSql(d)} as kinds_${d}`);
  return `with facts as (
      select m.subject_id, s.typology, s.strength, s."at", greatest(s."at", s.known_at) as known_at
      from signal s join feature_member m on m.member_id = s.subject_id)
    select r."row", coalesce(f.typology, '${ANY}') as typology, ${[...max, ...count, ...kinds].join(', ')},
      ${DAYS_SINCE_SQL} as days_since, max(f.known_at) as latest_known_at
    from ${rowTable} r join facts f on f.subject_id = r.subject_id and f.known_at <= r.as_of
      and f."at" > r.as_of - interval ${LOOK_BACK_DAYS} day
    group by grouping sets ((r."row", f.typology), (r."row"))`;
}

async function _typologies(context: FeatureContext): Promise<readonly string[]> {
  if (context.wanted !== null) {
    const own = context.wanted.filter((f) => f.family === 'signals').map((f) => f.group.slice('signal:'.length));
    return [...new Set(own)].filter((t) => t !== ANY).sort();
  }
  const found = await context.db.rows<{ typology: string }>(
    `select distinct typology from signal where known_at <= (select max(as_of) from ${context.rowTable}) order by typology`,
  );
  return found.map((r) => r.typology);
}

function _empty(features: ReturnType<typeof _definitions>, { rows }: FeatureContext): FeatureBlock {
  return {
    features: features.map((f) => f.definition),
    values: features.map((f) => new Float64Array(rows).fill(f.absent)),
    latestKnownAt: new Float64Array(rows).fill(Number.NaN),
  };
}

function _definitions(typology: string): { definition: FeatureDefinition; column: string; absent: number }[] {
  const all = typology === ANY;
  const zh = all ? '各类模型' : `${typology} `;
  const en = all ? 'any-typology' : typology;
  const base = { family: 'signals', group: `signal:${typology}` } as const;
  const id = `signal_${typology.toLowerCase()}`;
  const out = WINDOWS.flatMap((d) => [
    {
      definition: {
        ...base,
        id: `${id}_max_${d}d`,
        label: { zh: `${zh}近${d}天最强信号`, en: `Strongest ${en} signal, last ${d} days` },
        monotone: 1 as const,
        explain: {
          zh: `近${d}天${zh}信号最强为 {value}（0–1）`,
          en: `the strongest ${en} signal of the last ${d} days was {value} (0–1)`,
        },
      },
      column: `max_${d}`,
      absent: Number.NaN,
    },
    {
      definition: {
        ...base,
        id: `${id}_n_${d}d`,
        label: { zh: `${zh}近${d}天信号数`, en: `${en} signals, last ${d} days` },
        monotone: 1 as const,
        explain: { zh: `近${d}天${zh}信号 {value} 条`, en: `{value} ${en} signals in the last ${d} days` },
      },
      column: `n_${d}`,
      absent: 0,
    },
  ]);
  const since = {
    definition: {
      ...base,
      id: `${id}_days_since`,
      label: { zh: `距最近${zh}信号天数`, en: `Days since the last ${en} signal` },
      monotone: -1 as const,
      explain: { zh: `最近一条${zh}信号距今 {value} 天`, en: `the last ${en} signal was {value} days ago` },
    },
    column: 'days_since',
    absent: Number.NaN,
  };
  const kinds = WINDOWS.map((d) => ({
    definition: {
      ...base,
      id: `${id}_kinds_${d}d`,
      label: { zh: `近${d}天触发的模型种数`, en: `Kinds of signal, last ${d} days` },
      monotone: 1 as const,
      explain: { zh: `近${d}天触发 {value} 种模型`, en: `{value} kinds of signal in the last ${d} days` },
    },
    column: `kinds_${d}`,
    absent: 0,
  }));
  return [...out, since, ...(all ? kinds : [])];
}
