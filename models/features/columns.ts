import type { Bilingual } from '../../ingest/schema/index.ts';
import { quoteIdent, quoteText } from '../../ingest/tables/index.ts';
import { blockFrom } from './block.ts';
import { codedBlock } from './category.ts';
import type { FeatureBlock, FeatureDefinition, FeatureFamily } from './feature.ts';

/** A column of a decision table that is known when the decision is made. */
export interface ColumnFeature {
  readonly column: string;
  readonly label: Bilingual;
  readonly monotone: -1 | 0 | 1;
}

/** Columns of the decision table itself as features, each a block of its own. `feature_row` must hold `key`, the value of the row column.
 *  That they are known on the day is the declarer's word; they count as known at the as-of moment. */
export function columnFamily(of: {
  readonly table: string;
  readonly row: string;
  readonly numeric: readonly ColumnFeature[];
  readonly categorical: readonly ColumnFeature[];
  readonly calendar: boolean;
}): FeatureFamily {
  const source = (value: string): string =>
    `select r."row", ${value} as v, r.as_of as latest_known_at from feature_row r
     join ${quoteIdent(of.table)} t on t.${quoteIdent(of.row)}::varchar = r.key where t.${quoteIdent(of.row)} is not null`;
  return {
    id: 'columns',
    label: { zh: '表中各列', en: 'Columns of the table' },
    needs: [of.table],
    groups: [...of.numeric, ...of.categorical].map((c) => ({ id: `column:${c.column}`, label: c.label })),
    async build(context) {
      const blocks: FeatureBlock[] = [];
      for (const c of of.numeric) {
        const answer = await context.db.columns(source(`try_cast(t.${quoteIdent(c.column)} as double)`));
        blocks.push(blockFrom(answer, context, [{ definition: _definition(c), column: 'v', absent: Number.NaN }]));
      }
      for (const c of of.categorical) {
        const sql = source(`t.${quoteIdent(c.column)}::varchar`);
        const block = await codedBlock(context, {
          id: c.column,
          label: c.label,
          family: 'columns',
          group: `column:${c.column}`,
          sql,
        });
        if (block !== null) blocks.push(block);
      }
      if (of.calendar)
        for (const [part, zh] of [
          ['month', '月份'],
          ['isodow', '星期'],
        ] as const) {
          const c = {
            column: `calendar_${part}`,
            label: { zh, en: part === 'month' ? 'month' : 'weekday' },
            monotone: 0,
          } as const;
          const answer = await context.db.columns(source(`date_part(${quoteText(part)}, r.as_of)::double`));
          blocks.push(blockFrom(answer, context, [{ definition: _definition(c), column: 'v', absent: Number.NaN }]));
        }
      return blocks;
    },
  };
}

function _definition(c: ColumnFeature): FeatureDefinition {
  return {
    id: c.column,
    label: c.label,
    family: 'columns',
    group: `column:${c.column}`,
    monotone: c.monotone,
    explain: { zh: `${c.label.zh}为 {value}`, en: `${c.label.en}: {value}` },
  };
}
