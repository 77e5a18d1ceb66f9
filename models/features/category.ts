import { textsOf } from '../../ingest/base/index.ts';
import type { Bilingual } from '../../ingest/schema/index.ts';
import type { FeatureBlock, FeatureContext, FeatureDefinition } from './feature.ts';

/** Levels with fewer than this many rows, or past this many levels, are told apart no further: they count as missing. */
const MIN_ROWS = 20;
const MAX_LEVELS = 64;

/** One category feature from a query that gives `row`, `v` (text) and `latest_known_at`. Levels come from the model when there is one,
 *  else from the rows: most frequent first, ties by text. Null when the rows hold no level and no model asks for it. */
export async function codedBlock(
  context: FeatureContext,
  of: {
    readonly id: string;
    readonly label: Bilingual;
    readonly family: string;
    readonly group: string;
    readonly sql: string;
  },
): Promise<FeatureBlock | null> {
  const answer = await context.db.columns(of.sql);
  const texts = answer.rows === 0 ? [] : textsOf(answer, 'v');
  const known = context.wanted?.find((f) => f.id === of.id)?.levels;
  const levels = known ?? _frequent(texts, Math.min(MIN_ROWS, context.rows / 100));
  if (levels.length === 0) return null;
  const code = new Map(levels.map((level, i) => [level, i]));
  const values = new Float64Array(context.rows).fill(Number.NaN);
  const latestKnownAt = new Float64Array(context.rows).fill(Number.NaN);
  const row = answer.data['row'];
  const moment = answer.data['latest_known_at'];
  if (row?.kind === 'number' && moment?.kind === 'number')
    texts.forEach((text, i) => {
      values[row.values[i]!] = text === null ? Number.NaN : (code.get(text) ?? Number.NaN);
      latestKnownAt[row.values[i]!] = moment.values[i]!;
    });
  const definition: FeatureDefinition = {
    id: of.id,
    label: of.label,
    family: of.family,
    group: of.group,
    monotone: 0,
    explain: { zh: `${of.label.zh}：{value}`, en: `${of.label.en}: {value}` },
    levels,
  };
  return { features: [definition], values: [values], latestKnownAt };
}

function _frequent(texts: readonly (string | null)[], atLeast: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts]
    .filter(([, n]) => n >= atLeast)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MAX_LEVELS)
    .map(([level]) => level);
}
